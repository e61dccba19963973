import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { type Clause, type Engagement, exclusivityConflicts, type Judgement } from './rules.ts';

export interface CreatorClause extends Clause {
  creatorId: string;
}

export const engagementKinds = ['ASSIGNMENT', 'CONTENT', 'CONTRACT'] as const;
export type EngagementKind = (typeof engagementKinds)[number];

export interface CreatorEngagement extends Engagement {
  kind: EngagementKind;
  /** Of the assignment, of the match of a piece with its campaign, or of the contract. */
  engagementId: string;
  creatorId: string;
  creatorContentId: string | null;
}

/** A clause, what breaks it, and why. Not to be shown as it is: see reveal.ts. */
export interface Pair {
  clause: CreatorClause;
  engagement: CreatorEngagement;
  judgement: Judgement;
}

/**
 * What binds a creator whom the caller sees, or all of them (null): the clauses of every brand of the agency, also of
 * those whose contracts the caller does not read. Nothing for a client's login.
 */
export async function findClauses(tx: TenantTx, creatorId: string | null): Promise<CreatorClause[]> {
  const { rows } = await sql<CreatorClause>`
    select creator_contract_id as "contractId", creator_id as "creatorId", brand_id as "brandId",
           campaign_id as "campaignId", exclusivity, categories, competitors, platforms::text[] as platforms,
           territories, starts_on as "startsOn", ends_on as "endsOn"
      from app.exclusivity_clauses(${creatorId}::uuid)
     order by ends_on nulls last, creator_contract_id`.execute(tx);
  return rows;
}

/** What these creators do for the agency's brands, as far as the caller sees the creators. */
export async function findEngagements(
  tx: TenantTx,
  creatorIds: readonly string[],
): Promise<CreatorEngagement[]> {
  if (creatorIds.length === 0) return [];
  const { rows } = await sql<CreatorEngagement>`
    select kind, engagement_id as "engagementId", creator_id as "creatorId", brand_id as "brandId",
           campaign_id as "campaignId", creator_content_id as "creatorContentId", names, categories,
           platforms::text[] as platforms, territories, starts_on as "startsOn", ends_on as "endsOn"
      from app.creator_engagements(${[...new Set(creatorIds)]}::uuid[])
     order by kind, starts_on nulls first, engagement_id`.execute(tx);
  return rows;
}

/** Every clause that some work breaks, or may break. A contract is no work against itself. */
export function pairsOf(
  clauses: readonly CreatorClause[],
  engagements: readonly CreatorEngagement[],
): Pair[] {
  const byCreator = new Map<string, CreatorEngagement[]>();
  for (const engagement of engagements) {
    const known = byCreator.get(engagement.creatorId);
    if (known) known.push(engagement);
    else byCreator.set(engagement.creatorId, [engagement]);
  }
  return clauses.flatMap((clause) =>
    (byCreator.get(clause.creatorId) ?? []).flatMap((engagement) => {
      if (engagement.engagementId === clause.contractId) return [];
      const judgement = exclusivityConflicts(clause, engagement);
      return judgement ? [{ clause, engagement, judgement }] : [];
    }),
  );
}
