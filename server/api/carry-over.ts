import type { TenantTx } from '../../db/tenant.ts';
import { may, type Principal } from '../auth/principal.ts';
import type { Permission } from '../auth/permissions.ts';
import { replaceLines } from '../domain/budgets/lines.ts';
import { findStandingBudget } from '../domain/budgets/queries.ts';
import { assignCreator } from '../domain/campaign-creators/commands.ts';
import { getCampaignCreator } from '../domain/campaign-creators/queries.ts';
import type { CampaignCreator } from '../domain/campaign-creators/schema.ts';
import { replaceMatchRules } from '../domain/campaign-match-rules/commands.ts';
import { listMatchRules } from '../domain/campaign-match-rules/queries.ts';
import type { MatchRuleInput } from '../domain/campaign-match-rules/schema.ts';
import { requireCampaignTemplate } from '../domain/campaign-templates/queries.ts';
import type { CampaignTemplate } from '../domain/campaign-templates/schema.ts';
import { createCampaign } from '../domain/campaigns/commands.ts';
import { type Recognition, recognitionOf, workToCarry } from '../domain/campaigns/draft.ts';
import { shiftBetween } from '../domain/campaigns/draft-rules.ts';
import { findCampaign, readCampaign, type StoredCampaign } from '../domain/campaigns/queries.ts';
import { carriedLines, type CarriedLine, templateLines } from '../domain/campaigns/split-rules.ts';
import {
  type Campaign,
  type CreateCampaignInput,
  type CreatedCampaign,
  type NewCampaignInput,
  ONE_ORIGIN,
} from '../domain/campaigns/schema.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { plusDays } from '../kernel/time-zones.ts';

type Part = CreatedCampaign['leftOut'][number]['part'];
type LeftOut = CreatedCampaign['leftOut'];

/** What the making of each part asks for; recognition is the campaign's own. */
const asks: Readonly<Record<Part, Permission>> = {
  rules: 'campaign-match-rules.write',
  creators: 'campaign-creators.write',
  budget: 'budgets.write',
  recognition: 'campaigns.write',
};

/**
 * Makes a campaign, with what it takes along of the campaign or template that it is made from: all that was asked for,
 * or, of one creator, one rule or one line that cannot come, a word of why.
 * Errors: as createCampaign; `invalid` on `copyOf` or `campaignTemplateId`; `forbidden` for a part that is not the
 * author's to make.
 */
export async function createCampaignFrom(
  tx: TenantTx,
  principal: Principal,
  { include = [], ...input }: CreateCampaignInput,
): Promise<CreatedCampaign> {
  if (input.copyOf && input.campaignTemplateId) throw invalidField('campaignTemplateId', ONE_ORIGIN);
  const parts = new Set(include);
  requireMayCarry(principal, parts);
  const template = input.campaignTemplateId
    ? await requireCampaignTemplate(tx, input.campaignTemplateId)
    : null;
  const origin = input.copyOf ? await requireOrigin(tx, input.copyOf) : null;
  const recognition = parts.has('recognition') ? recognitionFrom(input, { origin, template }) : {};
  const made = await createCampaign(tx, principal, { ...input, ...recognition });
  const leftOut: LeftOut = [];
  if (origin) leftOut.push(...(await carryFromCampaign(tx, principal, { made, origin, parts })));
  if (template) leftOut.push(...(await carryFromTemplate(tx, principal, { made, template, parts })));
  return { ...(await readCampaign(tx, principal, made.id)), leftOut };
}

function requireMayCarry(principal: Principal, parts: ReadonlySet<Part>): void {
  const refused = [...parts].find((part) => !may(principal, asks[part]));
  if (!refused) return;
  const message = `Your role does not allow you to take ${refused} along.`;
  throw new AppError('forbidden', message, { issues: [{ path: 'include', message }] });
}

async function requireOrigin(tx: TenantTx, copyOf: string): Promise<StoredCampaign> {
  const campaign = await findCampaign(tx, copyOf);
  if (!campaign) throw invalidField('copyOf', 'There is no such campaign, or it is not yours to see.');
  return campaign;
}

interface Origin {
  origin: StoredCampaign | null;
  template: CampaignTemplate | null;
}

/** What was sent stands; the rest comes from where it is made. */
function recognitionFrom(input: NewCampaignInput, { origin, template }: Origin): Partial<Recognition> {
  const source: { [Name in keyof Recognition]?: Recognition[Name] | undefined } = origin
    ? recognitionOf(origin)
    : (template?.plan ?? {});
  const names = ['categories', 'competitors', 'territories', 'hashtags', 'mentions', 'links'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const words = input[name] ?? source[name];
      return words === undefined ? [] : [[name, words]];
    }),
  );
}

interface FromCampaign {
  made: Campaign;
  origin: StoredCampaign;
  parts: ReadonlySet<Part>;
}

/** The creators come before the budget: its lines may be of their work. */
async function carryFromCampaign(
  tx: TenantTx,
  principal: Principal,
  { made, origin, parts }: FromCampaign,
): Promise<LeftOut> {
  const leftOut: LeftOut = [];
  const works = new Map<string, string>();
  if (parts.has('creators')) leftOut.push(...(await carryCreators(tx, principal, { made, origin, works })));
  if (parts.has('rules')) leftOut.push(...(await carryRules(tx, principal, { made, origin })));
  if (parts.has('budget')) leftOut.push(...(await carryBudget(tx, principal, { made, origin, works })));
  return leftOut;
}

