import type { LoaderFunctionArgs } from '@remix-run/node';
import { api } from '../bridge/api.server.ts';
import { readExplanation } from '../bridge/explain.server.ts';
import { answerPanel } from '../bridge/panel-answer.server.ts';
import { pageUrl } from '../lib/paging.ts';

/** What a figure is made of, for the panel beside its page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return answerPanel(context, () => readExplanation(caller, pageUrl(request)));
}
