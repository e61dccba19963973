import { type RawBuilder, sql } from 'kysely';
import type { Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { beginningWith, containing } from '../records/queries.ts';
import type { SearchInput, SearchResult } from './schema.ts';

interface Sought {
  /** ILIKE patterns of the whole text: at the beginning, and anywhere. */
  start: string;
  anywhere: string;
  /** The same text as an id of a record elsewhere; of an ad account in the forms that people copy it. */
  externalId: string;
  nativeId: string;
  limit: number;
}

/**
 * Active records by name, mail address and id in another system, over every noun at once: those that begin with the
 * text before those that hold it, then by name. Sees what the policies show.
 */
export async function searchRecords(tx: TenantTx, input: SearchInput): Promise<Page<SearchResult>> {
  const text = input.q.trim();
  const sought = {
    start: beginningWith(text),
    anywhere: containing(text),
    externalId: text,
    nativeId: toNativeId(text),
    limit: input.limit,
  };
  const { rows } = await sql<SearchResult>`
    select found.type, found.id, found.title, found.subtitle
      from (${companies(sought)} union all ${contacts(sought)} union all ${deals(sought)}
            union all ${campaigns(sought)} union all ${adAccounts(sought)}) as found
     order by found.is_start desc, found.name_key, found.id limit ${input.limit}`.execute(tx);
  return { items: rows, nextCursor: null };
}

/** Meta's act_123 and Google's 123-456-7890 are kept as their digits; any other text stays. */
function toNativeId(text: string): string {
  return /^(act_)?[\d-]+$/i.test(text) ? text.replace(/^act_/i, '').replaceAll('-', '') : text;
}

function companies({ start, anywhere, externalId, limit }: Sought): RawBuilder<unknown> {
  return sql`(
    select 'company' as type, c.id, c.name as title, c.industry as subtitle, c.name_key,
           c.name ilike ${start} or c.external_id is not distinct from ${externalId} as is_start
      from companies c
     where c.is_active and (c.name ilike ${anywhere} or c.external_id = ${externalId})
     order by is_start desc, c.name_key, c.id limit ${limit})`;
}

function contacts({ start, anywhere, externalId, limit }: Sought): RawBuilder<unknown> {
  return sql`(
    select 'contact', p.id, p.name,
           coalesce(p.emails[1],
             (select c.name from companies c where c.organization_id = p.organization_id and c.id = p.company_id)),
           p.name_key,
           p.name ilike ${start} or p.last_name ilike ${start} or array_to_string(p.emails, ' ') ilike ${start}
             or p.external_id is not distinct from ${externalId} as is_start
      from contacts p
     where p.is_active
       and (p.name ilike ${anywhere} or array_to_string(p.emails, ' ') ilike ${anywhere} or p.external_id = ${externalId})
     order by is_start desc, p.name_key, p.id limit ${limit})`;
}

function deals({ start, anywhere, externalId, limit }: Sought): RawBuilder<unknown> {
  return sql`(
    select 'deal', d.id, d.name,
           concat_ws(' · ', initcap(d.stage::text),
             (select c.name from companies c where c.organization_id = d.organization_id and c.id = d.company_id)),
           d.name_key,
           d.name ilike ${start} or d.external_id is not distinct from ${externalId} as is_start
      from deals d
     where d.is_active and (d.name ilike ${anywhere} or d.external_id = ${externalId})
     order by is_start desc, d.name_key, d.id limit ${limit})`;
}

function campaigns({ start, anywhere, externalId, limit }: Sought): RawBuilder<unknown> {
  return sql`(
    select 'campaign', k.id, k.name,
           concat_ws(' · ', initcap(replace(k.status::text, '_', ' ')),
             (select b.name from organizations b where b.organization_id = k.organization_id and b.id = k.brand_id)),
           k.name_key,
           k.name ilike ${start} or k.external_id is not distinct from ${externalId} as is_start
      from campaigns k
     where k.is_active and (k.name ilike ${anywhere} or k.external_id = ${externalId})
     order by is_start desc, k.name_key, k.id limit ${limit})`;
}

function adAccounts({ start, anywhere, nativeId, limit }: Sought): RawBuilder<unknown> {
  return sql`(
    select 'adAccount', a.id, a.name, concat_ws(' · ', initcap(a.platform::text), a.native_id), a.name_key,
           a.name ilike ${start} or a.native_id = ${nativeId} as is_start
      from ad_accounts a
     where a.is_active and (a.name ilike ${anywhere} or a.native_id ilike ${beginningWith(nativeId)})
     order by is_start desc, a.name_key, a.id limit ${limit})`;
}
