import { toLeftOut } from './conversions.ts';
import type { FigureName } from './dashboard-schema.ts';
import { daysIn } from './dashboard-range.ts';
import { type ExplainRow, MOST_PARTS } from './explain-tree.ts';
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

/** Of each account that may still change, or should have been read again; what is final needs no word. */
function freshnessNotes({ accounts, days }: NotesBasis): string[] {
  return accounts.flatMap(({ account, reads }) => {
    const states = dayStates(reads, days);
    return worstOf(states) === 'FINAL' ? [] : [`${account.name}: ${reasonOf(reads, days, states)}`];
  });
}

function detailNotes({ rows, days }: NotesBasis): string[] {
  if (rows.length <= MOST_PARTS) return [];
  return [
    `${daysIn(days)} days of several accounts are too many to list one by one: the accounts of a day stand together. Narrow the range to see each.`,
  ];
}
