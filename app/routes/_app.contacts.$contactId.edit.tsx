import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateContactInput } from '../../server/domain/contacts/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { companyChoices, withChosen } from '../bridge/choices.server.ts';
import { readEdit, submitEdit } from '../bridge/edits.server.ts';
import { readFormData, readChanges } from '../bridge/forms.server.ts';
import {
  readAssociatedCompanies,
  readCustomFields,
  readRows,
  readTags,
} from '../bridge/record-forms.server.ts';
import { ContactForm } from '../features/contacts/contact-form.tsx';
import { contactFields, contactRows } from '../features/contacts/contact-form-values.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.contact.name ?? 'contact'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { contactId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'contacts.write');
  const [contact, members, companies, customFields] = await load(context, () =>
    Promise.all([
      caller.contacts.byId({ contactId }),
      caller.members.list(),
      companyChoices(caller),
      caller.customFields.list({ noun: 'CONTACT' }),
    ]),
  );
  return {
    contact,
    members,
    companies: withChosen(companies, contact.companyId, contact.companyName),
    customFields: customFields.items,
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { contactId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CONTACT' }));
  const { changes, base } = readEdit(form, (fields) => ({
    ...readChanges(fields, contactFields),
    ...readRows(fields, contactRows),
    ...readTags(fields),
    ...readAssociatedCompanies(fields),
    ...readCustomFields(fields, items),
  }));
  const input = { ...changes, base, contactId } as unknown as UpdateContactInput;
  const result = await submitEdit({ context, caller, form }, () => caller.contacts.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.contact(contactId));
}

export default function EditContact() {
  const { contact, members, companies, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const crumbs = [
    { label: 'Contacts', href: paths.contacts() },
    { label: contact.name, href: paths.contact(contact.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <ContactForm
          contact={contact}
          choices={{ members, brands, companies }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.contact(contact.id)}
        />
      </PageBody>
    </>
  );
}
