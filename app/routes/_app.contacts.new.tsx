import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateContactInput } from '../../server/domain/contacts/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { companyChoices, withChosen } from '../bridge/choices.server.ts';
import { stopDoubleContact } from '../bridge/duplicates.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import {
  readAssociatedCompanies,
  readNewCustomFields,
  readRows,
  readTags,
  readTexts,
} from '../bridge/record-forms.server.ts';
import { ContactForm } from '../features/contacts/contact-form.tsx';
import { contactFields, contactRows } from '../features/contacts/contact-form-values.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New contact · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const companyId = new URL(request.url).searchParams.get('companyId');
  const caller = await api(request, context);
  await requireRight(caller, 'contacts.write');
  const [members, companies, company, customFields] = await load(context, () =>
    Promise.all([
      caller.members.list(),
      companyChoices(caller),
      companyId ? caller.companies.byId({ companyId }) : null,
      caller.customFields.list({ noun: 'CONTACT' }),
    ]),
  );
  return {
    members,
    companies: withChosen(companies, company?.id ?? null, company?.name ?? null),
    company: company && { id: company.id, name: company.name },
    customFields: customFields.items,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CONTACT' }));
  // The procedure's own schema judges what the form sent.
  const input = {
    ...readTexts(form, contactFields),
    ...readRows(form, contactRows),
    ...readTags(form),
    ...readAssociatedCompanies(form),
    ...readNewCustomFields(form, items),
  } as unknown as CreateContactInput;
  const stopped = await stopDoubleContact({ context, caller, form });
  if (stopped) return json(stopped, { status: 409 });
  const result = await submit(context, form, () => caller.contacts.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.contact(result.value.id));
}

export default function NewContact() {
  const { members, companies, company, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  return (
    <>
      <PageHeader title="New contact" crumbs={[{ label: 'Contacts', href: paths.contacts() }]} />
      <PageBody>
        <ContactForm
          contact={null}
          company={company}
          choices={{ members, brands, companies }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={company ? paths.company(company.id) : paths.contacts()}
        />
      </PageBody>
    </>
  );
}
