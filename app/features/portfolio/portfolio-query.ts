import {
  type PortfolioInput,
  type PortfolioSort,
  portfolioSorts,
} from '../../../server/domain/portfolio/schema.ts';

/** What of the page's address narrows the portfolio. */
export const portfolioFilters = [
  'brandId',
  'ownerId',
  'platform',
  'objective',
  'status',
  'band',
  'isOpen',
] as const;

/** How its rows are put together; without it they stand by themselves. */
export const portfolioGroups = ['brand', 'owner', 'objective', 'status'] as const;
export type PortfolioGroup = (typeof portfolioGroups)[number];

/** What the page shows of: the filters as they were read. */
export type PortfolioView = Pick<PortfolioInput, (typeof portfolioFilters)[number] | 'q' | 'sort'>;

/** Most campaigns whose sum can be asked for by an address. */
const MOST_PICKED = 500;

/** The campaigns that were ticked: `?pick=…&pick=…`, as a form sends them. */
export function readPicked(search: URLSearchParams): string[] {
  return [...new Set(search.getAll('pick'))].slice(0, MOST_PICKED);
}

export function readGroup(search: URLSearchParams): PortfolioGroup | null {
  return portfolioGroups.find((group) => group === search.get('group')) ?? null;
}

/** The order that a press on a column's header asks for: the column's own, and turned round where it has another way. */
export function nextPortfolioSort(current: string | null, sort: PortfolioSort): PortfolioSort {
  const turned = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
  return current === sort ? (portfolioSorts.find((known) => known === turned) ?? sort) : sort;
}
