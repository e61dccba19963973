import type {
  BulkChangeResult,
  BulkNoun,
  RefusedRecords,
  UndoneBulkChange,
} from '../../../server/domain/bulk-changes/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { countOf } from './bulk-fields.ts';

/** Which records a form is about: some by their ids, or all that a list's query matches. */
export interface BulkSelection {
  noun: BulkNoun;
  recordIds: readonly string[];
  /** The list's query string; null where recordIds say which. */
  list: string | null;
  expectedCount: number | null;
  /** Whether they are in the recycle bin. */
  isBin: boolean;
  returnTo: string;
}

export type BulkAct = 'edit' | 'archive' | 'restore';

/** What the action at /bulk-changes answers, to a page and to a script. */
export type BulkAnswer =
  | { kind: 'choose'; selection: BulkSelection }
  | { kind: 'failure'; selection: BulkSelection; failure: FormFailure }
  | { kind: 'done'; selection: BulkSelection; act: BulkAct; result: BulkChangeResult }
  | { kind: 'undone'; selection: BulkSelection; result: UndoneBulkChange };

const past: Readonly<Record<BulkAct, string>> = { edit: 'changed', archive: 'deleted', restore: 'restored' };

/** "3 of 5 companies changed". */
export function inWords(noun: BulkNoun, act: BulkAct, { matched, changed }: BulkChangeResult): string {
  if (changed === matched) return `${countOf(noun, changed)} ${past[act]}`;
  return `${changed.toLocaleString('en')} of ${countOf(noun, matched)} ${past[act]}`;
}

/** What became of the others: "1 was so already. 2 refused: In the recycle bin." */
export function othersInWords({ unchanged, refused }: BulkChangeResult): string | undefined {
  const parts = unchanged > 0 ? [`${unchanged.toLocaleString('en')} so already.`] : [];
  return [...parts, ...refusalsInWords(refused)].join(' ') || undefined;
}

export function undoneInWords(noun: BulkNoun, { restored }: UndoneBulkChange): string {
  return `${countOf(noun, restored)} as before`;
}

export function refusalsInWords(refused: readonly RefusedRecords[]): string[] {
  return refused.map(({ count, reason }) => `${count.toLocaleString('en')} refused: ${reason}`);
}
