import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirectDocument,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateCreatorPlatformInput } from '../../server/domain/creator-platforms/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { AccountForm } from '../features/creators/profile/account-form.tsx';
import { readAccountForm } from '../features/creators/profile/account-form-values.ts';
import { todayIn } from '../features/metrics/range.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New account · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'creator-platforms.write');
  const [creator, { timeZone }] = await load(context, () =>
    Promise.all([caller.creators.byId({ creatorId }), caller.organizations.current()]),
  );
  return { creator: { id: creator.id, name: creator.name }, today: todayIn(timeZone, new Date()) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { timeZone } = await load(context, () => caller.organizations.current());
  const { platform = '', handle = '' } = readForm(form);
  const figures = readAccountForm(form, { empty: 'left out', today: todayIn(timeZone, new Date()) });
  // The procedure's own schema judges what the form sent.
  const input = { creatorId, platform, handle, ...figures } as unknown as CreateCreatorPlatformInput;
  const result = await submit(context, form, () => caller.creatorPlatforms.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirectDocument(paths.creatorPlatforms(creatorId));
}

export default function NewAccount() {
  const { creator, today } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="New account"
        crumbs={[
          { label: 'Creators', href: paths.creators() },
          { label: creator.name, href: paths.creator(creator.id) },
        ]}
      />
      <PageBody>
        <AccountForm creatorId={creator.id} account={null} values={{}} failure={failure} today={today} />
      </PageBody>
    </>
  );
}
