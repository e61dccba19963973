import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { containing } from '../records/queries.ts';
import type { ListTagsInput, TagCount } from './schema.ts';

const tables = {
  COMPANY: 'companies',
  CONTACT: 'contacts',
  DEAL: 'deals',
  CREATOR: 'creators',
  CAMPAIGN: 'campaigns',
} as const;

/** The tags of a noun's active records, the most used first, as far as the reader sees those records. */
export async function listTags(tx: TenantTx, input: ListTagsInput): Promise<TagCount[]> {
  const matching = input.q ? sql`tag ilike ${containing(input.q)}` : sql`true`;
  const { rows } = await sql<TagCount>`
    select tag, count(*)::int as count
      from ${sql.table(tables[input.noun])} as record, unnest(record.tags) as tag
     where record.is_active and ${matching}
     group by tag order by count desc, tag limit ${input.limit}`.execute(tx);
  return rows;
}
