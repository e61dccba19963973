import { type ActionFunctionArgs, json, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import type { MoveDealInput } from '../../server/domain/deals/schema.ts';
import { api } from '../bridge/api.server.ts';
import { readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { dealStatusLabels, stageLabels } from '../features/deals/labels.ts';
import type { MoveAnswer } from '../features/deals/move-dialog.tsx';
import { redirectWithNotice } from '../bridge/notice.server.ts';
import { paths } from '../lib/paths.ts';

/** Moves a deal. A script gets the words to say; a plain form comes back to the deal. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { dealId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { stage, status, reason } = readForm(form);
  const input = { dealId, stage, status, reason } as unknown as MoveDealInput;
  const result = await submit(context, form, () => caller.deals.move(input));
  const answer: MoveAnswer =
    'failure' in result
      ? { ok: false, message: result.failure.message }
      : { ok: true, message: `${result.value.name} moved to ${wordsOf(result.value)}` };
  if (form.get('answer') === 'json') return json(answer, { status: answer.ok ? 200 : 422 });
  return answer.ok ? redirect(paths.deal(dealId)) : redirectWithNotice(paths.deal(dealId), answer.message);
}

function wordsOf({
  stage,
  status,
}: {
  stage: keyof typeof stageLabels;
  status: keyof typeof dealStatusLabels;
}): string {
  return status === 'OPEN'
    ? stageLabels[stage]
    : `${stageLabels[stage]}, ${dealStatusLabels[status].toLowerCase()}`;
}

/** The address is the form's; who types it goes to the deal. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(paths.deal(params.dealId ?? ''));
}
