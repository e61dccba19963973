import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { findDisclosures } from './rules.ts';
import { listOwnTerms } from './terms.ts';

/** Read at a time, in a transaction of its own. */
const BATCH = 1000;

interface Read {
  id: string;
  title: string | null;
  caption: string | null;
  hashtags: string[];
  disclosures: string[];
}

/**
 * Reads a batch of captions by the words of now, after the piece `afterId`. Answers the last piece of the batch, or null
 * at the end.
 */
export async function findDisclosuresAnew(tx: TenantTx, afterId: string | null): Promise<string | null> {
  const terms = await listOwnTerms(tx);
  let query = tx
    .selectFrom('creator_contents')
    .select(['id', 'title', 'caption', 'hashtags', 'disclosures'])
    .orderBy('id')
    .limit(BATCH);
  if (afterId !== null) query = query.where('id', '>', afterId);
  const rows: Read[] = await query.execute();
  const changed = rows.flatMap((row) => {
    const disclosures = findDisclosures(row, terms);
    return isSame(disclosures, row.disclosures) ? [] : [{ id: row.id, disclosures }];
  });
  if (changed.length > 0) {
    await sql`
      update creator_contents c set disclosures = f.disclosures
        from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as f (id uuid, disclosures text[])
       where c.id = f.id`.execute(tx);
  }
  return rows.length < BATCH ? null : (rows.at(-1)?.id ?? null);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
