import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { plain } from '../records/decimals.ts';
import { toMoney } from '../records/money.ts';
import { scopeOf } from './rules.ts';
import type { ListMarginsInput, MarginRule } from './schema.ts';

const MOST = 500;

function selectMargins(tx: TenantTx) {
  return (
    tx
      .selectFrom('margin_rules as m')
      .leftJoin('organizations as b', (join) =>
        join.onRef('b.organization_id', '=', 'm.organization_id').onRef('b.id', '=', 'm.brand_id'),
      )
      .leftJoin('campaigns as k', (join) =>
        join.onRef('k.organization_id', '=', 'm.organization_id').onRef('k.id', '=', 'm.campaign_id'),
      )
      .selectAll('m')
      // An array of an enum comes as its text: the driver does not know the type.
      .select(sql<MarginRule['appliesTo']>`to_jsonb(m.applies_to)`.as('applies_to'))
      .select(['b.name as brand_name', 'k.name as campaign_name'])
  );
}

type MarginRow = Awaited<ReturnType<ReturnType<typeof selectMargins>['executeTakeFirstOrThrow']>>;

/** The rules that the reader sees, the narrowest first, and of a scope the newest. Errors: `not_found` (campaign). */
export async function listMargins(tx: TenantTx, input: ListMarginsInput): Promise<{ items: MarginRule[] }> {
  const { campaignId, deleted } = input;
  const brandId = campaignId ? await brandOf(tx, campaignId) : (input.brandId ?? null);
  let query = selectMargins(tx).where('m.is_active', '=', !deleted);
  if (campaignId || input.brandId)
    query = query.where((eb) =>
      eb.or([
        ...(campaignId ? [eb('m.campaign_id', '=', campaignId)] : []),
        ...(brandId ? [eb('m.brand_id', '=', brandId)] : []),
        eb.and([eb('m.campaign_id', 'is', null), eb('m.brand_id', 'is', null)]),
      ]),
    );
  const rows = await query
    .orderBy(sql`(m.campaign_id is not null) desc, (m.brand_id is not null) desc`)
    .orderBy(sql`lower(coalesce(k.name, b.name, ''))`)
    .orderBy('m.valid_from', 'desc')
    .orderBy('m.id', 'desc')
    .limit(MOST)
    .execute();
  return { items: rows.map(toMargin) };
}

/** One rule. Errors: `not_found`. */
export async function getMargin(tx: TenantTx, marginRuleId: string): Promise<MarginRule> {
  const row = await selectMargins(tx).where('m.id', '=', marginRuleId).executeTakeFirst();
  if (!row) throw notFound('margin rule');
  return toMargin(row);
}

async function brandOf(tx: TenantTx, campaignId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('campaigns')
    .select('brand_id')
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
  return row.brand_id;
}

function toMargin(row: MarginRow): MarginRule {
  return {
    id: row.id,
    scope: scopeOf(row),
    brandId: row.brand_id,
    brandName: row.brand_name,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    kind: row.kind,
    appliesTo: row.applies_to,
    percent: row.percent === null ? null : plain(row.percent),
    amount: toMoney(row.amount, row.currency),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    note: row.note,
    createdById: row.created_by_id,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
