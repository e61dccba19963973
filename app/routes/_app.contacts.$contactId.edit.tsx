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
import { readFormData, readChanges, readLines } from '../bridge/forms.server.ts';
import { ContactForm, contactFields, contactLists } from '../features/contacts/contact-form.tsx';
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
  const [contact, members, companies] = await load(context, () =>
    Promise.all([caller.contacts.byId({ contactId }), caller.members.list(), companyChoices(caller)]),
  );
  return { contact, members, companies: withChosen(companies, contact.companyId, contact.companyName) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { contactId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { changes, base } = readEdit(form, readFields);
  const input = { ...changes, base, contactId } as unknown as UpdateContactInput;
  const result = await submitEdit({ context, caller, form }, () => caller.contacts.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.contact(contactId));
}

function readFields(fields: FormData) {
  return ({
    ...readChanges(fields, contactFields),
    ...readLines(fields, contactLists),
  });
}

export default function EditContact() {
  const { contact, members, companies } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
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
          failure={failure}
          cancelHref={paths.contact(contact.id)}
        />
      </PageBody>
    </>
  );
}
