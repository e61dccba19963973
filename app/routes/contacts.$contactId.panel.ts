import type { LoaderFunctionArgs } from '@remix-run/node';
import { api } from '../bridge/api.server.ts';
import { answerPanel } from '../bridge/panel-answer.server.ts';
import { readContactPanel } from '../bridge/record-panel.server.ts';
import { panelHref, readList } from '../lib/list-address.ts';
import { paths } from '../lib/paths.ts';

/** A contact beside its list, for the list's own script. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { contactId = '' } = params;
  const caller = await api(request, context);
  const list = readList(new URL(request.url));
  // The panel's own links lead to the list with the record open.
  const url = new URL(panelHref(paths.contacts(), list ?? '', contactId), request.url);
  return answerPanel(context, () => readContactPanel({ caller, list, url }, contactId));
}
