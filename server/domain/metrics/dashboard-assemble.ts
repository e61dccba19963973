import { compareDecimals } from '../records/decimals.ts';
import { type DayRow, toFxUses, toLeftOut } from './conversions.ts';
import type { DashboardRow, FactsRequest, KeyRow, ReachRow, Side } from './dashboard-facts.ts';
import { holdsAccountsWhole } from './dashboard-frame.ts';
import { alignedDay, daysBetween } from './dashboard-range.ts';
import type {
  BreakdownRow,
  Dashboard,
  DashboardDay,
  DashboardInput,
  FigureName,
  FigureSet,
  FreshnessState,
} from './dashboard-schema.ts';
import { groupBy, ownSpend, toConvertedFigures } from './figures.ts';
import { dayStates, rankOf, reasonOf, worstOf } from './freshness.ts';
import type { ReadAccount } from './freshness-read.ts';
import type { DayRange } from './range.ts';
import { toFrequency } from './rules.ts';
import { toUntoldBy } from './untold.ts';

/** What the queries found. */
export interface DashboardFound {
  input: DashboardInput;
  request: FactsRequest;
  rows: readonly DashboardRow[];
  keys: readonly KeyRow[];
  reach: readonly ReachRow[];
  accounts: readonly ReadAccount[];
  /** Whether the filter may leave a part of an account out. */
  cutsAccounts: boolean;
  platformNames: ReadonlyMap<string, string>;
}

/** An account with the state of each day of the range. */
interface AccountStates {
  read: ReadAccount;
  states: FreshnessState[];
}

/** The answer from what the queries found. Pure. */
export function assembleDashboard(found: DashboardFound): Dashboard {
  const { request, rows, input } = found;
  const { range, compared, currency } = request;
  const accounts = accountStates(found);
  const parts = partsOf(rows);
  const setOf = setMaker(found);
  const days = toDays(found, { parts, accounts, setOf });
  const all = input.by === 'DAY' ? dayRows(days) : toRows(found, { parts, accounts, setOf });
  const limit = input.by === 'DAY' ? all.length : input.limit;
  return {
    range,
    comparedRange: compared,
    currency,
    asOf: request.asOf,
    totals: setOf('RANGE', parts.get('RANGE TOTAL')?.get('') ?? []),
    compared: compared && setOf('COMPARED', parts.get('COMPARED TOTAL')?.get('') ?? []),
    days,
    by: input.by,
    rows: all.slice(0, limit),
    moreRows: Math.max(0, all.length - limit),
    fx: toFxUses(ratesOf(rows, 'RANGE'), currency),
    leftOut: toLeftOut(ratesOf(rows, 'RANGE'), currency),
    comparedLeftOut: toLeftOut(ratesOf(rows, 'COMPARED'), currency),
    untoldBy: toUntoldBy(
      accounts.map(({ read: { account } }) => ({
        adAccountId: account.id,
        name: account.name,
        platform: account.platform,
        rows: parts.get('RANGE ACCOUNT')?.get(account.id) ?? [],
      })),
    ),
    freshness: toMarks(accounts, range),
    state: worstOf(accounts.flatMap(({ states }) => states)),
    hasOverlap: hasOverlap(accounts, parts),
    isSandbox: rows.some((row) => row.is_sandbox),
  };
}

type Parts = ReadonlyMap<string, ReadonlyMap<string, DashboardRow[]>>;
type SetMaker = (side: Side, rows: readonly DashboardRow[]) => FigureSet;

interface Context {
  parts: Parts;
  accounts: readonly AccountStates[];
  setOf: SetMaker;
}

/** The rows by side and kind, and there by key: '' is the key of a total and of what belongs to none. */
function partsOf(rows: readonly DashboardRow[]): Parts {
  const kinds = groupBy(rows, ({ side, kind }) => `${side} ${kind}`);
  return new Map([...kinds].map(([name, own]) => [name, groupBy(own, ({ key }) => key ?? '')]));
}

/** Figures with the reach of what they are exactly of, where a platform gave it for exactly these days. */
function setMaker({ request: { currency, by }, reach, cutsAccounts }: DashboardFound): SetMaker {
  const known = new Map(
    reach.map((row) => [`${row.side} ${row.platform_campaign_id ?? row.ad_account_id}`, row.reach]),
  );
  const isCut = (rows: readonly DashboardRow[]) =>
    cutsAccounts || (rows[0]?.kind === 'KEY' && !holdsAccountsWhole(by));
  const idOf = (rows: readonly DashboardRow[]) =>
    soleOf(rows, 'platform_campaign_id') ?? (isCut(rows) ? null : soleOf(rows, 'ad_account_id'));
  return (side, rows) => {
    const figures = toConvertedFigures(rows, currency);
    const isWhole = rows.every(({ kind }) => kind !== 'DAY');
    const of = isWhole ? idOf(rows) : null;
    const people = of === null ? null : (known.get(`${side} ${of}`) ?? null);
    return { reach: people, frequency: toFrequency(figures.impressions, people), ...figures };
  };
}

/** The one thing that all of these rows are of. */
function soleOf(
  rows: readonly DashboardRow[],
  column: 'platform_campaign_id' | 'ad_account_id',
): string | null {
  const [first] = rows;
  const id = first?.[column] ?? null;
  return id !== null && rows.every((row) => row[column] === id) ? id : null;
}

