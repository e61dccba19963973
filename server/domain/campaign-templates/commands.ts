import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { findStandingBudget } from '../budgets/queries.ts';
import { listMatchRules } from '../campaign-match-rules/queries.ts';
import { MOST_DELIVERABLES } from '../campaign-creators/fields.ts';
import { getCampaign } from '../campaigns/queries.ts';
import { requireBrand } from '../organizations/queries.ts';
import { type Changes, changesBetween, sentOnly } from '../records/rules.ts';
import { requireActive, requireVersion } from '../records/store.ts';
import { getCampaignTemplate } from './queries.ts';
import { deliverablePresets, type OwedPiece, planOf, rulePresets, splitOf } from './rules.ts';
import type {
  CampaignPlan,
  CampaignTemplate,
  CreateCampaignTemplateInput,
  UpdateCampaignTemplateInput,
} from './schema.ts';

/**
 * Keeps a campaign's plan under a name: what later campaigns begin from. Errors: `not_found` (campaign); `invalid` on
 * `brandId`.
 */
export async function createCampaignTemplate(
  tx: TenantTx,
  principal: Principal,
  input: CreateCampaignTemplateInput,
): Promise<CampaignTemplate> {
  const campaign = await getCampaign(tx, input.fromCampaignId);
  if (input.brandId) await requireBrand(tx, input.brandId);
  const [{ rules }, standing, pieces] = await Promise.all([
    listMatchRules(tx, campaign.id),
    findStandingBudget(tx, principal, campaign.id),
    piecesOf(tx, campaign.id),
  ]);
  const plan: CampaignPlan = {
    ...planOf(campaign),
    deliverables: deliverablePresets(pieces, campaign.startsOn).slice(0, MOST_DELIVERABLES),
    rules: rulePresets(rules),
    budgetSplit: splitOf(standing, campaign.startsOn),
  };
  const { id } = await tx
    .insertInto('campaign_templates')
    .values({
      organization_id: principal.organizationId,
      brand_id: input.brandId ?? null,
      name: input.name,
      description: input.description ?? null,
      plan: JSON.stringify(plan),
      created_by_id: principal.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const template = await getCampaignTemplate(tx, id);
  await tell(tx, principal, {
    template,
    description: `Template ${template.name} made from ${campaign.name}`,
  });
  return template;
}

/** Errors: `not_found`, `precondition`, `forbidden`, `invalid` on `brandId`; `conflict` in the recycle bin. */
export async function updateCampaignTemplate(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCampaignTemplateInput,
): Promise<CampaignTemplate> {
  const before = await hold(tx, principal, input);
  requireActive({ is_active: before.isActive });
  const values = sentOnly({ name: input.name, description: input.description, brand_id: input.brandId });
  const changes = changesBetween(
    { name: before.name, description: before.description, brand_id: before.brandId },
    values,
  );
  if (Object.keys(changes).length === 0) return before;
  if (typeof changes.brand_id?.to === 'string') await requireBrand(tx, changes.brand_id.to);
  await tx.updateTable('campaign_templates').set(values).where('id', '=', before.id).execute();
  const template = await getCampaignTemplate(tx, before.id);
  await tell(tx, principal, { template, description: `Template ${template.name} changed`, changes });
  return template;
}

/** Puts a template away (`isActive` false) or takes it back. Errors: `not_found`, `precondition`, `forbidden`. */
export async function setCampaignTemplateActive(
  tx: TenantTx,
  principal: Principal,
  input: { campaignTemplateId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<CampaignTemplate> {
  const before = await hold(tx, principal, input);
  if (before.isActive === input.isActive) return before;
  const { isActive } = input;
  await tx
    .updateTable('campaign_templates')
    .set({ is_active: isActive })
    .where('id', '=', before.id)
    .execute();
  await tell(tx, principal, {
    template: before,
    description: `Template ${before.name} ${isActive ? 'restored' : 'deleted'}`,
  });
  return getCampaignTemplate(tx, before.id);
}

/** Holds a template that this person may change: its author's own, or an admin. */
async function hold(
  tx: TenantTx,
  principal: Principal,
  {
    campaignTemplateId,
    expectedVersion,
  }: { campaignTemplateId: string; expectedVersion?: number | undefined },
): Promise<CampaignTemplate> {
  const row = await tx
    .selectFrom('campaign_templates')
    .select('version')
    .where('id', '=', campaignTemplateId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('template');
  const template = await getCampaignTemplate(tx, campaignTemplateId);
  if (principal.reach !== 'all' && template.createdById !== principal.userId)
    throw new AppError(
      'forbidden',
      'A template is changed by whoever made it, or by an owner or admin of the agency. Make one of your own from a campaign.',
    );
  requireVersion(row.version, expectedVersion);
  return template;
}

async function piecesOf(tx: TenantTx, campaignId: string): Promise<OwedPiece[]> {
  const rows = await tx
    .selectFrom('campaign_deliverables as d')
    .innerJoin('campaign_creators as l', (join) =>
      join.onRef('l.organization_id', '=', 'd.organization_id').onRef('l.id', '=', 'd.campaign_creator_id'),
    )
    .select(['d.platform', 'd.type', 'd.count', 'd.due_on', 'd.revision_rounds', 'd.note'])
    .where('l.campaign_id', '=', campaignId)
    .where('l.is_active', '=', true)
    .orderBy('l.created_at')
    .orderBy('d.position')
    .execute();
  return rows.map((row) => ({
    platform: row.platform,
    type: row.type,
    count: row.count,
    revisionRounds: row.revision_rounds,
    note: row.note,
    dueOn: row.due_on,
  }));
}

interface Told {
  template: CampaignTemplate;
  description: string;
  changes?: Changes;
}

function tell(tx: TenantTx, principal: Principal, { template, description, changes }: Told): Promise<void> {
  return recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_TEMPLATE_CHANGED',
      description,
      metadata: { ...(changes ? { changes } : {}), campaignTemplateId: template.id },
      brandId: template.brandId,
      audience: 'AGENCY',
    },
  ]);
}
