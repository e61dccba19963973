import { minorDigits } from '../records/currencies.ts';
import { round, subtract, sum } from '../records/decimals.ts';
import { toAmount } from '../records/money.ts';
import {
  type BudgetKind,
  type BudgetLine,
  type BudgetStatus,
  type BudgetSum,
  type BudgetVersion,
  kindWords,
} from './schema.ts';

/** Most months that a flight offers its lines. */
const MOST_MONTHS = 60;

/** What of a line is asked for alone, before anything is looked up: where and what is wrong; null where nothing is. */
export function lineProblem(line: {
  kind: BudgetKind;
  platform?: string | null | undefined;
  adAccountId?: string | null | undefined;
  campaignCreatorId?: string | null | undefined;
}): { path: string; message: string } | null {
  const isOnPlatform = line.kind === 'MEDIA' || line.kind === 'BOOST';
  if (!isOnPlatform && line.adAccountId)
    return { path: 'adAccountId', message: 'Only media and boosts are spent in an ad account.' };
  if (!isOnPlatform && line.platform)
    return { path: 'platform', message: 'Only media and boosts are spent on a platform.' };
  if (line.campaignCreatorId && line.kind !== 'CREATOR' && line.kind !== 'BOOST')
    return { path: 'campaignCreatorId', message: 'Only fees and boosts are of a creator.' };
  return null;
}

/** By how much lines are more than their total; null where they fit. */
export function excessOf(total: string, amounts: readonly string[]): string | null {
  const excess = subtract(sum(amounts) ?? '0', total);
  return excess === '0' || excess.startsWith('-') ? null : excess;
}

/** What the lines come to by each of the ways in which they split. */
export function sumsOf(lines: readonly BudgetLine[], currency: string): BudgetVersion['sums'] {
  const by = (keyOf: (line: BudgetLine) => string | null, nameOf: (line: BudgetLine) => string) =>
    sumBy(lines, currency, { keyOf, nameOf });
  return {
    kinds: by(
      ({ kind }) => kind,
      ({ kind }) => kindWords[kind],
    ),
    platforms: by(
      ({ platform }) => platform,
      ({ platform }) => platform ?? 'No platform',
    ),
    adAccounts: by(
      ({ adAccountId }) => adAccountId,
      ({ adAccountId, adAccountName }) =>
        adAccountId === null ? 'No account' : (adAccountName ?? 'An account'),
    ),
    creators: by(
      ({ campaignCreatorId }) => campaignCreatorId,
      ({ campaignCreatorId, creatorName }) =>
        campaignCreatorId === null ? 'No creator' : (creatorName ?? 'A creator'),
    ),
    months: by(
      ({ month }) => month,
      ({ month }) => month ?? 'No month',
    ).sort((a, b) => (a.key ?? '9999').localeCompare(b.key ?? '9999')),
  };
}

function sumBy(
  lines: readonly BudgetLine[],
  currency: string,
  { keyOf, nameOf }: { keyOf: (line: BudgetLine) => string | null; nameOf: (line: BudgetLine) => string },
): BudgetSum[] {
  const sums = new Map<string | null, { name: string; amounts: string[] }>();
  for (const line of lines) {
    const key = keyOf(line);
    const one = sums.get(key) ?? { name: nameOf(line), amounts: [] };
    one.amounts.push(line.amount);
    sums.set(key, one);
  }
  return [...sums].map(([key, { name, amounts }]) => ({
    key,
    name,
    amount: toAmount(sum(amounts) ?? '0', currency),
  }));
}

/** What a version allows somebody who may write budgets, or approve them, to do. */
export function movesOf(
  status: BudgetStatus,
  { mayWrite, mayApprove }: { mayWrite: boolean; mayApprove: boolean },
): BudgetVersion['may'] {
  const isDraft = status === 'DRAFT';
  const isSubmitted = status === 'SUBMITTED';
  return {
    update: isDraft && mayWrite,
    submit: isDraft && mayWrite,
    approve: (isDraft || isSubmitted) && mayApprove,
    return: isSubmitted && mayApprove,
    withdraw: isSubmitted && mayWrite,
    setAside: isDraft && mayWrite,
  };
}

export type BudgetMove = keyof BudgetVersion['may'];

/** Why a version in this status cannot be moved so, in words. */
export function moveRefusal(status: BudgetStatus, move: BudgetMove): string {
  const words: Record<BudgetStatus, string> = {
    DRAFT: 'is a draft',
    SUBMITTED: 'waits for its approval',
    APPROVED: 'is approved',
    RETURNED: 'was returned',
    SUPERSEDED: 'was superseded',
  };
  const wanted = move === 'approve' ? 'a draft or one that waits for its approval' : WANTED[move];
  return `This version ${words[status]}; ${wanted} is what can be ${DONE[move]}.`;
}

const WANTED: Record<Exclude<BudgetMove, 'approve'>, string> = {
  update: 'a draft',
  submit: 'a draft',
  return: 'one that waits for its approval',
  withdraw: 'one that waits for its approval',
  setAside: 'a draft',
};

const DONE: Record<BudgetMove, string> = {
  update: 'changed',
  submit: 'submitted',
  approve: 'approved',
  return: 'returned',
  withdraw: 'withdrawn',
  setAside: 'set aside',
};

/** The months that hold days of a flight, as YYYY-MM. */
export function monthsOf(startsOn: string | null, endsOn: string | null): string[] {
  if (startsOn === null || endsOn === null) return [];
  const months: string[] = [];
  let [year, month] = [Number(startsOn.slice(0, 4)), Number(startsOn.slice(5, 7))];
  const last = endsOn.slice(0, 7);
  for (let name = startsOn.slice(0, 7); name <= last && months.length < MOST_MONTHS;) {
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return months;
}

/** What a reader of the lines should look at and nothing refuses. */
export function warningsOf(
  lines: readonly BudgetLine[],
  campaign: { startsOn: string | null; endsOn: string | null; adAccountIds: ReadonlySet<string> },
): string[] {
  const flight = new Set(monthsOf(campaign.startsOn, campaign.endsOn));
  const outside = new Set(lines.flatMap(({ month }) => (month && !flight.has(month) ? [month] : [])));
  const months = [...outside].sort().map((month) => `${month} lies outside of the campaign’s days.`);
  const accounts = new Map(
    lines.flatMap(({ adAccountId, adAccountName }) =>
      adAccountId && !campaign.adAccountIds.has(adAccountId) ? [[adAccountId, adAccountName]] : [],
    ),
  );
  const unlinked = [...accounts.values()].map(
    (name) => `${name ?? 'An account'} is not linked to the campaign.`,
  );
  return [...(flight.size > 0 ? months : []), ...unlinked];
}

/** An amount in words: "12,000.50 AED". */
export function moneyWords(amount: string, currency: string): string {
  const [whole = '0', fraction] = toAmount(round(amount, Math.max(minorDigits(currency), 4)), currency).split(
    '.',
  );
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}
