import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Campaigns, CreatorContracts, SocialPlatform } from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import {
  type CreatorClause,
  type CreatorEngagement,
  findClauses,
  findEngagements,
  pairsOf,
} from './clauses.ts';
import {
  type ExclusivityFinding,
  isOfReader,
  reveal,
  type RevealedPair,
  seeing,
  toFinding,
} from './reveal.ts';
import { type Engagement, exclusivityConflicts } from './rules.ts';

export type { ExclusivityFinding } from './reveal.ts';

/** An assignment as it would be. Days that are null are the campaign's own; no platforms: not known yet. */
export interface PlannedAssignment {
  creatorId: string;
  campaignId: string;
  platforms: readonly SocialPlatform[];
  startsOn: string | null;
  endsOn: string | null;
}

/**
 * The clauses of other brands' contracts that stand against an assignment, the surest first; empty where none does. It
 * looks across all brands of the agency and tells of each no more than the caller may read.
 * Errors: `not_found` where the campaign is none that the caller sees.
 */
export async function checkAssignment(
  tx: TenantTx,
  planned: PlannedAssignment,
): Promise<ExclusivityFinding[]> {
  const [clauses, campaign] = await Promise.all([
    findClauses(tx, planned.creatorId),
    campaignAs(tx, planned.campaignId),
  ]);
  const engagement: Engagement = {
    ...campaign,
    platforms: planned.platforms,
    startsOn: planned.startsOn ?? campaign.startsOn,
    endsOn: planned.endsOn ?? campaign.endsOn,
  };
  const judged = clauses.flatMap((clause) => {
    const judgement = exclusivityConflicts(clause, engagement);
    return judgement ? [{ clause, judgement }] : [];
  });
  const sight = await seeing(
    tx,
    judged.map(({ clause }) => clause),
  );
  return surestFirst(judged.map(({ clause, judgement }) => toFinding(clause, judgement, sight)));
}

/**
 * The clauses that a piece of content breaks by what it was published for; empty where it is for no campaign.
 * Errors: `not_found`.
 */
export async function checkContent(
  tx: TenantTx,
  { creatorContentId }: { creatorContentId: string },
): Promise<ExclusivityFinding[]> {
  const content = await tx
    .selectFrom('creator_contents')
    .select('creator_id')
    .where('id', '=', creatorContentId)
    .executeTakeFirst();
  if (!content) throw notFound('content');
  const [clauses, engagements] = await Promise.all([
    findClauses(tx, content.creator_id),
    findEngagements(tx, [content.creator_id]),
  ]);
  const published = engagements.filter((one) => one.creatorContentId === creatorContentId);
  const pairs = pairsOf(clauses, published);
  const sight = await seeing(
    tx,
    pairs.map(({ clause }) => clause),
    published,
  );
  return surestFirst(pairs.filter((pair) => isOfReader(pair, sight)).map((pair) => reveal(pair, sight)));
}

/** A contract's row with its platforms as a list: an array of an enum is read as text. */
export type ContractTerms = Pick<
  Selectable<CreatorContracts>,
  | 'id'
  | 'creator_id'
  | 'brand_id'
  | 'campaign_id'
  | 'exclusivity'
  | 'exclusivity_categories'
  | 'exclusivity_competitors'
  | 'exclusivity_territories'
  | 'exclusivity_starts_on'
  | 'exclusivity_ends_on'
  | 'starts_on'
  | 'ends_on'
  | 'signed_on'
> & { exclusivity_platforms: readonly SocialPlatform[] };

/**
 * What stands between a contract and everything that its creator does, whether it is signed yet or not: work that its
 * clause forbids, and other contracts' clauses that forbid what it is for.
 */
