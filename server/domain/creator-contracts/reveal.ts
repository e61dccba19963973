import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorEngagement, EngagementKind, Pair } from './clauses.ts';
import { type Clause, clauseWords, type ConflictKind, type Judgement } from './rules.ts';

/**
 * A clause that stands against something, as far as its reader may know of it. What is of another client is null: the
 * clause is then said in words that name neither contract, brand nor competitor.
 */
export interface ExclusivityFinding {
  kind: ConflictKind;
  /** "Exclusive for beauty in AE, SA until 31 December 2026" */
  clause: string;
  /** Why it stands against this work, or may; names nobody. */
  reason: string;
  /** The last day that it binds on; null: without an end. */
  until: string | null;
  contractId: string | null;
  contractTitle: string | null;
  brandId: string | null;
  brandName: string | null;
}

/** The work that breaks a clause, where its reader may know of it. */
export interface SeenEngagement {
  kind: EngagementKind;
  campaignId: string | null;
  campaignName: string | null;
  contractId: string | null;
  contractTitle: string | null;
  creatorContentId: string | null;
  brandId: string | null;
  brandName: string | null;
  startsOn: string | null;
  endsOn: string | null;
}

export interface RevealedPair extends ExclusivityFinding {
  creatorId: string;
  /** Null: it is for another client. */
  engagement: SeenEngagement | null;
}

interface Named {
  name: string;
  brandId: string | null;
  brandName: string | null;
}

/** What the reader sees of contracts and campaigns: their own policies say. */
export interface Sight {
  contracts: ReadonlyMap<string, Named>;
  campaigns: ReadonlyMap<string, Named>;
}

/** Asks the policies which of these contracts and campaigns the caller reads. */
export async function seeing(
  tx: TenantTx,
  clauses: readonly Clause[],
  engagements: readonly CreatorEngagement[] = [],
): Promise<Sight> {
  const contractIds = new Set([
    ...clauses.map(({ contractId }) => contractId),
    ...engagements.flatMap(({ kind, engagementId }) => (kind === 'CONTRACT' ? [engagementId] : [])),
  ]);
  const campaignIds = new Set(engagements.flatMap(({ campaignId }) => (campaignId ? [campaignId] : [])));
  const [contracts, campaigns] = await Promise.all([
    contractIds.size === 0 ? [] : named(tx, 'creator_contracts', [...contractIds]),
    campaignIds.size === 0 ? [] : named(tx, 'campaigns', [...campaignIds]),
  ]);
  return { contracts: new Map(contracts), campaigns: new Map(campaigns) };
}

async function named(
  tx: TenantTx,
  table: 'creator_contracts' | 'campaigns',
  ids: readonly string[],
): Promise<[string, Named][]> {
  const rows = await tx
    .selectFrom(table)
    .leftJoin('organizations as brand', 'brand.id', `${table}.brand_id`)
    .select([`${table}.id`, `${table}.brand_id`, 'brand.name as brand_name'])
    .select(table === 'campaigns' ? 'campaigns.name as name' : 'creator_contracts.title as name')
    .where(`${table}.id`, 'in', ids)
    .execute();
  return rows.map((row) => [row.id, { name: row.name, brandId: row.brand_id, brandName: row.brand_name }]);
}

/** A clause and what was judged of it, as its reader may read them. */
export function toFinding(clause: Clause, judgement: Judgement, { contracts }: Sight): ExclusivityFinding {
  const contract = contracts.get(clause.contractId);
  return {
    kind: judgement.kind,
    clause: clauseWords(clause, { namesCompetitors: contract !== undefined }),
    reason: judgement.reason,
    until: clause.endsOn,
    contractId: contract ? clause.contractId : null,
    contractTitle: contract?.name ?? null,
    brandId: contract?.brandId ?? null,
    brandName: contract?.brandName ?? null,
  };
}

/** Both sides of a pair as their reader may read them. */
export function reveal({ clause, engagement, judgement }: Pair, sight: Sight): RevealedPair {
  return {
    ...toFinding(clause, judgement, sight),
    // What is shared tells what another client's campaign is for.
    ...(isSeen(engagement, sight) ? {} : { reason: hiddenReasons[judgement.kind] }),
    creatorId: clause.creatorId,
    engagement: toSeenEngagement(engagement, sight),
  };
}

const hiddenReasons: Readonly<Record<ConflictKind, string>> = {
  CONFLICT: 'The creator works for another client of the agency against it.',
  POSSIBLE:
    'The creator works for another client of the agency; whether it is against the clause is not known.',
};

/** Whether a pair is anything to its reader: they read the contract or the work. */
export function isOfReader({ clause, engagement }: Pair, sight: Sight): boolean {
  return sight.contracts.has(clause.contractId) || isSeen(engagement, sight);
}

function isSeen({ kind, engagementId, campaignId }: CreatorEngagement, sight: Sight): boolean {
  if (kind === 'CONTRACT') return sight.contracts.has(engagementId);
  return campaignId !== null && sight.campaigns.has(campaignId);
}

function toSeenEngagement(engagement: CreatorEngagement, sight: Sight): SeenEngagement | null {
  if (!isSeen(engagement, sight)) return null;
  const { kind, engagementId, campaignId, creatorContentId, startsOn, endsOn } = engagement;
  const contract = kind === 'CONTRACT' ? sight.contracts.get(engagementId) : undefined;
  const campaign = campaignId === null ? undefined : sight.campaigns.get(campaignId);
  const of = contract ?? campaign;
  return {
    kind,
    campaignId: campaign ? campaignId : null,
    campaignName: campaign?.name ?? null,
    contractId: contract ? engagementId : null,
    contractTitle: contract?.name ?? null,
    creatorContentId,
    brandId: of?.brandId ?? null,
    brandName: of?.brandName ?? null,
    startsOn,
    endsOn,
  };
}
