import { invalidParameter } from './failures.ts';
import { type GraphCall, wholeParameter } from './graph.ts';
import { type Json, type JsonObject } from './json.ts';

export interface Entry<T> {
  /** Sorts as text, and stays with its entry however the list around it changes. */
  key: string;
  value: T;
}

const DEFAULT_LIMIT = 25;
const MOST_LIMIT = 5_000;

// A cursor stands behind an entry; the number after the mark makes two cursors at one place differ.
const writeCursor = (key: string, serial = 0): string =>
  Buffer.from(`after:${key}#${serial}`).toString('base64url');

function readCursor(params: URLSearchParams, name: 'after' | 'before'): string | undefined {
  const cursor = params.get(name);
  if (cursor === null || cursor === '') return undefined;
  const [, key] = /^after:(.*)#\d+$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (key === undefined) throw invalidParameter(`Invalid cursor in param ${name}.`);
  return key;
}

/** The address of the next page on the host that was asked. As Meta's, it carries the token. */
function nextAddress(call: GraphCall, cursor: string): string {
  const next = new URL(call.url);
  next.searchParams.delete('before');
  if (call.accessToken !== null) next.searchParams.set('access_token', call.accessToken);
  next.searchParams.set('after', cursor);
  return next.toString();
}

export function limitOf(call: GraphCall): number {
  return Math.min(MOST_LIMIT, wholeParameter(call.params, 'limit', DEFAULT_LIMIT));
}

/** One page of a list, in the order of its keys; only the entries on it are written out. */
export function pageOf<T>(
  call: GraphCall,
  entries: readonly Entry<T>[],
  write: (value: T) => Json,
): JsonObject {
  const limit = limitOf(call);
  const after = readCursor(call.params, 'after');
  const before = readCursor(call.params, 'before');
  if (call.fault?.kind === 'empty_page_with_next') {
    const cursor = writeCursor(after ?? '', call.state.meta.nextSerial());
    return {
      data: [],
      paging: { cursors: { before: cursor, after: cursor }, next: nextAddress(call, cursor) },
    };
  }
  const rest = entries.filter(({ key }) => key > (after ?? '') && (before === undefined || key < before));
  const page = before === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return { data: [] };
  const hasMore = entries.some(({ key }) => key > last.key);
  const cursor = writeCursor(last.key);
  return {
    data: page.map(({ value }) => write(value)),
    paging: {
      cursors: { before: writeCursor(first.key), after: cursor },
      ...(hasMore ? { next: nextAddress(call, cursor) } : {}),
    },
  };
}
