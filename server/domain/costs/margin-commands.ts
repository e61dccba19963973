import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MarginRules } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireBrand } from '../organizations/queries.ts';
import { requireVersion } from '../records/store.ts';
import type { BudgetKind } from '../budgets/schema.ts';
import { getMargin, listMargins } from './margins.ts';
import { marginProblem, overlapOf, type RuleTerms } from './rules.ts';
import type { CreateMarginInput, MarginRule, UpdateMarginInput } from './schema.ts';

/** What of a rule may change. */
type Terms = RuleTerms & { note: string | null };

interface Scope {
  brand_id: string | null;
  campaign_id: string | null;
}

/**
 * Says what the agency earns, for a campaign, a brand or all. Errors: `invalid` on the field that is wrong; `conflict` where another rule of the same scope holds on some of the days.
 */
export async function createMargin(
  tx: TenantTx,
  principal: Principal,
  input: CreateMarginInput,
): Promise<MarginRule> {
  const { brandId = null, campaignId = null } = input;
  if (brandId !== null && campaignId !== null)
    throw invalidField('campaignId', 'A rule is of a brand or of a campaign, not of both.');
  if (brandId !== null) await requireBrand(tx, brandId);
  if (campaignId !== null) await holdCampaign(tx, campaignId);
  const scope = { brand_id: brandId, campaign_id: campaignId };
  const terms: Terms = {
    kind: input.kind,
    applies_to: input.appliesTo,
    percent: input.percent ?? null,
    amount: input.amount ?? null,
    currency: input.currency ?? null,
    valid_from: input.validFrom,
    valid_to: input.validTo ?? null,
    note: input.note ?? null,
  };
  await requireSound(tx, scope, { terms, exceptId: null });
  const { id } = await tx
    .insertInto('margin_rules')
    .values({
      ...scope,
      ...terms,
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return told(tx, principal, { marginRuleId: id, done: 'made' });
}

/** Errors: as createMargin; `not_found`, also of what was taken out; `precondition`. */
export async function updateMargin(
  tx: TenantTx,
  principal: Principal,
  input: UpdateMarginInput,
): Promise<MarginRule> {
  const before = await hold(tx, input.marginRuleId);
  if (!before.is_active) throw notFound('margin rule');
  requireVersion(before.version, input.expectedVersion);
  const terms = changedTerms(before, input);
  await requireSound(tx, before, { terms, exceptId: before.id });
  await tx.updateTable('margin_rules').set(terms).where('id', '=', before.id).execute();
  return told(tx, principal, { marginRuleId: before.id, done: 'changed' });
}

/** Takes a rule out (`isActive` false), or back. Errors: `not_found`, `precondition`, `conflict` as createMargin. */
export async function setMarginActive(
  tx: TenantTx,
  principal: Principal,
  input: { marginRuleId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<MarginRule> {
  const before = await hold(tx, input.marginRuleId);
  requireVersion(before.version, input.expectedVersion);
  if (before.is_active === input.isActive) return getMargin(tx, before.id);
  if (input.isActive) await requireSound(tx, before, { terms: before, exceptId: before.id });
  await tx
    .updateTable('margin_rules')
    .set({ is_active: input.isActive })
    .where('id', '=', before.id)
    .execute();
  return told(tx, principal, { marginRuleId: before.id, done: input.isActive ? 'restored' : 'taken out' });
}

/** Errors: `invalid` on `campaignId` where it is no active campaign that the caller sees. */
async function holdCampaign(tx: TenantTx, campaignId: string): Promise<void> {
  const row = await tx
    .selectFrom('campaigns')
    .select('id')
    .where('id', '=', campaignId)
    .where('is_active', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw invalidField('campaignId', 'There is no such campaign, or it is not yours to see.');
}

/** A new kind takes what it needs with it: what the other kind had does not stay behind. */
function changedTerms(before: Selectable<MarginRules>, input: UpdateMarginInput): Terms {
  const kind = input.kind ?? before.kind;
  const isFixed = kind === 'FIXED';
  const orOld = <T>(sent: T | undefined, old: T): T => (sent === undefined ? old : sent);
  return {
    kind,
    applies_to: input.appliesTo ?? before.applies_to,
    percent: orOld(input.percent, isFixed ? null : before.percent),
    amount: orOld(input.amount, isFixed ? before.amount : null),
    currency: orOld(input.currency, isFixed ? before.currency : null),
    valid_from: input.validFrom ?? before.valid_from,
    valid_to: orOld(input.validTo, before.valid_to),
    note: orOld(input.note, before.note),
  };
}

async function hold(tx: TenantTx, marginRuleId: string): Promise<Selectable<MarginRules>> {
  const row = await tx
    .selectFrom('margin_rules')
    .selectAll()
    // An array of an enum comes as its text: the driver does not know the type.
    .select(sql<BudgetKind[]>`to_jsonb(applies_to)`.as('applies_to'))
    .where('id', '=', marginRuleId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('margin rule');
  return row;
}

/** Of one scope and kind of cost one percentage holds on a day: two would leave open which of them is owed. */
async function requireSound(
  tx: TenantTx,
  scope: Scope,
  { terms, exceptId }: { terms: Terms; exceptId: string | null },
): Promise<void> {
  const problem = marginProblem({ ...terms, ...scope });
  if (problem) throw invalidField(problem.path, problem.message);
  // Two rules that are made at once would not see each other.
  await sql`select pg_advisory_xact_lock(hashtextextended('margin-rules:' || app.organization_id(), 0))`.execute(
    tx,
  );
  const { items } = await listMargins(tx, { deleted: false });
  const other = items.find(
    (rule) =>
      rule.id !== exceptId &&
      rule.brandId === scope.brand_id &&
      rule.campaignId === scope.campaign_id &&
      overlapOf(rule, terms),
  );
  if (!other) return;
  const days =
    other.validTo === null ? `from ${other.validFrom} on` : `from ${other.validFrom} to ${other.validTo}`;
  throw new AppError(
    'conflict',
    `Another rule holds here ${days}. Let it end before this one begins, or change that one.`,
  );
}

async function told(
  tx: TenantTx,
  principal: Principal,
  { marginRuleId, done }: { marginRuleId: string; done: string },
): Promise<MarginRule> {
  const rule = await getMargin(tx, marginRuleId);
  const whose = rule.campaignName ?? rule.brandName ?? 'the agency';
  await recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_SETTINGS_CHANGED',
      description: `Margin rule of ${whose} ${done}`,
      metadata: { marginRuleId, kind: rule.kind, percent: rule.percent, amount: rule.amount },
      campaignId: rule.campaignId,
      brandId: rule.brandId,
      audience: 'AGENCY',
    },
  ]);
  return rule;
}
