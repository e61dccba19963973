import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';
import { notify } from '../records/notify.ts';
import type { Pair } from './clauses.ts';
import { findPairs } from './conflicts.ts';
import { type ContractRow, selectContracts } from './queries.ts';
import { clauseWords } from './rules.ts';
import { peopleOfContract, peopleOfWork, tellOfContract, tellOnce, tellPeople } from './tell.ts';

/** The creators who stand against a clause today, whether anybody was told or not. */
export async function listCreatorsInConflict(tx: TenantTx, today: string): Promise<string[]> {
  const pairs = await findPairs(tx, today, null);
  return [...new Set(pairs.map(({ clause }) => clause.creatorId))];
}

/**
 * Tells of the conflicts of one creator that nobody was told of: the people of the contract that there is work against
 * it, the people of the work that there is a clause against it, and neither of the other. Each once; the pieces of one
 * campaign are one conflict. For jobs, which see all: a person's transaction would look at a part alone. Answers how many are new.
 */
export async function tellConflicts(
  tx: TenantTx,
  principal: Principal,
  { creatorId, today }: { creatorId: string; today: string },
): Promise<number> {
  const byKey = new Map((await findPairs(tx, today, creatorId)).map((pair) => [keyOf(pair), pair]));
  let told = 0;
  for (const [key, pair] of byKey) {
    const contract = await selectContracts(tx)
      .where('creator_contracts.id', '=', pair.clause.contractId)
      .executeTakeFirst();
    if (!contract || !(await tellOnce(tx, contract, [key])).has(key)) continue;
    const known = await tellOwners(tx, principal, { pair, contract });
    if (pair.engagement.kind === 'CONTRACT') await tellOtherContract(tx, principal, { pair, known });
    else await tellCampaign(tx, principal, { pair, known });
    told += 1;
  }
  return told;
}

/** What was only possible and is now sure is told of again. */
function keyOf({ judgement, engagement }: Pair): string {
  const { kind, campaignId, engagementId } = engagement;
  return [judgement.kind, kind, kind === 'CONTENT' ? (campaignId ?? engagementId) : engagementId].join(':');
}

const work = { ASSIGNMENT: 'an assignment', CONTENT: 'published content', CONTRACT: 'a contract' } as const;

async function tellOwners(
  tx: TenantTx,
  principal: Principal,
  { pair, contract }: { pair: Pair; contract: ContractRow },
): Promise<readonly string[]> {
  const { clause, engagement, judgement } = pair;
  const verb = judgement.kind === 'CONFLICT' ? 'stands against' : 'may stand against';
  await tellOfContract(tx, principal, {
    contract,
    entries: [
      {
        type: 'CONTRACT_CONFLICT',
        description: `Contract ${contract.title} ${verb} ${work[engagement.kind]} for another client: ${clauseWords(clause, { namesCompetitors: true })}`,
        metadata: { creatorContractId: contract.id },
      },
    ],
  });
  const people = await peopleOfContract(tx, contract);
  await tellPeople(tx, 'CONTRACT_CONFLICT', { creatorContractId: contract.id, people });
  return people;
}

/** The words of another client's clause name neither contract, brand nor competitor. */
function hiddenWords({ clause, judgement }: Pair): string {
  const words = clauseWords(clause, { namesCompetitors: false });
  return judgement.kind === 'CONFLICT'
    ? `goes against an exclusivity for another client: ${words}`
    : `may go against an exclusivity for another client: ${words}`;
}

interface OtherSide {
  pair: Pair;
  /** Who was told already, by the contract. */
  known: readonly string[];
}

async function tellCampaign(tx: TenantTx, principal: Principal, { pair, known }: OtherSide): Promise<void> {
  const campaign = await tx
    .selectFrom('campaigns')
    .innerJoin('creators', (join) =>
      join
        .onRef('creators.organization_id', '=', 'campaigns.organization_id')
        .on('creators.id', '=', pair.clause.creatorId),
    )
    .select(['campaigns.id', 'campaigns.name', 'campaigns.brand_id'])
    .select(['campaigns.owner_id', 'campaigns.created_by_id'])
    .select(['creators.name as creator_name', 'creators.contact_id'])
    .where('campaigns.id', '=', pair.engagement.campaignId)
    .executeTakeFirst();
  if (!campaign) return;
  await recordActivities(tx, principal, [
    {
      type: 'CONTRACT_CONFLICT',
      description: `The work of ${campaign.creator_name} for campaign ${campaign.name} ${hiddenWords(pair)}`,
      campaignId: campaign.id,
      creatorId: pair.clause.creatorId,
      contactId: campaign.contact_id,
      brandId: campaign.brand_id,
      audience: 'AGENCY',
      isBrandOnly: true,
    },
  ]);
  const people = await peopleOfWork(tx, { campaign, creatorId: pair.clause.creatorId });
  for (const userId of people.filter((person) => !known.includes(person)))
    await notify(tx, { userId, kind: 'WORK_CONFLICT', campaignId: campaign.id });
}

async function tellOtherContract(
  tx: TenantTx,
  principal: Principal,
  { pair, known }: OtherSide,
): Promise<void> {
  const other = await selectContracts(tx)
    .where('creator_contracts.id', '=', pair.engagement.engagementId)
    .executeTakeFirst();
  if (!other) return;
  await tellOfContract(tx, principal, {
    contract: other,
    entries: [
      {
        type: 'CONTRACT_CONFLICT',
        description: `Contract ${other.title} ${hiddenWords(pair)}`,
        metadata: { creatorContractId: other.id },
      },
    ],
  });
  const people = (await peopleOfContract(tx, other)).filter((person) => !known.includes(person));
  await tellPeople(tx, 'WORK_CONFLICT', { creatorContractId: other.id, people });
}
