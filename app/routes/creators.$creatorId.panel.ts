import type { LoaderFunctionArgs } from '@remix-run/node';
import { api } from '../bridge/api.server.ts';
import { answerPanel } from '../bridge/panel-answer.server.ts';
import { readCreatorPanel } from '../bridge/record-panel.server.ts';
import { panelHref, readList } from '../lib/list-address.ts';
import { paths } from '../lib/paths.ts';

/** A creator beside the roster, for the list's own script. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  const list = readList(new URL(request.url));
  // The panel's own links lead to the list with the record open.
  const url = new URL(panelHref(paths.creators(), list ?? '', creatorId), request.url);
  return answerPanel(context, () => readCreatorPanel({ caller, list, url }, creatorId));
}
