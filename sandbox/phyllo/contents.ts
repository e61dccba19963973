import { DAY_MS, dayOf } from '../world/calendar.ts';
import { requireConnected } from './accounts.ts';
import {
  accountOf,
  neededText,
  neededTexts,
  ok,
  type PhylloAnswer,
  type PhylloCall,
  type PhylloRoute,
  refuseOthers,
} from './call.ts';
import { contentJson } from './content-json.ts';
import { invalid, missing, notFound } from './failures.ts';
import { toUuid } from './ids.ts';
import { dayParameter, PAGE_PARAMETERS, pageOf } from './paging.ts';
import { findKnownPost, postsKnown } from './sight.ts';

const MOST_IDS = 100;

function listContents(call: PhylloCall): PhylloAnswer {
  const { state, query, origin } = call;
  refuseOthers(call, [...PAGE_PARAMETERS, 'account_id', 'from_date', 'to_date']);
  const accountId = query.get('account_id');
  if (accountId === null) throw missing(['account_id']);
  const account = accountOf(state, accountId);
  const from = dayParameter(call, 'from_date');
  const to = dayParameter(call, 'to_date');
  const found = postsKnown(state, account).filter(({ publishedAt }) => {
    const day = Math.floor(publishedAt.getTime() / DAY_MS);
    return (from === null || day >= from) && (to === null || day <= to);
  });
  return pageOf(call, found, (post) => contentJson(state, { account, post }, origin));
}

function contentById({ state, part, origin }: PhylloCall): PhylloAnswer {
  const found = findKnownPost(state, toUuid(part) ?? '');
  if (!found) throw notFound('content');
  return ok(contentJson(state, found, origin));
}

/** Contents by their ids. What is not there any more is left out. */
function searchContents(call: PhylloCall): PhylloAnswer {
  const { state, origin, isEmptied } = call;
  const ids = neededTexts(call, 'ids');
  if (ids.length > MOST_IDS) throw invalid('too_many_ids', `At most ${MOST_IDS} ids at once.`);
  const found = ids.flatMap((id) => {
    const uuid = toUuid(id);
    if (uuid === undefined) throw invalid('invalid_id', 'ids must be UUIDs.');
    return findKnownPost(state, uuid) ?? [];
  });
  return ok({ data: isEmptied ? [] : found.map((each) => contentJson(state, each, origin)) });
}

function refreshContents(call: PhylloCall): PhylloAnswer {
  const { state } = call;
  const account = accountOf(state, neededText(call, 'account_id'));
  requireConnected(account);
  const dueAt = state.now().getTime() + state.phyllo.settings.refreshMs;
  account.engagement = { ...account.engagement, dueAt };
  state.phyllo.keep();
  return ok({ account_id: account.id });
}

/** Older contents come by and by: events tell of them. */
function fetchHistoric(call: PhylloCall): PhylloAnswer {
  const { state } = call;
  const account = accountOf(state, neededText(call, 'account_id'));
  const fromDate = neededText(call, 'from_date');
  const fromDay = dayOf(fromDate);
  if (fromDay === undefined) throw invalid('invalid_date', 'from_date must be a date as YYYY-MM-DD.');
  requireConnected(account);
  account.historic = { fromDay, dueAt: state.now().getTime() + state.phyllo.settings.historicMs };
  state.phyllo.keep();
  return ok({ account_id: account.id, from_date: fromDate });
}

/** What creators posted. */
export const CONTENT_ROUTES: readonly PhylloRoute[] = [
  { method: 'GET', path: 'social/contents', answer: listContents },
  { method: 'POST', path: 'social/contents/search', answer: searchContents, kinds: ['empty_page'] },
  { method: 'POST', path: 'social/contents/refresh', answer: refreshContents },
  { method: 'POST', path: 'social/contents/fetch-historic', answer: fetchHistoric },
  { method: 'GET', path: 'social/contents/*', answer: contentById },
];
