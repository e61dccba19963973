import { type Selectable, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignTemplates } from '../../../db/types.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { campaignPlan, type CampaignTemplate, type ListCampaignTemplatesInput } from './schema.ts';

/** The templates that the reader sees, by name; for a brand those of every brand as well. */
export async function listCampaignTemplates(
  tx: TenantTx,
  input: ListCampaignTemplatesInput,
): Promise<Page<CampaignTemplate>> {
  let query = selectTemplates(tx).where('t.is_active', '=', input.deleted !== true);
  const { brandId } = input;
  if (brandId)
    query = query.where((eb) => eb.or([eb('t.brand_id', '=', brandId), eb('t.brand_id', 'is', null)]));
  if (input.q) {
    const pattern = `%${input.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where(sql<boolean>`(t.name ilike ${pattern} or t.description ilike ${pattern})`);
  }
  const page = await keysetPage(query, {
    sortName: 'name',
    key: { expression: sql`lower(t.name) collate "C"`, type: 'text', direction: 'asc' },
    id: sql<string>`t.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toTemplate), nextCursor: page.nextCursor };
}

/** One template. Errors: `not_found`. */
export async function getCampaignTemplate(
  tx: TenantTx,
  campaignTemplateId: string,
): Promise<CampaignTemplate> {
  const row = await selectTemplates(tx).where('t.id', '=', campaignTemplateId).executeTakeFirst();
  if (!row) throw notFound('template');
  return toTemplate(row);
}

/** A template that a campaign may begin with. Errors: `invalid` on `campaignTemplateId`. */
export async function requireCampaignTemplate(
  tx: TenantTx,
  campaignTemplateId: string,
): Promise<CampaignTemplate> {
  const row = await selectTemplates(tx)
    .where('t.id', '=', campaignTemplateId)
    .where('t.is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('campaignTemplateId', 'There is no such template, or it is not yours to see.');
  return toTemplate(row);
}

function selectTemplates(tx: TenantTx) {
  return tx
    .selectFrom('campaign_templates as t')
    .leftJoin('organizations as b', (join) =>
      join.onRef('b.organization_id', '=', 't.organization_id').onRef('b.id', '=', 't.brand_id'),
    )
    .leftJoin('users as u', 'u.id', 't.created_by_id')
    .selectAll('t')
    .select(['b.name as brand_name', 'u.name as author_name']);
}

type TemplateRow = Selectable<CampaignTemplates> & {
  brand_name: string | null;
  author_name: string | null;
};

function toTemplate(row: TemplateRow): CampaignTemplate {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    brandId: row.brand_id,
    brandName: row.brand_name,
    plan: campaignPlan.parse(row.plan),
    createdById: row.created_by_id,
    createdByName: row.author_name,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