interface Pair {
  made: Campaign;
  origin: StoredCampaign;
}

async function carryCreators(
  tx: TenantTx,
  principal: Principal,
  { made, origin, works }: Pair & { works: Map<string, string> },
): Promise<LeftOut> {
  const leftOut: LeftOut = [];
  const shift = shiftBetween(origin.startsOn, made.startsOn);
  for (const { creator_id: creatorId } of await workToCarry(tx, origin.id)) {
    const work = await getCampaignCreator(tx, principal, { campaignId: origin.id, creatorId });
    try {
      const assigned = await assignCreator(tx, principal, {
        campaignId: made.id,
        creatorId,
        ...termsOf(work, shift),
      });
      works.set(work.id, assigned.id);
    } catch (error) {
      leftOut.push({ part: 'creators', name: work.creatorName ?? 'A creator', reason: reasonOf(error) });
    }
  }
  return leftOut;
}

/** The terms of some work for work that begins again, its days moved. */
function termsOf(work: CampaignCreator, shift: number) {
  const moved = (day: string | null) => (day === null ? null : plusDays(day, shift));
  return {
    role: work.role,
    ...(work.feeType ? { feeType: work.feeType } : {}),
    ...(work.fee ? { fee: work.fee.amount } : {}),
    ...(work.feeCurrency ? { currency: work.feeCurrency } : {}),
    ...(work.feePercent ? { feePercent: work.feePercent } : {}),
    ...(work.variableFeeType ? { variableFeeType: work.variableFeeType } : {}),
    ...(work.variableFee ? { variableFee: work.variableFee.amount } : {}),
    ...(work.feeCap ? { feeCap: work.feeCap.amount } : {}),
    startsOn: moved(work.startsOn),
    endsOn: moved(work.endsOn),
    note: work.note,
    deliverables: work.deliverables.map(({ platform, type, count, dueOn, revisionRounds, note }) => ({
      ...{ platform, type, count, revisionRounds, note },
      dueOn: moved(dueOn),
    })),
  };
}

/** Errors: anything that is no refusal in words goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError && (error.code === 'conflict' || error.code === 'invalid'))
    return error.message;
  throw error;
}

async function carryRules(tx: TenantTx, principal: Principal, { made, origin }: Pair): Promise<LeftOut> {
  const { rules } = await listMatchRules(tx, origin.id);
  const seen = rules.filter(({ adAccountId, adAccountName }) => adAccountId === null || adAccountName);
  await writeRules(tx, principal, { campaignId: made.id, rules: seen });
  const unseen = rules.length - seen.length;
  if (unseen === 0) return [];
  const name = unseen === 1 ? 'A rule' : `${String(unseen)} rules`;
  return [{ part: 'rules', name, reason: 'It names an ad account that is not yours to see.' }];
}

async function writeRules(
  tx: TenantTx,
  principal: Principal,
  { campaignId, rules }: { campaignId: string; rules: readonly Partial<MatchRuleInput>[] },
): Promise<void> {
  if (rules.length === 0) return;
  await replaceMatchRules(tx, principal, {
    campaignId,
    rules: rules.map(({ adAccountId, platform, nameMatch, namePattern, label, isBoost = false }) => ({
      ...{ adAccountId, platform, nameMatch, namePattern, label, isBoost },
    })),
  });
}

async function carryBudget(
  tx: TenantTx,
  principal: Principal,
  { made, origin, works }: Pair & { works: ReadonlyMap<string, string> },
): Promise<LeftOut> {
  const before = await findStandingBudget(tx, principal, origin.id);
  if (!before || before.lines.length === 0) return [];
  return writeSplit(tx, principal, {
    made,
    linesFor: (total) => carriedLines(before, { total, works, days: [origin.startsOn, made.startsOn] }),
  });
}

interface Split {
  made: Campaign;
  linesFor: (total: { amount: string; currency: string }) => CarriedLine[];
}

async function writeSplit(tx: TenantTx, principal: Principal, { made, linesFor }: Split): Promise<LeftOut> {
  const standing = await findStandingBudget(tx, principal, made.id);
  if (!standing?.id)
    return [
      { part: 'budget', name: 'The split of the budget', reason: 'The new campaign has no budget to split.' },
    ];
  await replaceLines(tx, {
    organizationId: principal.organizationId,
    campaignId: made.id,
    budgetVersionId: standing.id,
    lines: linesFor(standing.total),
  });
  return [];
}

async function carryFromTemplate(
  tx: TenantTx,
  principal: Principal,
  { made, template, parts }: { made: Campaign; template: CampaignTemplate; parts: ReadonlySet<Part> },
): Promise<LeftOut> {
  const { rules, budgetSplit } = template.plan;
  if (parts.has('rules')) await writeRules(tx, principal, { campaignId: made.id, rules });
  if (!parts.has('budget') || budgetSplit.length === 0) return [];
  return writeSplit(tx, principal, {
    made,
    linesFor: (total) => templateLines(budgetSplit, { total, startsOn: made.startsOn }),
  });
}
