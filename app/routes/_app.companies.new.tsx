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
import { readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { CompanyForm } from '../features/companies/company-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New company · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  await requireRight(caller, 'companies.write');
  return { members: await load(context, () => caller.members.list()) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  // The procedure's own schema judges what the form sent.
  const input = readForm(form) as unknown as CreateCompanyInput;
  const result = await submit(context, form, () => caller.companies.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.company(result.value.id));
}

export default function NewCompany() {
  const { members } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  return (
    <>
      <PageHeader title="New company" crumbs={[{ label: 'Companies', href: paths.companies() }]} />
      <PageBody>
        <CompanyForm
          company={null}
          choices={{ members, brands }}
          failure={failure}
          cancelHref={paths.companies()}
        />
      </PageBody>
    </>
  );
}
