import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirectDocument,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateCreatorPlatformInput } from '../../server/domain/creator-platforms/schema.ts';
import { platformLabels } from '../../server/domain/creators/fields.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { AccountForm } from '../features/creators/profile/account-form.tsx';
import { readAccountForm, valuesOfAccount } from '../features/creators/profile/account-form-values.ts';
import { todayIn } from '../features/metrics/range.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Edit an account · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '', creatorPlatformId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'creator-platforms.write');
  const [creator, account, { timeZone }] = await load(context, () =>
    Promise.all([
      caller.creators.byId({ creatorId }),
      caller.creatorPlatforms.byId({ creatorPlatformId }),
      caller.organizations.current(),
    ]),
  );
  // An account stands at its own creator's address and at no other.
  if (account.creatorId !== creator.id) throw new Response('Not found', { status: 404 });
  return {
    creator: { id: creator.id, name: creator.name },
    account,
    values: valuesOfAccount(account),
    today: todayIn(timeZone, new Date()),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '', creatorPlatformId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { timeZone } = await load(context, () => caller.organizations.current());
  const { handle, expectedVersion } = readForm(form);
  const written = readAccountForm(form, { empty: 'emptied', today: todayIn(timeZone, new Date()) });
  // The procedure's own schema judges what the form sent.
  const input = {
    creatorPlatformId,
    expectedVersion: Number(expectedVersion) || undefined,
    ...(handle !== undefined && { handle }),
    ...written,
  } as unknown as UpdateCreatorPlatformInput;
  const result = await submit(context, form, () => caller.creatorPlatforms.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirectDocument(paths.creatorPlatforms(creatorId));
}

export default function EditAccount() {
  const { creator, account, values, today } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const name = `${platformLabels[account.platform]} @${account.handle}`;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[
          { label: 'Creators', href: paths.creators() },
          { label: creator.name, href: paths.creator(creator.id) },
        ]}
      />
      <PageBody>
        <AccountForm
          creatorId={creator.id}
          account={account}
          values={values}
          failure={failure}
          today={today}
        />
      </PageBody>
    </>
  );
}
