import { type RawBuilder, sql } from 'kysely';
import type { Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { readScope, searchNouns } from './rules.ts';
import type { SearchInput, SearchResult } from './schema.ts';

/**
 * Active records of every type, the best first: by an id, a mail address, a phone or a handle as it is; by the
 * beginning of the name, of any of its words, by a part of one; and by likeness where that finds little. The index
 * answers with ids (see app.search in the migrations), and what they are called is read under the reader's policies.
 */
export async function searchRecords(tx: TenantTx, input: SearchInput): Promise<Page<SearchResult>> {
  const { text, type } = readScope(input.q);
  const types = new Set([type, input.type ?? null].filter((one) => one !== null));
  // Two types at once are no record's.
  if (text === '' || types.size > 1) return { items: [], nextCursor: null };
  const nouns = types.size === 0 ? null : [...types].map((one) => searchNouns[one]);
  const { rows } = await sql<SearchResult>`
    with found as materialized (
      select f.noun, f.record_id, f.place
        from app.search(${text}, ${nouns}::search_noun[], ${input.limit}) with ordinality f (noun, record_id, place))
    select named.type, named.id, named.title, named.subtitle
      from (${companies} union all ${contacts} union all ${deals} union all ${creators} union all ${campaigns} union all ${adAccounts}) as named
     order by named.place`.execute(tx);
  return { items: rows, nextCursor: null };
}

const companies: RawBuilder<unknown> = sql`
  select f.place, 'company' as type, c.id, c.name as title, c.industry as subtitle
    from found f join companies c on c.id = f.record_id
   where f.noun = 'COMPANY' and c.is_active`;

const contacts: RawBuilder<unknown> = sql`
  select f.place, 'contact', p.id, p.name,
         coalesce(p.emails[1],
           (select c.name from companies c where c.organization_id = p.organization_id and c.id = p.company_id))
    from found f join contacts p on p.id = f.record_id
   where f.noun = 'CONTACT' and p.is_active`;

const deals: RawBuilder<unknown> = sql`
  select f.place, 'deal', d.id, d.name,
         concat_ws(' · ', initcap(d.stage::text),
           (select c.name from companies c where c.organization_id = d.organization_id and c.id = d.company_id))
    from found f join deals d on d.id = f.record_id
   where f.noun = 'DEAL' and d.is_active`;

const creators: RawBuilder<unknown> = sql`
  select f.place, 'creator', c.id, c.name,
         coalesce((select string_agg('@' || p.handle, ' · ' order by p.followers desc nulls last, p.platform)
             from creator_platforms p
            where p.organization_id = c.organization_id and p.creator_id = c.id and p.is_active),
           initcap(c.status::text))
    from found f join creators c on c.id = f.record_id
   where f.noun = 'CREATOR' and c.is_active`;

const campaigns: RawBuilder<unknown> = sql`
  select f.place, 'campaign', k.id, k.name,
         concat_ws(' · ', initcap(replace(k.status::text, '_', ' ')),
           (select b.name from organizations b where b.organization_id = k.organization_id and b.id = k.brand_id))
    from found f join campaigns k on k.id = f.record_id
   where f.noun = 'CAMPAIGN' and k.is_active`;

const adAccounts: RawBuilder<unknown> = sql`
  select f.place, 'adAccount', a.id, a.name, concat_ws(' · ', initcap(a.platform::text), a.native_id)
    from found f join ad_accounts a on a.id = f.record_id
   where f.noun = 'AD_ACCOUNT' and a.is_active`;
