import { type Json, type JsonObject } from '../meta/json.ts';
import { type TiktokCall } from './call.ts';
import { invalidParameter } from './failures.ts';

export const PAGE_PARAMETERS = ['page', 'page_size'] as const;

const DEFAULT_SIZE = 10;
const MOST_PAGES = 1_000_000;

function wholeNumber(call: TiktokCall, name: string, { fallback, most }: { fallback: number; most: number }) {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw invalidParameter(`${name}: must be a number between 1 and ${most}.`);
  return value;
}

/** What is asked, whichever of its pages. */
function questionOf({ url, accessToken }: TiktokCall): string {
  const query = new URLSearchParams(url.searchParams);
  query.delete('page');
  query.sort();
  return `${url.pathname}?${query.toString()} ${accessToken ?? ''}`;
}

/** How many pages of the walk are empty ones, before this page and in all; with this one where the fault strikes. */
function emptiedBefore(call: TiktokCall, page: number): { before: number; all: number; isEmpty: boolean } {
  const question = questionOf(call);
  const { tiktok } = call.state;
  const earlier = tiktok.emptyPages(question, page);
  const strikes = call.fault?.kind === 'empty_page_with_next';
  if (strikes && !earlier.includes(page)) tiktok.addEmptyPage(question, page);
  const empty = strikes && !earlier.includes(page) ? [...earlier, page] : earlier;
  return {
    before: empty.filter((each) => each < page).length,
    all: empty.length,
    isEmpty: empty.includes(page),
  };
}

/** One numbered page of a list; only the entries on it are written out. */
export function pageOf<T>(
  call: TiktokCall,
  entries: readonly T[],
  { most, write }: { most: number; write: (entry: T) => Json },
): JsonObject {
  const page = wholeNumber(call, 'page', { fallback: 1, most: MOST_PAGES });
  const size = wholeNumber(call, 'page_size', { fallback: DEFAULT_SIZE, most });
  const empty = emptiedBefore(call, page);
  const first = (page - 1 - empty.before) * size;
  const shown = empty.isEmpty ? [] : entries.slice(first, first + size);
  return {
    list: shown.map(write),
    page_info: {
      ...{ page, page_size: size, total_number: entries.length },
      total_page: Math.ceil(entries.length / size) + empty.all,
    },
  };
}
