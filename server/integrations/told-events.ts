import { sha256Hex } from '../kernel/crypto.ts';

/** One thing that a sender told of, read as far as is needed to keep it: once, and for whoever it is. */
export interface ToldEvent {
  /** The same however often the sender repeats it. */
  dedupeKey: string;
  /** As its sender documents it. */
  name: string;
  /** The sender's own id of it, or '-'. */
  nativeId: string;
  /** What tells whose it is, each with its kind before it: see webhook_deliveries.refs. */
  refs: string[];
  /** What was sent of it, as JSON. */
  payload: string;
  /** A lead: its key is kept for ever. */
  isKept: boolean;
}

/** A name or an id of a sender as it can be stored: no NUL, no half characters, not endless. */
export function storable(value: string, most: number): string {
  const clean = value.replaceAll('\0', '').toWellFormed().trim().slice(0, most).toWellFormed();
  return clean === '' ? '-' : clean;
}

/** For what comes without an id of its own. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  return sha256Hex(parts.map((part) => sha256Hex(part)).join(' '));
}
