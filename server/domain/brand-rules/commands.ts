import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { listBrands } from '../organizations/queries.ts';
import { requireVersion } from '../records/store.ts';
import { listBrandRules, matchCampaigns } from './queries.ts';
import type {
  BrandRuleInput,
  BrandRuleList,
  BrandRulePreview,
  PreviewBrandRulesInput,
  ReplaceBrandRulesInput,
} from './schema.ts';

/**
 * Replaces an account's rules; its campaigns follow in the same transaction.
 * Errors: `not_found`; `forbidden` where the person does not see all brands; `invalid` naming a rule; `precondition`.
 */
export async function replaceBrandRules(
  tx: TenantTx,
  principal: Principal,
  input: ReplaceBrandRulesInput,
): Promise<BrandRuleList> {
  const { adAccountId, rules } = input;
  await tx.selectFrom('ad_accounts').select('id').where('id', '=', adAccountId).forUpdate().execute();
  const account = await requireShareable(tx, principal, adAccountId);
  requireVersion(account.version, input.expectedVersion);
  await requireBrands(tx, rules);
  const before = await listBrandRules(tx, adAccountId);
  if (same(before.rules, rules)) return before;
  await tx.deleteFrom('brand_rules').where('ad_account_id', '=', adAccountId).execute();
  if (rules.length > 0)
    await tx
      .insertInto('brand_rules')
      .values(
        rules.map(({ brandId, match, pattern }, position) => ({
          organization_id: principal.organizationId,
          ad_account_id: adAccountId,
          brand_id: brandId,
          position,
          match,
          pattern,
        })),
      )
      .execute();
  // The rules are part of the account: its version moves with them.
  await tx
    .updateTable('ad_accounts')
    .set({ brand_id: sql`brand_id` })
    .where('id', '=', adAccountId)
    .execute();
  await recordActivities(tx, principal, [
    {
      type: 'AD_ACCOUNT_UPDATED',
      description: `Brand rules of ad account ${account.name} changed`,
      metadata: {
        adAccountId,
        changes: { brandRules: { from: before.rules.map(plain), to: rules.map(plain) } },
      },
      brandId: account.brand_id,
    },
  ]);
  return listBrandRules(tx, adAccountId);
}

/** What rules would do, without doing it. Errors: as `replaceBrandRules`, but for the version. */
export async function previewBrandRules(
  tx: TenantTx,
  principal: Principal,
  { adAccountId, rules }: PreviewBrandRulesInput,
): Promise<BrandRulePreview> {
  await requireShareable(tx, principal, adAccountId);
  await requireBrands(tx, rules);
  return matchCampaigns(tx, adAccountId, rules);
}

/** Whoever does not see all brands would replace rules that they do not see. */
async function requireShareable(tx: TenantTx, principal: Principal, adAccountId: string) {
  const account = await tx
    .selectFrom('ad_accounts')
    .select(['name', 'version', 'brand_id', 'is_manager'])
    .where('id', '=', adAccountId)
    .executeTakeFirst();
  if (!account) throw notFound('ad account');
  if (principal.reach !== 'all')
    throw new AppError(
      'forbidden',
      'Rules share an ad account between brands: an owner or admin, who sees all of them, sets them.',
    );
  if (account.is_manager)
    throw invalidField('adAccountId', 'A manager has no campaigns: give rules to the accounts below it.');
  return account;
}

async function requireBrands(tx: TenantTx, rules: readonly BrandRuleInput[]): Promise<void> {
  const known = new Set((await listBrands(tx)).filter(({ isActive }) => isActive).map(({ id }) => id));
  const wrong = rules.findIndex(({ brandId }) => !known.has(brandId));
  if (wrong >= 0)
    throw invalidField(`rules.${wrong}.brandId`, 'There is no such brand, or it is not yours to see.');
}

function plain({ brandId, match, pattern }: BrandRuleInput): BrandRuleInput {
  return { brandId, match, pattern };
}

function same(before: readonly BrandRuleInput[], after: readonly BrandRuleInput[]): boolean {
  return JSON.stringify(before.map(plain)) === JSON.stringify(after.map(plain));
}
