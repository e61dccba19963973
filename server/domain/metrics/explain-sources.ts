import type { FigureSource } from '../explanations/schema.ts';
import { anchorOf } from '../fx/rules.ts';
import type { ExplainedReach, FoundRow, RateSourceRow, SourceRow } from './explain-read.ts';
import type { AccountRow } from './freshness-read.ts';

/** An explanation's sources, and where each leaf's stand among them. */
export interface SourceBook {
  sources: FigureSource[];
  ofRow: (row: Pick<FoundRow, 'ad_account_id' | 'origins'>) => number[];
  ofRate: (names: readonly string[]) => number[];
  ofReach: number[];
}

export interface SourcesFound {
  rows: readonly SourceRow[];
  rates: readonly RateSourceRow[];
  reach: ExplainedReach | null;
  accounts: ReadonlyMap<string, AccountRow>;
  platformNames: ReadonlyMap<string, string>;
}

/** Every source once: accounts by name, then who published rates, then the reach's own answer. Pure. */
export function toSourceBook({ rows, rates, reach, accounts, platformNames }: SourcesFound): SourceBook {
  const describe = (id: string, source: SourceRow['source']) => {
    const account = accounts.get(id);
    const platform = platformNames.get(account?.platform ?? '') ?? account?.platform ?? 'A platform';
    return {
      name: `${platform}${ways[source]}`,
      adAccountId: id,
      adAccountName: account?.name ?? null,
      timeZone: account?.time_zone ?? null,
      isSandbox: source === 'SANDBOX',
    };
  };
  const ordered = [...rows].sort((a, b) => compareNames(accounts, a, b));
  const ofAccounts = ordered.map((row): FigureSource => ({
    ...describe(row.ad_account_id, row.source),
    ...{ attributionSetting: row.attribution_setting, syncRunId: row.sync_run_id, rows: row.rows },
    ...{ fetchedFrom: row.fetched_from.toISOString(), fetchedTo: row.fetched_to.toISOString() },
  }));
  const ofReach = reach ? [toReachSource(reach, describe(reach.ad_account_id, reach.source))] : [];
  const place = new Map(ordered.map((row, at) => [`${row.ad_account_id} ${originOf(row)}`, at]));
  return {
    sources: [...ofAccounts, ...rates.map(toRateSource), ...ofReach],
    ofRow: (row) => places(row.origins.map((origin) => place.get(`${row.ad_account_id} ${origin}`))),
    ofRate: (names) =>
      places(rates.map(({ source }, at) => (names.includes(source) ? ofAccounts.length + at : undefined))),
    ofReach: ofReach.map(() => ofAccounts.length + rates.length),
  };
}

const ways: Readonly<Record<SourceRow['source'], string>> = {
  API: '',
  SANDBOX: '',
  FILE: ', from a file',
  BIGQUERY: ', from BigQuery',
};

/** As the query of the rows writes it. */
function originOf({ source, attribution_setting: setting }: SourceRow): string {
  return `${source} ${setting ?? ''}`;
}

function places(found: readonly (number | undefined)[]): number[] {
  return found.filter((at) => at !== undefined).sort((a, b) => a - b);
}

function compareNames(accounts: ReadonlyMap<string, AccountRow>, a: SourceRow, b: SourceRow): number {
  const [left, right] = [a, b].map(
    (row) => `${accounts.get(row.ad_account_id)?.name ?? ''} ${originOf(row)}`,
  );
  return (left ?? '').localeCompare(right ?? '', 'en');
}

function toRateSource({ source, rows, fetched_from: from, fetched_to: to }: RateSourceRow): FigureSource {
  return {
    name: source === 'ECB' ? 'European Central Bank, euro reference rates' : source,
    ...{ adAccountId: null, adAccountName: null, timeZone: null, attributionSetting: null, syncRunId: null },
    ...{ fetchedFrom: from.toISOString(), fetchedTo: to.toISOString(), rows },
    isSandbox: /sandbox/i.test(source),
  };
}

type Described = Pick<FigureSource, 'name' | 'adAccountId' | 'adAccountName' | 'timeZone' | 'isSandbox'>;

function toReachSource(reach: ExplainedReach, described: Described): FigureSource {
  const at = reach.fetched_at.toISOString();
  return {
    ...described,
    name: `${described.name}, asked for the reach of exactly these days`,
    ...{ attributionSetting: null, syncRunId: reach.sync_run_id, rows: 1, fetchedFrom: at, fetchedTo: at },
  };
}

/** The days of publication and the published currencies that the rows' rates are made of. */
export function publishedFor(
  rows: readonly Pick<FoundRow, 'currency' | 'published_on'>[],
  currency: string,
): { days: string[]; currencies: string[] } {
  const used = rows.filter((row) => row.published_on !== null);
  const currencies = used.map((row) => anchorOf(row.currency).anchor);
  return {
    days: [...new Set(used.flatMap((row) => row.published_on ?? []))],
    currencies: [...new Set([...currencies, anchorOf(currency).anchor])],
  };
}
