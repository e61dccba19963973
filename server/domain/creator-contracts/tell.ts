import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';

/** Whose timelines a contract stands on. */
export interface ToldContract {
  creator_id: string;
  brand_id: string | null;
  campaign_id: string | null;
  creator: { contactId: string } | null;
}

interface Entry {
  type: ActivityType;
  /** Without amounts: they stand in the contract alone. */
  description: string;
  metadata?: Record<string, unknown>;
}

/** On the timelines of the creator, their contact and the campaign; for the agency's people of that brand alone. */
export async function tellOfContract(
  tx: TenantTx,
  principal: Principal,
  { contract, entries }: { contract: ToldContract; entries: readonly Entry[] },
): Promise<void> {
  await recordActivities(
    tx,
    principal,
    entries.map((entry) => ({
      ...entry,
      creatorId: contract.creator_id,
      contactId: contract.creator?.contactId ?? null,
      campaignId: contract.campaign_id,
      brandId: contract.brand_id,
      audience: 'AGENCY' as const,
      isBrandOnly: true,
    })),
  );
}

/** Writes that these were told of; answers those of which nobody had been. */
export async function tellOnce(
  tx: TenantTx,
  contract: { id: string; organization_id: string },
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx
    .insertInto('creator_contract_notices')
    .values(
      [...new Set(keys)].map((key) => ({
        organization_id: contract.organization_id,
        creator_contract_id: contract.id,
        key,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** Who looks after a contract: its owner, else its author, and the creator's owner; of those the ones who may read it. */
export async function peopleOfContract(
  tx: TenantTx,
  contract: { id: string; creator_id: string; owner_id: string | null; created_by_id: string | null },
): Promise<string[]> {
  const creator = await tx
    .selectFrom('creators')
    .select('owner_id')
    .where('id', '=', contract.creator_id)
    .executeTakeFirst();
  const people = [contract.owner_id ?? contract.created_by_id, creator?.owner_id ?? null];
  const candidates = [...new Set(people.filter((person) => person !== null))];
  const { rows } = await sql<{ person: string }>`
    select app.contract_readers(${contract.id}::uuid, ${candidates}::uuid[]) as person`.execute(tx);
  return rows.map(({ person }) => person);
}

interface CampaignWork {
  campaign: { id: string; brand_id: string | null; owner_id: string | null; created_by_id: string | null };
  creatorId: string;
}

/**
 * Who looks after a creator's work on a campaign: the campaign's owner, else its author; and of those who reach its brand
 * the creator's owner and who assigned them. Active people of the agency: a client's login is told nothing of contracts.
 */
export async function peopleOfWork(tx: TenantTx, { campaign, creatorId }: CampaignWork): Promise<string[]> {
  const owner = campaign.owner_id ?? campaign.created_by_id;
  const { rows } = await sql<{ person: string }>`
    with candidates as (
      select ${owner}::uuid as person
      union select r.owner_id from creators r where r.id = ${creatorId}::uuid
      union select l.created_by_id from campaign_creators l
       where l.campaign_id = ${campaign.id}::uuid and l.creator_id = ${creatorId}::uuid and l.is_active)
    select c.person from candidates c cross join lateral app.reach_of(c.person) r
     where r.scope <> 'brand'
       and (c.person = ${owner}::uuid or r.scope = 'all' or ${campaign.brand_id}::uuid = any (r.brand_ids))
     order by c.person`.execute(tx);
  return rows.map(({ person }) => person);
}

export async function tellPeople(
  tx: TenantTx,
  kind: 'CONTRACT_ENDING' | 'CONTRACT_CONFLICT' | 'WORK_CONFLICT',
  { creatorContractId, people }: { creatorContractId: string; people: readonly string[] },
): Promise<void> {
  for (const person of people)
    await sql`select app.notify_of_contract(${person}::uuid, ${kind}::notification_kind, ${creatorContractId}::uuid)`.execute(
      tx,
    );
}
