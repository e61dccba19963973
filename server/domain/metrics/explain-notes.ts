import { describePair } from '../fx/rules.ts';
import { toLeftOut } from './conversions.ts';
import type { FigureName } from './dashboard-schema.ts';
import { daysIn } from './dashboard-range.ts';
import { type ExplainRow, MOST_ROWS } from './explain-tree.ts';
import { groupBy } from './figures.ts';
import { dayStates, reasonOf, worstOf } from './freshness.ts';
import type { ReadAccount } from './freshness-read.ts';
import type { DayRange } from './range.ts';
import type { UntoldFigure } from './schema.ts';
import { toUntoldBy } from './untold.ts';

export interface NotesBasis {
  figure: FigureName;
  rows: readonly ExplainRow[];
  currency: string;
  days: DayRange;
  asOf: string | null;
  /** Of the explained rows. */
  accounts: readonly ReadAccount[];
  platformNames: ReadonlyMap<string, string>;
}

/** What a reader should know beside a figure: what it is without, what may still change, how claims overlap. Pure. */
export function toNotes(basis: NotesBasis): string[] {
  const { rows, figure } = basis;
  const about = subjects[figure];
  return [
    ...asOfNotes(basis),
    ...(rows.length === 0 ? ['Nothing was delivered in these days, or nothing was fetched.'] : []),
    ...(about.isMoney ? toLeftOut(rows, basis.currency).map(({ note }) => note) : []),
    ...(about.tells ? untoldNotes(basis, about.tells) : []),
    ...(about.tells ? overlapNotes(basis) : []),
    ...freshnessNotes(basis),
    ...(about.isMoney ? rateNotes(basis) : []),
    ...detailNotes(basis),
  ];
}

interface Subject {
  /** It holds a converted amount. */
  isMoney: boolean;
  /** It is made of a figure that not every row tells. */
  tells: UntoldFigure | null;
}

const count: Subject = { isMoney: false, tells: null };
const money: Subject = { isMoney: true, tells: null };

const subjects: Readonly<Record<FigureName, Subject>> = {
  ...{ spend: money, cpm: money, cpc: money },
  ...{ impressions: count, clicks: count, ctr: count, reach: count, frequency: count },
  ...{ videoViews25: count, videoViews50: count, videoViews75: count, videoViews100: count },
  conversions: { isMoney: false, tells: 'conversions' },
  cpa: { isMoney: true, tells: 'conversions' },
  conversionValue: { isMoney: true, tells: 'conversionValue' },
  roas: { isMoney: true, tells: 'conversionValue' },
};

function asOfNotes({ asOf }: NotesBasis): string[] {
  if (asOf === null) return [];
  const moment = new Date(asOf).toISOString();
  return [
    `As the rows stood at ${moment.slice(0, 10)}, ${moment.slice(11, 16)} UTC. Which platform campaign belongs to which campaign is as of today.`,
  ];
}

function accountRows({ rows, accounts }: NotesBasis) {
  const byAccount = groupBy(rows, (row) => row.ad_account_id);
  return accounts.map(({ account }) => ({
    ...{ adAccountId: account.id, name: account.name, platform: account.platform },
    rows: byAccount.get(account.id) ?? [],
  }));
}

function untoldNotes(basis: NotesBasis, figure: UntoldFigure): string[] {
  return toUntoldBy(accountRows(basis)).flatMap((item) => (item.figure === figure ? [item.note] : []));
}

function overlapNotes(basis: NotesBasis): string[] {
  const claiming = accountRows(basis).filter(({ rows }) =>
    rows.some(({ conversions }) => conversions !== null && !/^-?0*(\.0*)?$/.test(conversions)),
  );
  const platforms = [
    ...new Set(claiming.map(({ platform }) => basis.platformNames.get(platform) ?? platform)),
  ];
  if (platforms.length < 2) return [];
  return [
    `${inList(platforms.sort())} each claim conversions for themselves: one sale may be counted by more than one.`,
  ];
}

function inList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** How each pair of currencies comes about, once: the days have their rates beside them. */
function rateNotes({ rows, currency }: NotesBasis): string[] {
  const converted = rows.filter((row) => row.rate !== null && row.currency !== currency);
  const from = [...new Set(converted.map((row) => row.currency))].sort();
  return from.map((base) => `${base} to ${currency}: ${describePair(base, currency)}`);
}

/** Of the accounts that may still change, or should have been read again, each reason once; what is final needs no word. */
function freshnessNotes({ accounts, days }: NotesBasis): string[] {
  const reasons = accounts.flatMap(({ account, reads }) => {
    const states = dayStates(reads, days);
    // Each source names its zone.
    const reason = reasonOf(reads, days, states).replace(` Days are days in ${reads.timeZone}.`, '');
    return worstOf(states) === 'FINAL' ? [] : [{ reason, name: account.name }];
  });
  return [...groupBy(reasons, ({ reason }) => reason)].map(([reason, same]) =>
    same.length > 3
      ? `${same.length} ad accounts: ${reason}`
      : `${inList(same.map(({ name }) => name))}: ${reason}`,
  );
}

function detailNotes({ rows, days }: NotesBasis): string[] {
  if (rows.length <= MOST_ROWS) return [];
  return [
    `${daysIn(days)} days of several accounts are too many to list one by one: the accounts of a day stand together. Narrow the range to see each.`,
  ];
}