/** Days that had delivery in either range, in their order. */
function toDays(found: DashboardFound, { parts, accounts, setOf }: Context): DashboardDay[] {
  const { range, compared } = found.request;
  const own = parts.get('RANGE DAY') ?? new Map<string, DashboardRow[]>();
  const other = parts.get('COMPARED DAY') ?? new Map<string, DashboardRow[]>();
  const aligned = compared ? [...other.keys()].map((date) => alignedDay(date, compared, range)) : [];
  const dates = [...new Set([...own.keys(), ...aligned])].sort();
  return dates.map((date) => {
    const comparedWith = compared && alignedDay(date, range, compared);
    const index = daysBetween(range.from, date);
    return {
      date,
      state: worstOf(accounts.flatMap(({ states }) => states[index] ?? [])),
      comparedWith,
      compared: comparedWith === null ? null : setOf('COMPARED', other.get(comparedWith) ?? []),
      ...setOf('RANGE', own.get(date) ?? []),
    };
  });
}

function dayRows(days: readonly DashboardDay[]): BreakdownRow[] {
  return days.map(({ date, comparedWith, ...figures }) => ({
    key: date,
    name: date,
    detail: comparedWith,
    platform: null,
    status: null,
    campaignId: null,
    ownSpend: [],
    ...figures,
  }));
}

function toRows(found: DashboardFound, { parts, accounts, setOf }: Context): BreakdownRow[] {
  const { compared, currency } = found.request;
  const own = parts.get('RANGE KEY') ?? new Map<string, DashboardRow[]>();
  const other = parts.get('COMPARED KEY') ?? new Map<string, DashboardRow[]>();
  const words = new Map(found.keys.map((row) => [row.key ?? '', row]));
  const stateOf = new Map(accounts.map(({ read, states }) => [read.account.id, worstOf(states)]));
  const rows = [...new Set([...own.keys(), ...other.keys()])].map((key): BreakdownRow => {
    const row = words.get(key);
    const ofKey = own.get(key) ?? [];
    return {
      ...wordsOf(key, row, found),
      state: worstOf((row?.ad_account_ids ?? []).flatMap((id) => stateOf.get(id) ?? [])),
      ownSpend: ownSpend(ofKey, currency),
      compared: compared && setOf('COMPARED', other.get(key) ?? []),
      ...setOf('RANGE', ofKey),
    };
  });
  return rows.sort(byFigure(found.input.sortBy));
}

type Words = Pick<BreakdownRow, 'key' | 'name' | 'detail' | 'platform' | 'status' | 'campaignId'>;

function wordsOf(key: string, row: KeyRow | undefined, { input, platformNames }: DashboardFound): Words {
  const name = input.by === 'PLATFORM' ? platformNames.get(key) : row?.name;
  return {
    key: key === '' ? null : key,
    name: name ?? (key === '' ? nobody[input.by] : (unseen[input.by] ?? key)),
    detail: row?.detail ?? null,
    platform: row?.platform ?? null,
    status: row?.status ?? null,
    campaignId: row?.campaign_id ?? null,
  };
}

/** What belongs to none. */
const nobody: Readonly<Record<DashboardInput['by'], string>> = {
  DAY: 'No day',
  PLATFORM: 'No platform',
  AD_ACCOUNT: 'No ad account',
  BRAND: 'No brand',
  CAMPAIGN: 'No campaign',
  PLATFORM_CAMPAIGN: 'No platform campaign',
  CREATOR: 'No creator',
};

/** What the reader does not see by name. */
const unseen: Partial<Record<DashboardInput['by'], string>> = {
  BRAND: 'Another brand',
  CREATOR: 'Another creator',
};

/** The largest first, the unknown last, ties by name and key. */
function byFigure(figure: FigureName): (a: BreakdownRow, b: BreakdownRow) => number {
  return (a, b) => {
    const [left, right] = [decimalOf(a, figure), decimalOf(b, figure)];
    if (left !== null && right !== null) {
      const order = compareDecimals(right, left);
      if (order !== 0) return order;
    } else if (left !== right) return left === null ? 1 : -1;
    return a.name.localeCompare(b.name, 'en') || ((a.key ?? '') < (b.key ?? '') ? -1 : 1);
  };
}

/** A figure as a decimal, whatever its unit; null where it is unknown. */
export function decimalOf(figures: FigureSet, figure: FigureName): string | null {
  const value = figures[figure];
  if (value === null) return null;
  return typeof value === 'object' ? value.amount : String(value);
}

function accountStates({ accounts, request: { range } }: DashboardFound): AccountStates[] {
  return accounts.map((read) => ({ read, states: dayStates(read.reads, range) }));
}

function toMarks(accounts: readonly AccountStates[], range: DayRange): Dashboard['freshness'] {
  const marks = accounts.map(({ read: { account, reads, ...rest }, states }) => ({
    adAccountId: account.id,
    name: account.name,
    platform: account.platform,
    currency: account.currency,
    timeZone: account.time_zone,
    state: worstOf(states),
    reason: reasonOf(reads, range, states),
    newestBusinessDate: reads.newestBusinessDate,
    ...rest,
  }));
  return marks.sort((a, b) => rankOf(b.state) - rankOf(a.state) || a.name.localeCompare(b.name, 'en'));
}

function ratesOf(rows: readonly DashboardRow[], side: Side): DayRow[] {
  return rows.flatMap((row) =>
    row.side === side && row.kind === 'DAY' && row.key !== null ? [{ ...row, date: row.key }] : [],
  );
}

function hasOverlap(accounts: readonly AccountStates[], parts: Parts): boolean {
  const claiming = accounts.flatMap(({ read: { account } }) => {
    const rows = parts.get('RANGE ACCOUNT')?.get(account.id) ?? [];
    return rows.some(({ conversions }) => conversions !== null && compareDecimals(conversions, '0') > 0)
      ? [account.platform]
      : [];
  });
  return new Set(claiming).size > 1;
}
