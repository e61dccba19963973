import type {
  Breakdown,
  BreakdownRow,
  DashboardInput,
} from '../../../server/domain/metrics/dashboard-schema.ts';
import { listHref } from '../../lib/list-url.ts';
import type { MetricScope } from '../explanations/explain-address.ts';

/** What narrows a page's figures, by the names of the procedure's input: the address has the same. */
export const filterNames = [
  'campaignIds',
  'brandId',
  'ownerId',
  'status',
  'objective',
  'platform',
  'adAccountId',
  'platformCampaignId',
  'creatorId',
  'isAttached',
] as const;
export type FilterName = (typeof filterNames)[number];

const viewNames = ['from', 'to', 'compare', 'compareFrom', 'currency', 'asOf'] as const;
const tableNames = ['by', 'sortBy', 'limit'] as const;
type AskedName = FilterName | (typeof viewNames)[number] | (typeof tableNames)[number];

/** What an address asks of the dashboard, before it is checked: texts, but for what the procedure takes as another kind. */
export function readAsked(search: URLSearchParams): Partial<Record<AskedName, unknown>> {
  const asked: Partial<Record<AskedName, unknown>> = {};
  for (const name of [...filterNames, ...viewNames, ...tableNames]) {
    const value = search.get(name);
    if (value === null || value === '') continue;
    if (name === 'campaignIds') asked[name] = value.split(',').filter(Boolean);
    else if (name === 'isAttached') asked[name] = value === 'true' || (value === 'false' ? false : value);
    else asked[name] = value;
  }
  return asked;
}

/** The same the other way: the query that asks for exactly this, also tomorrow. */
export function toQuery(asked: Readonly<Partial<Record<AskedName, unknown>>>): string {
  const search = new URLSearchParams();
  for (const name of [...filterNames, ...viewNames, ...tableNames]) {
    const value = asked[name];
    if (Array.isArray(value)) search.set(name, value.join(','));
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      search.set(name, String(value));
  }
  return search.toString();
}

/** What the explanations of a page's figures are asked with. */
export function scopeOf(input: DashboardInput): MetricScope {
  const { by: _by, sortBy: _sortBy, limit: _limit, ...scope } = input;
  return scope;
}

/** What a row of a breakdown is cut by next: always one step finer. */
const nextCut: Readonly<Record<Breakdown, Breakdown>> = {
  DAY: 'PLATFORM',
  PLATFORM: 'AD_ACCOUNT',
  AD_ACCOUNT: 'PLATFORM_CAMPAIGN',
  BRAND: 'CAMPAIGN',
  CAMPAIGN: 'PLATFORM_CAMPAIGN',
  PLATFORM_CAMPAIGN: 'DAY',
  CREATOR: 'PLATFORM_CAMPAIGN',
};

const filterOf = {
  PLATFORM: 'platform',
  AD_ACCOUNT: 'adAccountId',
  BRAND: 'brandId',
  CAMPAIGN: 'campaignIds',
  PLATFORM_CAMPAIGN: 'platformCampaignId',
  CREATOR: 'creatorId',
} as const satisfies Readonly<Record<Exclude<Breakdown, 'DAY'>, FilterName>>;

/**
 * The same page narrowed to a row and cut by the next level; everything else of the address stays. Null where no filter
 * says the row: what belongs to no brand or creator.
 */
export function drillHref(url: URL, by: Breakdown, { key }: Pick<BreakdownRow, 'key'>): string | null {
  const next = { by: nextCut[by], limit: null };
  if (by === 'DAY') return key === null ? null : listHref(url, { ...next, range: null, from: key, to: key });
  if (key !== null) return listHref(url, { ...next, [filterOf[by]]: key });
  return by === 'CAMPAIGN' ? listHref(url, { ...next, isAttached: 'false' }) : null;
}
