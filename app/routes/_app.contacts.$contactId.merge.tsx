import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerMergePage, readMergePage } from '../bridge/merge.server.ts';
import { contactNoun } from '../features/contacts/contact-fields.ts';
import { MergePage } from '../features/merges/merge-page.tsx';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Merge into ${data?.record.name ?? 'contact'} · SpokeStack` },
];

export function loader({ request, context, params }: LoaderFunctionArgs) {
  return readMergePage({ request, context, noun: 'CONTACT', recordId: params.contactId ?? '' });
}

export function action({ request, context, params }: ActionFunctionArgs) {
  return answerMergePage({ request, context, noun: 'CONTACT', recordId: params.contactId ?? '' });
}

export default function MergeContact() {
  const data = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  return <MergePage words={contactNoun} mergeHrefOf={paths.mergeContact} data={data} failure={failure} />;
}