export async function checkContract(tx: TenantTx, contract: ContractTerms): Promise<RevealedPair[]> {
  const [clauses, engagements, names] = await Promise.all([
    findClauses(tx, contract.creator_id),
    findEngagements(tx, [contract.creator_id]),
    namesOf(tx, contract),
  ]);
  const own = clauseOf(contract);
  const others = clauses.filter(({ contractId }) => contractId !== contract.id);
  const work = engagements.filter(({ engagementId }) => engagementId !== contract.id);
  const pairs = [...pairsOf([own], work), ...pairsOf(others, [await engagementOf(tx, contract, names)])];
  const sight = await seeing(
    tx,
    pairs.map(({ clause }) => clause),
    pairs.map(({ engagement }) => engagement),
  );
  return surestFirst(pairs.map((pair) => reveal(pair, sight)));
}

/** Conflicts before what may be one; among equals the one that binds longest. */
export function surestFirst<T extends ExclusivityFinding>(findings: readonly T[]): T[] {
  const end = ({ until }: T) => until ?? '9999-12-31';
  return [...findings].sort(
    (a, b) => Number(a.kind === 'POSSIBLE') - Number(b.kind === 'POSSIBLE') || end(b).localeCompare(end(a)),
  );
}

/** What a contract's clause says, as the database's own function reads it of one that is signed. */
export function clauseOf(contract: ContractTerms): CreatorClause {
  return {
    contractId: contract.id,
    creatorId: contract.creator_id,
    brandId: contract.brand_id,
    campaignId: contract.campaign_id,
    exclusivity: contract.exclusivity,
    categories: contract.exclusivity_categories,
    competitors: contract.exclusivity_competitors,
    platforms: contract.exclusivity_platforms,
    territories: contract.exclusivity_territories,
    startsOn: contract.exclusivity_starts_on ?? contract.starts_on ?? contract.signed_on,
    endsOn: contract.exclusivity_ends_on ?? contract.ends_on,
  };
}

async function engagementOf(
  tx: TenantTx,
  contract: ContractTerms,
  names: readonly string[],
): Promise<CreatorEngagement> {
  const campaign = contract.campaign_id ? await findCampaign(tx, contract.campaign_id) : undefined;
  return {
    kind: 'CONTRACT',
    engagementId: contract.id,
    creatorId: contract.creator_id,
    creatorContentId: null,
    brandId: contract.brand_id,
    campaignId: contract.campaign_id,
    names,
    categories: campaign?.categories ?? [],
    platforms: [],
    territories: campaign?.territories ?? [],
    startsOn: contract.starts_on ?? contract.signed_on,
    endsOn: contract.ends_on,
  };
}

type CampaignRow = Pick<
  Selectable<Campaigns>,
  'brand_id' | 'categories' | 'territories' | 'starts_on' | 'ends_on'
>;

function findCampaign(tx: TenantTx, campaignId: string): Promise<CampaignRow | undefined> {
  return tx
    .selectFrom('campaigns')
    .select(['brand_id', 'categories', 'territories', 'starts_on', 'ends_on'])
    .where('id', '=', campaignId)
    .executeTakeFirst();
}

async function campaignAs(tx: TenantTx, campaignId: string): Promise<Omit<Engagement, 'platforms'>> {
  const [row, names] = await Promise.all([
    findCampaign(tx, campaignId),
    namesOf(tx, { campaign_id: campaignId, brand_id: null }),
  ]);
  if (!row) throw notFound('campaign');
  return {
    brandId: row.brand_id,
    campaignId,
    names,
    categories: row.categories,
    territories: row.territories,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  };
}

/** What another client's contract may call a brand or a campaign by, of what the caller sees. */
async function namesOf(
  tx: TenantTx,
  of: Pick<ContractTerms, 'campaign_id' | 'brand_id'>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select app.names_of_brand(app.organization_id(), ${of.brand_id}::uuid) as name
    union
    select unnest(app.names_of_campaign(app.organization_id(), ${of.campaign_id}::uuid))`.execute(tx);
  return rows.map(({ name }) => name);
}
