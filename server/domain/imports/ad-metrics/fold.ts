import { createHash } from 'node:crypto';
import type { DailyMetric } from '../../../integrations/ad-platform.ts';
import { type AmountField, amountFields, type CountField, countFields } from './fields.ts';
import type { ReportRow } from './parse.ts';

/** Amounts are summed as whole trillionths, exactly. */
const PLACES = 12;

/** An exact decimal as whole trillionths; further places, a double's noise, are rounded half away from zero. */
export function toUnits(decimal: string): bigint {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace(/^-/, '').split('.');
  const kept = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'));
  const rounded = (fraction[PLACES] ?? '0') >= '5' ? kept + 1n : kept;
  return isNegative ? -rounded : rounded;
}

/** The shortest decimal of so many trillionths. */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Sums over rows; null where no row says anything. */
export interface Sums {
  amounts: Record<AmountField, bigint | null>;
  counts: Record<CountField, number | null>;
}

export function emptySums(): Sums {
  return {
    amounts: Object.fromEntries(amountFields.map((field) => [field, null])) as Sums['amounts'],
    counts: Object.fromEntries(countFields.map((field) => [field, null])) as Sums['counts'],
  };
}

export function addRow(sums: Sums, { figures }: ReportRow): void {
  for (const field of amountFields) {
    const value = figures[field];
    if (value !== null) sums.amounts[field] = (sums.amounts[field] ?? 0n) + toUnits(value);
  }
  for (const field of countFields) {
    const value = figures[field];
    if (value !== null) sums.counts[field] = (sums.counts[field] ?? 0) + Number(value);
  }
}

/** A campaign that its report gives no id goes by its name: the same name is the same campaign in every file. */
export function idOfName(name: string): string {
  return `name:${createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 32)}`;
}

interface Group {
  day: string;
  nativeCampaignId: string;
  campaignName: string;
  sums: Sums;
  rows: number;
  first: ReportRow;
}

export interface Folded {
  rows: DailyMetric[];
  /** Rows of the file that were summed with another of their campaign and day. */
  summed: number;
  /** Campaigns' days on which nothing was delivered: no row, as the platforms say it themselves. */
  idle: number;
}

export interface FoldFacts {
  currency: string;
  isMicros: boolean;
}

/** One row for each campaign and day. Several rows of one (devices, ad groups, hours) are summed; reach never is. */
export function fold(rows: readonly ReportRow[], facts: FoldFacts): Folded {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const { day, campaignId, campaignName } = row;
    if (day === null) continue;
    const nativeCampaignId = campaignId ?? idOfName(campaignName ?? '');
    const key = `${day} ${nativeCampaignId}`;
    const name = campaignName ?? nativeCampaignId;
    const group = groups.get(key) ?? {
      day,
      nativeCampaignId,
      campaignName: name,
      sums: emptySums(),
      rows: 0,
      first: row,
    };
    addRow(group.sums, row);
    group.rows += 1;
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const delivered = all.filter(
    ({ sums, first, rows: count }) => hasDelivery(sums) || (count === 1 && Number(first.figures.reach) > 0),
  );
  const summed = all.reduce((sum, { rows: count }) => sum + (count > 1 ? count : 0), 0);
  return {
    rows: delivered.map((group) => toMetric(group, facts)),
    summed,
    idle: all.length - delivered.length,
  };
}

function hasDelivery({ amounts, counts }: Sums): boolean {
  return (
    amountFields.some((field) => (amounts[field] ?? 0n) !== 0n) ||
    countFields.some((field) => (counts[field] ?? 0) !== 0)
  );
}

function toMetric(
  { day, nativeCampaignId, campaignName, sums, rows, first }: Group,
  facts: FoldFacts,
): DailyMetric {
  const { amounts, counts } = sums;
  const told = (units: bigint | null) => (units === null ? null : fromUnits(units));
  const sole = rows === 1 ? first.figures : null;
  return {
    nativeCampaignId,
    campaignName,
    date: day,
    currency: facts.currency,
    spend: spendOf(amounts.spend, facts.isMicros),
    impressions: counts.impressions ?? 0,
    clicks: counts.clicks ?? 0,
    conversions: told(amounts.conversions),
    conversionValue: told(amounts.conversionValue),
    videoViews25: counts.videoViews25,
    videoViews50: counts.videoViews50,
    videoViews75: counts.videoViews75,
    videoViews100: counts.videoViews100,
    videoStarts: counts.videoStarts,
    reach: sole?.reach == null ? null : Number(sole.reach),
    frequency: sole?.frequency ?? null,
    attributionSetting: first.attributionSetting,
    // What the figures say is all that a file says again: the run that stands beside them names the file.
    platformData: null,
  };
}

export function spendOf(units: bigint | null, isMicros: boolean): string {
  return fromUnits(isMicros ? (units ?? 0n) / 1_000_000n : (units ?? 0n));
}
