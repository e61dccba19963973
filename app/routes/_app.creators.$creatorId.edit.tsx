import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateCreatorInput } from '../../server/domain/creators/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { contactChoices } from '../bridge/choices.server.ts';
import { readCategories } from '../features/creators/new-creator.server.ts';
import { readEdit, submitEdit } from '../bridge/edits.server.ts';
import { readFormData, readChanges } from '../bridge/forms.server.ts';
import { readCustomFields, readTags } from '../bridge/record-forms.server.ts';
import { CreatorForm } from '../features/creators/creator-form.tsx';
import { creatorFormFields } from '../features/creators/creator-form-values.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.creator.name ?? 'creator'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'creators.write');
  const [creator, members, contacts, customFields] = await load(context, () =>
    Promise.all([
      caller.creators.byId({ creatorId }),
      caller.members.list(),
      contactChoices(caller),
      caller.customFields.list({ noun: 'CREATOR' }),
    ]),
  );
  if (!creator.isChangeable) throw Response.json({ message: NOT_YOURS }, { status: 403 });
  const others = contacts.filter(({ id }) => id !== creator.contactId);
  return { creator, members, contacts: others, customFields: customFields.items };
}

const NOT_YOURS =
  'You see this creator through a campaign. Changing the record is for the people whose creator it is.';

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CREATOR' }));
  const { changes, base } = readEdit(form, (fields) => ({
    ...readChanges(fields, creatorFormFields),
    ...readCategories(fields),
    ...readTags(fields),
    ...readCustomFields(fields, items),
  }));
  const input = { ...changes, base, creatorId } as unknown as UpdateCreatorInput;
  const result = await submitEdit({ context, caller, form }, () => caller.creators.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.creator(creatorId));
}

export default function EditCreator() {
  const { creator, members, contacts, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const crumbs = [
    { label: 'Creators', href: paths.creators() },
    { label: creator.name, href: paths.creator(creator.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <CreatorForm
          creator={creator}
          choices={{ members, brands, contacts }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.creator(creator.id)}
        />
      </PageBody>
    </>
  );
}
