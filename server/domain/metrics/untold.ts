import type { AttachedRow, FactRow } from './facts.ts';
import { untoldRows } from './figures.ts';
import { type UntoldBy, type UntoldFigure, untoldFigures } from './schema.ts';

interface AccountItems {
  account: AttachedRow;
  items: readonly AttachedRow[];
}

/** Which accounts do not tell a figure that others may tell: what a sum of it is without. Pure. */
export function toUntoldBy(
  accounts: readonly AccountItems[],
  byCampaign: ReadonlyMap<string, readonly FactRow[]>,
): UntoldBy[] {
  return untoldFigures.flatMap((figure) =>
    accounts.flatMap(({ account, items }): UntoldBy[] => {
      const rows = items.flatMap((item) => byCampaign.get(item.id) ?? []);
      const campaignDays = total(rows, (row) => untoldRows(row, figure));
      if (campaignDays === 0) return [];
      const counted = { campaignDays, ofCampaignDays: total(rows, (row) => row.rows) };
      return [
        {
          figure,
          adAccountId: account.ad_account_id,
          name: account.account_name,
          platform: account.platform,
          ...counted,
          note: noteOf(account.account_name, figure, counted),
        },
      ];
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

function total(rows: readonly FactRow[], of: (row: FactRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
