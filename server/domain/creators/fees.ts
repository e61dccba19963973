import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { plain } from '../records/decimals.ts';
import { toMoney } from '../records/money.ts';
import type { CreatorFees } from './compare-schema.ts';

type Row = Omit<CreatorFees['items'][number], 'fee'> & { amount: string; currency: string };

/** What a creator was paid before, to judge the next fee by. Errors: `not_found`. */
export async function listFees(tx: TenantTx, creatorId: string): Promise<CreatorFees> {
  const creator = await tx.selectFrom('creators').select('id').where('id', '=', creatorId).executeTakeFirst();
  if (!creator) throw notFound('creator');
  const [items, flat] = await Promise.all([feesOf(tx, creatorId), flatOf(tx, creatorId)]);
  return {
    items: items.flatMap(({ amount, currency, ...item }) => {
      const fee = toMoney(amount, currency);
      return fee ? [{ ...item, fee }] : [];
    }),
    flat,
  };
}

async function feesOf(tx: TenantTx, creatorId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select * from (
      select 'CAMPAIGN' as kind, l.id, k.name as title, k.id as "campaignId", k.brand_id as "brandId",
             l.fee_type::text as "feeType", l.status::text as status, l.fee_amount::text as amount,
             l.fee_currency as currency, coalesce(l.starts_on, k.starts_on, l.created_at::date)::text as date
        from campaign_creators l
        join campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
       where l.creator_id = ${creatorId}::uuid and l.is_active and l.fee_amount is not null
      union all
      select 'CONTRACT', c.id, c.title, c.campaign_id, c.brand_id, null, c.status::text, c.fee_amount::text,
             c.fee_currency, coalesce(c.starts_on, c.created_at::date)::text
        from creator_contracts c
       where c.creator_id = ${creatorId}::uuid and c.is_active and c.fee_amount is not null) as fees
     order by date desc, id desc limit 200`.execute(tx);
  return rows;
}

async function flatOf(tx: TenantTx, creatorId: string): Promise<CreatorFees['flat']> {
  const { rows } = await sql<CreatorFees['flat'][number]>`
    select l.fee_currency as currency, count(*)::int as count, min(l.fee_amount)::text as lowest,
           (percentile_disc(0.5) within group (order by l.fee_amount))::text as median,
           max(l.fee_amount)::text as highest
      from campaign_creators l
     where l.creator_id = ${creatorId}::uuid and l.is_active and l.fee_type = 'FLAT' and l.fee_amount is not null
       and l.status not in ('DECLINED', 'CANCELLED')
     group by l.fee_currency order by count(*) desc, l.fee_currency`.execute(tx);
  return rows.map((row) => ({
    ...row,
    lowest: plain(row.lowest),
    median: plain(row.median),
    highest: plain(row.highest),
  }));
}
