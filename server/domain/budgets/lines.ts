import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform } from '../../../db/types.ts';
import { AppError, type Issue } from '../../kernel/errors.ts';
import { lineProblem } from './rules.ts';
import type { BudgetLineInput } from './schema.ts';

interface Replacement {
  organizationId: string;
  campaignId: string;
  budgetVersionId: string;
  lines: readonly BudgetLineInput[];
}

/**
 * Makes these the lines of a version, in their order. Errors: `invalid` naming the line and the field: an account that
 * the author does not see, a creator who does not work on the campaign, a platform that is not the account's.
 */
export async function replaceLines(tx: TenantTx, request: Replacement): Promise<void> {
  const { organizationId, budgetVersionId, lines } = request;
  const [platforms, workIds] = await Promise.all([
    platformsOf(tx, lines),
    workOf(tx, request.campaignId, lines),
  ]);
  const issues = lines.flatMap((line, index) => {
    const problem = lineProblem(line) ?? unknownPart(line, platforms, workIds);
    return problem ? [{ ...problem, path: `lines.${index}.${problem.path}` }] : [];
  });
  if (issues.length > 0) throw new AppError('invalid', issues[0]?.message ?? '', { issues });
  await tx.deleteFrom('budget_lines').where('budget_version_id', '=', budgetVersionId).execute();
  if (lines.length === 0) return;
  await tx
    .insertInto('budget_lines')
    .values(
      lines.map((line, position) => ({
        organization_id: organizationId,
        budget_version_id: budgetVersionId,
        position,
        kind: line.kind,
        platform: (line.adAccountId ? platforms.get(line.adAccountId) : line.platform) ?? null,
        ad_account_id: line.adAccountId ?? null,
        campaign_creator_id: line.campaignCreatorId ?? null,
        month: line.month ? `${line.month}-01` : null,
        amount: line.amount,
        note: line.note ?? null,
      })),
    )
    .execute();
}

function unknownPart(
  line: BudgetLineInput,
  platforms: ReadonlyMap<string, AdPlatform>,
  workIds: ReadonlySet<string>,
): Issue | null {
  const platform = line.adAccountId ? platforms.get(line.adAccountId) : undefined;
  if (line.adAccountId && platform === undefined)
    return { path: 'adAccountId', message: 'There is no such ad account, or it is not yours to see.' };
  if (platform && line.platform && line.platform !== platform)
    return { path: 'platform', message: `This account is one of ${platform}.` };
  if (line.campaignCreatorId && !workIds.has(line.campaignCreatorId))
    return { path: 'campaignCreatorId', message: 'This creator does not work on the campaign.' };
  return null;
}

async function platformsOf(
  tx: TenantTx,
  lines: readonly BudgetLineInput[],
): Promise<Map<string, AdPlatform>> {
  const ids = [...new Set(lines.flatMap(({ adAccountId }) => (adAccountId ? [adAccountId] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('ad_accounts').select(['id', 'platform']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, platform }) => [id, platform]));
}

async function workOf(
  tx: TenantTx,
  campaignId: string,
  lines: readonly BudgetLineInput[],
): Promise<Set<string>> {
  if (!lines.some(({ campaignCreatorId }) => campaignCreatorId)) return new Set();
  const rows = await tx
    .selectFrom('campaign_creators')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .where('is_active', '=', true)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
