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
import { readFormData, readForm, readLines, submit } from '../bridge/forms.server.ts';
import { ContactForm, contactLists } from '../features/contacts/contact-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New contact · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const companyId = new URL(request.url).searchParams.get('companyId');
  const caller = await api(request, context);
  await requireRight(caller, 'contacts.write');
  const [members, companies, company] = await load(context, () =>
    Promise.all([
      caller.members.list(),
      companyChoices(caller),
      companyId ? caller.companies.byId({ companyId }) : null,
    ]),
  );
  return {
    members,
    companies: withChosen(companies, company?.id ?? null, company?.name ?? null),
    companyId: company?.id ?? '',
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  // The procedure's own schema judges what the form sent.
  const input = { ...readForm(form), ...readLines(form, contactLists) } as unknown as CreateContactInput;
  const result = await submit(context, form, () => caller.contacts.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.contact(result.value.id));
}

export default function NewContact() {
  const { members, companies, companyId } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  return (
    <>
      <PageHeader title="New contact" crumbs={[{ label: 'Contacts', href: paths.contacts() }]} />
      <PageBody>
        <ContactForm
          contact={null}
          initial={{ companyId }}
          choices={{ members, brands, companies }}
          failure={failure}
          cancelHref={companyId ? paths.company(companyId) : paths.contacts()}
        />
      </PageBody>
    </>
  );
}
