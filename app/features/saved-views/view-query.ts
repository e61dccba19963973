import { listParams, VIEW } from '../../lib/list-url.ts';

/** What a view keeps of a list's address: everything but the view itself and an order that stands anyway. */
export function viewQueryOf(url: URL, usualSort: string): string {
  const kept = listParams(url).filter(
    ([name, value]) => name !== VIEW && !(name === 'sort' && value === usualSort),
  );
  return new URLSearchParams(kept).toString();
}
