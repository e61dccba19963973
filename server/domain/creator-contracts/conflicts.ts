import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { checkContract, surestFirst } from './check.ts';
import { findClauses, findEngagements, type Pair, pairsOf } from './clauses.ts';
import { agencyToday, selectContracts } from './queries.ts';
import { isOfReader, reveal, type RevealedPair, seeing } from './reveal.ts';
import type { ExclusivityConflict, ExclusivityConflicts } from './schema.ts';

const MOST_CONFLICTS = 500;

/**
 * The conflicts that stand today, of all creators that the caller sees, of one, or of the work for one campaign: a clause that has not ended, against
 * work that has not ended or content that is out. Of those alone that concern the caller on one side at least; what is
 * of another client is left out of each.
 * Errors: `not_found` where the creator or the campaign is none that the caller sees.
 */
export async function listConflicts(
  tx: TenantTx,
  now: Date,
  { creatorId, campaignId }: { creatorId?: string | undefined; campaignId?: string | undefined },
): Promise<ExclusivityConflicts> {
  if (creatorId !== undefined) await requireSeen(tx, 'creator', creatorId);
  if (campaignId !== undefined) await requireSeen(tx, 'campaign', campaignId);
  const found = await findPairs(tx, await agencyToday(tx, now), creatorId ?? null);
  const pairs = found.filter(
    ({ engagement }) => campaignId === undefined || engagement.campaignId === campaignId,
  );
  const sight = await seeing(
    tx,
    pairs.map(({ clause }) => clause),
    pairs.map(({ engagement }) => engagement),
  );
  const revealed = pairs.filter((pair) => isOfReader(pair, sight)).map((pair) => reveal(pair, sight));
  const items = await withNames(tx, surestFirst(revealed).slice(0, MOST_CONFLICTS));
  return { items, isComplete: revealed.length <= MOST_CONFLICTS };
}

/** Every pair of a clause and work that breaks it, or may, from a day on; not to be shown as it is. */
export async function findPairs(tx: TenantTx, today: string, creatorId: string | null): Promise<Pair[]> {
  const lasts = ({ endsOn }: { endsOn: string | null }) => endsOn === null || endsOn >= today;
  const clauses = (await findClauses(tx, creatorId)).filter(lasts);
  const engagements = await findEngagements(
    tx,
    clauses.map((clause) => clause.creatorId),
  );
  return pairsOf(
    clauses,
    engagements.filter((one) => one.kind === 'CONTENT' || lasts(one)),
  );
}

/** What stands between a contract, signed or not, and all that its creator does. Errors: `not_found`. */
export async function conflictsOfContract(
  tx: TenantTx,
  creatorContractId: string,
): Promise<ExclusivityConflict[]> {
  const row = await selectContracts(tx)
    .where('creator_contracts.id', '=', creatorContractId)
    .executeTakeFirst();
  if (!row) throw notFound('contract');
  return withNames(tx, await checkContract(tx, { ...row, exclusivity_platforms: row.platforms }));
}

async function requireSeen(tx: TenantTx, noun: 'creator' | 'campaign', id: string): Promise<void> {
  const row = await tx.selectFrom(`${noun}s`).select('id').where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound(noun);
}

async function withNames(tx: TenantTx, pairs: readonly RevealedPair[]): Promise<ExclusivityConflict[]> {
  if (pairs.length === 0) return [];
  const rows = await tx
    .selectFrom('creators')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(pairs.map(({ creatorId }) => creatorId))])
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return pairs.map((pair) => ({ ...pair, creatorName: names.get(pair.creatorId) ?? null }));
}
