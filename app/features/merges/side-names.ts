import type { MergePreview } from '../../../server/domain/merges/schema.ts';
import { formatDateTime } from '../../lib/format.ts';

export interface SideNames {
  kept: string;
  merged: string;
}

/**
 * How the two records are told apart within a sentence: by their names, those of one name by when they were made, and
 * those of one minute by which is the older. Swapping the two swaps the words.
 */
export function sideNames(
  { kept, merged }: Pick<MergePreview, 'kept' | 'merged'>,
  timeZone: string,
): SideNames {
  if (kept.name.trim().toLowerCase() !== merged.name.trim().toLowerCase()) {
    return { kept: kept.name, merged: merged.name };
  }
  const [ofKept, ofMerged] = [kept, merged].map(({ createdAt }) => formatDateTime(createdAt, timeZone)) as [
    string,
    string,
  ];
  const dayOf = (moment: string) => moment.split(',')[0] ?? moment;
  if (dayOf(ofKept) !== dayOf(ofMerged)) {
    return { kept: `the one made on ${dayOf(ofKept)}`, merged: `the one made on ${dayOf(ofMerged)}` };
  }
  if (ofKept !== ofMerged)
    return { kept: `the one made on ${ofKept}`, merged: `the one made on ${ofMerged}` };
  const isOlder = `${kept.createdAt} ${kept.id}` < `${merged.createdAt} ${merged.id}`;
  return { kept: `the ${isOlder ? 'older' : 'newer'} one`, merged: `the ${isOlder ? 'newer' : 'older'} one` };
}

/** As a sentence or a heading begins. */
export function begun(words: string): string {
  return words.replace(/^the /, 'The ');
}
