import type { Breakdown } from '../../../server/domain/metrics/dashboard-schema.ts';
import { nativeWord } from '../ad-accounts/labels.ts';
import { campaignStatusLabels } from '../campaigns/labels.ts';

/** A campaign's own status, or the platform's word for its own. Null where a row has none. */
export function statusWord(status: string | null, by: Breakdown): string | null {
  if (status === null) return null;
  if (by !== 'CAMPAIGN') return nativeWord(status);
  return (campaignStatusLabels as Readonly<Record<string, string>>)[status] ?? nativeWord(status);
}
