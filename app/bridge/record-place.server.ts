import type { z } from 'zod';
import type { Neighbours } from '../../server/domain/records/schema.ts';
import { readQuery } from './forms.server.ts';

const notOfTheList: ReadonlySet<string> = new Set(['cursor', 'limit']);

/** A list's query string as its procedure takes it, without the page: what means nothing filters nothing. */
export function readListInput<S extends z.ZodObject>(schema: S, list: string): z.output<S> {
  const known = [...new URLSearchParams(list)].filter(
    ([name, value]) => name in schema.shape && !notOfTheList.has(name) && value !== '',
  );
  return readQuery(schema, Object.fromEntries(known));
}

/**
 * A record's place in the list that it was opened from, or null where it was opened from none. A list that is none any
 * more (a field it sorts by is gone) has no neighbours, and the record is shown all the same.
 */
export async function readPlace(
  list: string | null,
  ask: (list: string) => Promise<Neighbours>,
): Promise<Neighbours | null> {
  return list === null ? null : ask(list);
}
