import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { answerBulkChange, bulkChoices, readBulkNoun } from '../features/bulk-changes/answer.server.ts';
import { BulkPage } from '../features/bulk-changes/bulk-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Change many records · SpokeStack' }];

/** What the form can choose from, for this page and for the dialog of a list. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const noun = readBulkNoun(new URL(request.url));
  return load(context, async () => {
    await requireRight(caller, 'bulk-changes.write');
    return { noun, choices: noun && (await bulkChoices(caller, noun)) };
  });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const caller = await api(request, context);
  const { answer, status } = await answerBulkChange({ request, context }, caller);
  return json(answer, { status });
}

/** Lists change their rows in place; this page does it where no script runs. */
export default function BulkChanges() {
  const { noun, choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <BulkPage noun={noun} choices={choices} answer={answer ?? null} />;
}
