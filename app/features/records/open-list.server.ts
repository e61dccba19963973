import { redirect } from '@remix-run/node';
import {
  type FilterCondition,
  type FilterNode,
  type FilterOperator,
  isCondition,
  partsOf,
} from '../../../server/domain/records/fields.ts';
import { viewQuery } from '../../../server/domain/saved-views/schema.ts';
import { type ChosenColumn, moveColumn, readColumns, showColumns, writeColumns } from './chosen-columns.ts';
import { type FilterDraft, placeCondition, readDraft, toCondition } from './filter-draft.ts';
import { allColumns, type ListLook, type OwnField } from './list-look.ts';
import { ALL, listHref, listParams, PANEL, saysNothing, savedViewOf, VIEW } from '../../lib/list-url.ts';
import { pageUrl } from '../../lib/paging.ts';
import { readDensity } from '../../lib/density.ts';
import type { Api } from '../../bridge/api.server.ts';

type Frame = Awaited<ReturnType<Api['savedViews']['frame']>>;

/** The ids of records that a filter and these rows' fields name, whose names a page must ask for. */
export function idsToName(
  filter: FilterNode | null,
  rows: readonly Readonly<Record<string, unknown>>[],
  look: ListLook,
): string[] {
  const references = look.fields.flatMap(({ name, type, reference }) =>
    type === 'reference' && reference !== 'brand' ? [name] : [],
  );
  const named = filter ? conditionsOf(filter).filter(({ field }) => references.includes(field)) : [];
  const ofRows = rows.flatMap((row) => (typeof row.parentId === 'string' ? [row.parentId] : []));
  return [...new Set([...named.flatMap(({ op, value }) => (op === 'nameContains' ? [] : value)), ...ofRows])]
    .filter((id): id is string => typeof id === 'string' && UUID.test(id))
    .slice(0, 500);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function conditionsOf(node: FilterNode): FilterCondition[] {
  return isCondition(node) ? [node] : partsOf(node).flatMap(conditionsOf);
}

/** A list whose filter cannot be used shows nothing rather than everything. */
export const noRows = { items: [], nextCursor: null };

/** What a list's page knows before its rows: the address that counts, its views, filter and columns. */
export interface ListFrameData {
  /** The list's whole address: what a view says stands in it. */
  address: string;
  views: Frame['views'];
  savedViewId: string | null;
  /** Whether the list stands under a view and shows something else than it. */
  isModified: boolean;
  filter: FilterNode | null;
  /** Why the address's filter cannot be used; null where it can. */
  wrongFilter: string | null;
  /** What is being asked in a form, and what is wrong with it. */
  draft: (FilterDraft & { error: string | null }) | null;
  panel: string | null;
  own: OwnField[];
  columns: ChosenColumn[];
  density: 'comfortable' | 'compact';
}

/**
 * Reads a list's address. Errors: a redirect to the view that this person's list opens with, and to the clean address
 * where a form of the toolbar was sent; `not_found` for a view that is none of theirs.
 */
export async function openList(request: Request, caller: Api, look: ListLook): Promise<ListFrameData> {
  const asked = pageUrl(request);
  const draft = readDraft(asked.searchParams);
  if (draft?.op) return foldDraft({ asked, caller, look, request }, { ...draft, op: draft.op });
  const frame = await readFrame(asked, caller, look);
  if ([...asked.searchParams].length === 0) goToDefault(asked, frame, await roleOf(caller, frame));
  return { ...frameData({ asked, frame, look, request }), draft: draft && { ...draft, error: null } };
}

interface Asked {
  asked: URL;
  caller: Api;
  look: ListLook;
  request: Request;
}

function readFrame(asked: URL, caller: Api, look: ListLook): Promise<Frame> {
  const savedViewId = savedViewOf(asked);
  const query = saysNothing(asked) ? '' : new URLSearchParams(listParams(asked)).toString();
  return caller.savedViews.frame({ noun: look.noun, query, ...(savedViewId ? { savedViewId } : {}) });
}

/** Puts a form's condition into the filter; one that does not hold is shown again with what is wrong. */
async function foldDraft(
  { asked, caller, look, request }: Asked,
  draft: FilterDraft & { op: FilterOperator },
): Promise<ListFrameData> {
  const condition = toCondition(draft);
  const filter = JSON.stringify(placeCondition(readNode(asked), draft.at, condition));
  const folded = new URL(listHref(asked, { filter }), asked);
  const tried = await readFrame(folded, caller, look);
  if (tried.issues.length === 0) throw redirect(listHref(folded, {}));
  const frame = await readFrame(asked, caller, look);
  const error = condition.value === undefined ? 'Say what to compare with.' : tried.issues[0]?.message;
  return { ...frameData({ asked, frame, look, request }), draft: { ...draft, error: error ?? null } };
}

/** The tree of the address's own filter, as far as it is one: what it becomes is judged before it is used. */
function readNode(url: URL): FilterNode | null {
  try {
    const node = JSON.parse(url.searchParams.get('filter') ?? 'null') as FilterNode | null;
    return node && typeof node === 'object' && ('all' in node || 'any' in node) ? node : null;
  } catch {
    return null;
  }
}

async function roleOf(caller: Api, frame: Frame): Promise<string | null> {
  const isAsked = frame.views.some(({ defaultFor }) => defaultFor.length > 0);
  return isAsked ? ((await caller.account.me()).current?.role ?? null) : null;
}

/** A person's own default goes before their role's. */
function goToDefault(asked: URL, { views }: Frame, role: string | null): void {
  const view =
    views.find(({ isDefault }) => isDefault) ??
    views.find(({ defaultFor }) => defaultFor.some((name) => name === role));
  if (view) throw redirect(listHref(asked, { [VIEW]: view.id }));
}

interface Framed {
  asked: URL;
  frame: Frame;
  look: ListLook;
  request: Request;
}

function frameData({ asked, frame, look, request }: Framed): Omit<ListFrameData, 'draft'> {
  const savedViewId = savedViewOf(asked);
  const url = effectiveUrl(asked, frame, look);
  const known = allColumns(look, frame.customFields);
  dropLostSort(url, known);
  const view = frame.views.find(({ id }) => id === savedViewId);
  const columns = readColumns(url.searchParams.get('columns'), look, known);
  foldColumns(asked, { url, look, columns });
  const [issue] = frame.issues;
  return {
    address: url.href,
    views: frame.views,
    savedViewId,
    isModified:
      view !== undefined &&
      stateOf(url, look) !== stateOf(effectiveUrl(bare(asked), { ...frame, query: view.query }, look), look),
    filter: frame.filter,
    wrongFilter: issue?.message ?? null,
    panel: asked.searchParams.get(PANEL),
    own: frame.customFields,
    columns,
    density: readDensity(request.headers.get('Cookie')),
  };
}

/** The address with what its view says; the order always stands in it, so that a view that is emptied stays so. */
function effectiveUrl(asked: URL, frame: Pick<Frame, 'query'>, look: ListLook): URL {
  const url = new URL(asked);
  if (savedViewOf(asked) === null) return url;
  for (const [name, value] of new URLSearchParams(frame.query)) url.searchParams.set(name, value);
  if (!url.searchParams.get('sort')) url.searchParams.set('sort', look.sort);
  return url;
}

/** An order by a field that the agency took away is none. */
function dropLostSort(url: URL, fields: ReturnType<typeof allColumns>): void {
  const name = url.searchParams.get('sort')?.replace(/^-/, '');
  if (name && !fields.some((field) => field.name === name && field.isSortable))
    url.searchParams.delete('sort');
}

function bare(url: URL): URL {
  const view = url.searchParams.get(VIEW) ?? ALL;
  return new URL(`${url.pathname}?${new URLSearchParams({ [VIEW]: view }).toString()}`, url);
}

function stateOf(url: URL, look: ListLook): string {
  const search = new URLSearchParams(listParams(url));
  if (search.get('sort') === look.sort) search.delete('sort');
  return viewQuery(search.toString());
}

/** What the columns' form sent, put into the address. */
function foldColumns(asked: URL, list: { url: URL; look: ListLook; columns: ChosenColumn[] }): void {
  const move = asked.searchParams.get('move');
  const shown = asked.searchParams.getAll('show');
  if (move === null && shown.length === 0) return;
  const chosen = shown.length > 0 ? showColumns(list.columns, shown) : list.columns;
  const [, by, columnId = ''] = /^([-+]):(.*)$/s.exec(move ?? '') ?? [];
  const next = by ? moveColumn(chosen, columnId, by === '+' ? 1 : -1) : chosen;
  const href = listHref(list.url, { columns: writeColumns(next, list.look) });
  // Who moves a column moves it further: the panel stays open.
  const isOpen = by ? `${href.includes('?') ? '&' : '?'}${PANEL}=columns` : '';
  throw redirect(href + isOpen);
}
