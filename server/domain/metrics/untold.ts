import type { SumsRow } from './facts.ts';
import { untoldRows } from './figures.ts';
import { type UntoldBy, type UntoldFigure, untoldFigures } from './schema.ts';

/** An ad account and the sums of its rows. */
export interface AccountRows {
  adAccountId: string;
  name: string;
  platform: string;
  rows: readonly SumsRow[];
}

/** Which accounts do not tell a figure that others may tell: what a sum of it is without. Pure. */
export function toUntoldBy(accounts: readonly AccountRows[]): UntoldBy[] {
  return untoldFigures.flatMap((figure) =>
    accounts.flatMap(({ rows, ...account }): UntoldBy[] => {
      const campaignDays = total(rows, (row) => untoldRows(row, figure));
      if (campaignDays === 0) return [];
      const counted = { campaignDays, ofCampaignDays: total(rows, (row) => row.rows) };
      return [{ figure, ...account, ...counted, note: noteOf(account.name, figure, counted) }];
    }),
  );
}

function noteOf(
  name: string,
  figure: UntoldFigure,
  { campaignDays, ofCampaignDays }: { campaignDays: number; ofCampaignDays: number },
): string {
  const sums = figure === 'conversions' ? 'conversions and the CPA' : 'conversion value and the ROAS';
  return campaignDays === ofCampaignDays
    ? `The ${sums} are without ${name}, which tells none in these days.`
    : `The ${sums} are without ${campaignDays} of ${ofCampaignDays} campaign days of ${name}, which tells none on them.`;
}

function total(rows: readonly SumsRow[], of: (row: SumsRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
