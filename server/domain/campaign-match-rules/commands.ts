import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { type LockedCampaign, lockCampaign } from '../campaigns/queries.ts';
import { requireVersion } from '../records/store.ts';
import { attachClaimed, tellAttached } from './attach.ts';
import { requireRuleAccounts } from './preview.ts';
import { findMatched, hasMatchRules, listMatchRules } from './queries.ts';
import { carryAuthors, plainRule, sameRules } from './rules.ts';
import type { MatchRule, ReplacedMatchRules, ReplaceMatchRulesInput } from './schema.ts';

/**
 * Replaces a campaign's rules, attaches at once what they alone claim, and has the rest of the agency's matched after:
 * what another campaign's rules no longer share is theirs now. A rule that stays keeps its author, and with it whose
 * eyes it has, unless the principal sees more. Errors: `not_found`; `conflict` in the recycle bin; `precondition`; `invalid` naming a rule.
 */
export async function replaceMatchRules(
  tx: TenantTx,
  principal: Principal,
  input: ReplaceMatchRulesInput,
): Promise<ReplacedMatchRules> {
  const { campaignId, rules } = input;
  const campaign = await lockCampaign(tx, campaignId);
  const before = await listMatchRules(tx, campaignId);
  requireVersion(before.version, input.expectedVersion);
  await requireRuleAccounts(tx, rules);
  const carried = carryAuthors(before.rules, rules, {
    userId: principal.userId,
    seesAll: principal.reach === 'all',
  });
  if (!sameRules(before.rules, carried)) {
    await writeRules(tx, principal, { campaignId, carried });
    await tellChanged(tx, principal, { campaign, before: before.rules, rules: carried });
  }
  const attached = await attachClaimed(tx, principal.organizationId, campaign);
  await tellAttached(tx, principal, { campaign, attached });
  // Also what hangs on rules that the principal does not see.
  await enqueue(tx, principal.organizationId);
  return {
    ...(await listMatchRules(tx, campaignId)),
    attached: await findMatched(
      tx,
      attached.map(({ id }) => id),
    ),
  };
}

/** Attaches what a campaign's rules claim, for the job. A campaign that is gone meanwhile is left alone. */
export async function matchCampaign(tx: TenantTx, principal: Principal, campaignId: string): Promise<number> {
  const row = await tx
    .selectFrom('campaigns')
    .select(['id', 'name', 'brand_id', 'deal_id'])
    .where('id', '=', campaignId)
    .where('is_active', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 0;
  const attached = await attachClaimed(tx, principal.organizationId, row);
  await tellAttached(tx, principal, { campaign: row, attached });
  return attached.length;
}

/**
 * Has the rules of an agency look at an ad account's platform campaigns, or at all of them, once this transaction has
 * committed. Where there are no rules nothing is asked for.
 */
export async function requestMatching(
  tx: TenantTx,
  { organizationId }: Pick<Principal, 'organizationId'>,
  adAccountId?: string,
): Promise<void> {
  if (!(await hasMatchRules(tx))) return;
  await enqueue(tx, adAccountId ?? organizationId);
}

async function enqueue(tx: TenantTx, subject: string): Promise<void> {
  await sql`select app.enqueue('match-platform-campaigns', ${subject}::uuid, ${subject})`.execute(tx);
}

type Carried = ReturnType<typeof carryAuthors>;

async function writeRules(
  tx: TenantTx,
  principal: Principal,
  { campaignId, carried }: { campaignId: string; carried: Carried },
): Promise<void> {
  await tx.deleteFrom('campaign_match_rules').where('campaign_id', '=', campaignId).execute();
  if (carried.length > 0)
    await tx
      .insertInto('campaign_match_rules')
      .values(
        carried.map((rule, position) => ({
          organization_id: principal.organizationId,
          campaign_id: campaignId,
          position,
          ad_account_id: rule.adAccountId,
          platform: rule.platform,
          name_match: rule.nameMatch,
          name_pattern: rule.namePattern,
          label: rule.label,
          is_boost: rule.isBoost,
          created_by_id: rule.createdById,
          ...(rule.createdAt === null ? {} : { created_at: new Date(rule.createdAt) }),
        })),
      )
      .execute();
  // The rules are part of the campaign: its version moves with them.
  await tx
    .updateTable('campaigns')
    .set({ name: sql`name` })
    .where('id', '=', campaignId)
    .execute();
}

function tellChanged(
  tx: TenantTx,
  principal: Principal,
  told: { campaign: LockedCampaign; before: readonly MatchRule[]; rules: Carried },
): Promise<void> {
  const { campaign, before, rules } = told;
  return recordActivities(tx, principal, [
    {
      type: 'CAMPAIGN_RULES_CHANGED',
      description: `Rules of ${campaign.name} changed`,
      metadata: { changes: { matchRules: { from: before.map(plainRule), to: rules.map(plainRule) } } },
      campaignId: campaign.id,
      brandId: campaign.brand_id,
      dealId: campaign.deal_id,
      audience: 'AGENCY',
    },
  ]);
}
