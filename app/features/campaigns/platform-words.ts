import type { PlatformCampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import { nativeWord } from '../ad-accounts/labels.ts';

/** "2 active, 1 campaign paused": what the platforms say of theirs, the most frequent first. Null where there is none. */
export function platformWords(
  items: readonly Pick<PlatformCampaignMetrics, 'nativeStatus' | 'isGone'>[],
): string | null {
  const counts = new Map<string, number>();
  for (const { nativeStatus, isGone } of items) {
    const word = isGone ? 'no longer listed' : nativeWord(nativeStatus).toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].sort((a, b) => b[1] - a[1]).map(([word, count]) => `${count} ${word}`);
  return words.length > 0 ? words.join(', ') : null;
}
