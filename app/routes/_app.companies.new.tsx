import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateCompanyInput } from '../../server/domain/companies/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { companyChoices } from '../bridge/choices.server.ts';
import { stopDoubleCompany } from '../bridge/duplicates.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { readNewCustomFields, readRows, readTags, readTexts } from '../bridge/record-forms.server.ts';
import { CompanyForm, companyFields, companyRows } from '../features/companies/company-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New company · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  await requireRight(caller, 'companies.write');
  const [members, companies, customFields] = await load(context, () =>
    Promise.all([
      caller.members.list(),
      companyChoices(caller),
      caller.customFields.list({ noun: 'COMPANY' }),
    ]),
  );
  return { members, companies, customFields: customFields.items };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'COMPANY' }));
  // The procedure's own schema judges what the form sent.
  const input = {
    ...readTexts(form, companyFields),
    ...readRows(form, companyRows),
    ...readTags(form),
    ...readNewCustomFields(form, items),
  } as unknown as CreateCompanyInput;
  const stopped = await stopDoubleCompany({ context, caller, form });
  if (stopped) return json(stopped, { status: 409 });
  const result = await submit(context, form, () => caller.companies.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.company(result.value.id));
}

export default function NewCompany() {
  const { members, companies, customFields } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  return (
    <>
      <PageHeader title="New company" crumbs={[{ label: 'Companies', href: paths.companies() }]} />
      <PageBody>
        <CompanyForm
          company={null}
          choices={{ members, brands, companies }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.companies()}
        />
      </PageBody>
    </>
  );
}
