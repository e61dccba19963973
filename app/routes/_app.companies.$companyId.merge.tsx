import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerMergePage, readMergePage } from '../bridge/merge.server.ts';
import { companyNoun } from '../features/companies/company-fields.ts';
import { MergePage } from '../features/merges/merge-page.tsx';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Merge into ${data?.record.name ?? 'company'} · SpokeStack` },
];

export function loader({ request, context, params }: LoaderFunctionArgs) {
  return readMergePage({ request, context, noun: 'COMPANY', recordId: params.companyId ?? '' });
}

export function action({ request, context, params }: ActionFunctionArgs) {
  return answerMergePage({ request, context, noun: 'COMPANY', recordId: params.companyId ?? '' });
}

export default function MergeCompany() {
  const data = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  return <MergePage words={companyNoun} mergeHrefOf={paths.mergeCompany} data={data} failure={failure} />;
}
