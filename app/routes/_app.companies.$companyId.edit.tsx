import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateCompanyInput } from '../../server/domain/companies/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { companyChoices } from '../bridge/choices.server.ts';
import { readEdit, submitEdit } from '../bridge/edits.server.ts';
import { readFormData, readChanges } from '../bridge/forms.server.ts';
import { readCustomFields, readRows, readTags } from '../bridge/record-forms.server.ts';
import { CompanyForm, companyFields, companyRows } from '../features/companies/company-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.company.name ?? 'company'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { companyId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'companies.write');
  const [company, members, companies, customFields] = await load(context, () =>
    Promise.all([
      caller.companies.byId({ companyId }),
      caller.members.list(),
      companyChoices(caller),
      caller.customFields.list({ noun: 'COMPANY' }),
    ]),
  );
  const others = companies.filter(({ id }) => id !== companyId);
  return { company, members, companies: others, customFields: customFields.items };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { companyId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'COMPANY' }));
  const { changes, base } = readEdit(form, (fields) => ({
    ...readChanges(fields, companyFields),
    ...readRows(fields, companyRows),
    ...readTags(fields),
    ...readCustomFields(fields, items),
  }));
  const input = { ...changes, base, companyId } as unknown as UpdateCompanyInput;
  const result = await submitEdit({ context, caller, form }, () => caller.companies.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.company(companyId));
}

export default function EditCompany() {
  const { company, members, companies, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const crumbs = [
    { label: 'Companies', href: paths.companies() },
    { label: company.name, href: paths.company(company.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <CompanyForm
          company={company}
          choices={{ members, brands, companies }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.company(company.id)}
        />
      </PageBody>
    </>
  );
}
