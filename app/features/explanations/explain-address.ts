import type { ExplainInput, FigureName } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { ExplainKind } from '../../lib/explain-kinds.ts';
import { paths, withQuery } from '../../lib/paths.ts';

type Word = string | number | boolean | readonly string[] | null | undefined;

/** What a page shows figures of: its filters, its resolved days, its currency. Everything but which figure of which row. */
export type MetricScope = Omit<Partial<ExplainInput>, 'figure' | 'by' | 'key' | 'isCompared'>;

/** A row of a breakdown; `key` as the dashboard gives it, null for what belongs to none. */
export interface MetricRow {
  by: NonNullable<ExplainInput['by']>;
  key: string | null;
}

export interface MetricCell {
  /** Without it the total. */
  row?: MetricRow | undefined;
  /** The figure of the range that it is compared with. */
  isCompared?: boolean | undefined;
}

/**
 * Addresses of the explanations of a page's figures. Make it once for a page: a table asks it for thousands. Give it the
 * days that the dashboard answered (`range`), so that the link means the same tomorrow.
 */
export function metricExplainer(scope: MetricScope): (figure: FigureName, cell?: MetricCell) => string {
  const base = explainHref('metric', { ...scope });
  return (figure, { row, isCompared } = {}) => {
    const ofRow = row ? `&by=${row.by}${row.key === null ? '' : `&key=${encodeURIComponent(row.key)}`}` : '';
    return `${base}&figure=${figure}${ofRow}${isCompared ? '&isCompared=true' : ''}`;
  };
}

/**
 * The page that explains a figure of another kind; `query` is the input of its procedure (`pacing.explain`,
 * `costs.explain`, `campaignCreators.explainFee`). A list is joined by commas.
 */
export function explainHref(of: ExplainKind, query: Readonly<Record<string, Word>>): string {
  const flat = Object.entries(query).map(([name, value]) => [name, isList(value) ? value.join(',') : value]);
  return withQuery(paths.explain(), { of, ...(Object.fromEntries(flat) as Record<string, string>) });
}

function isList(value: Word): value is readonly string[] {
  return Array.isArray(value);
}

const HASH = '#explain?';

/** The part of a page's address that opens its panel on an explanation; `query` without its question mark. */
export function explainHash(query: string): string {
  return `${HASH}${query}`;
}

/** The query of the explanation that a page's address opens, or null. */
export function explainedBy(hash: string): string | null {
  return hash.startsWith(HASH) ? hash.slice(HASH.length) : null;
}

interface Change {
  currentUrl: URL;
  nextUrl: URL;
  formMethod?: string | undefined;
  defaultShouldRevalidate: boolean;
}

/** For the shouldRevalidate of a page that is dear to load: closing the panel leaves its figures as they are. */
export function revalidatesPage({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: Change): boolean {
  const isClosing =
    formMethod === undefined &&
    explainedBy(currentUrl.hash) !== null &&
    nextUrl.hash === '' &&
    currentUrl.pathname + currentUrl.search === nextUrl.pathname + nextUrl.search;
  return isClosing ? false : defaultShouldRevalidate;
}
