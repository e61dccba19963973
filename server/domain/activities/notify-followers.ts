import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityEntry } from './record.ts';

type Followed = Pick<ActivityEntry, 'companyId' | 'contactId' | 'dealId' | 'campaignId'>;

/** The record that an activity is about, by the beginning of its type; what only stands beside it is not changed. */
const subjects = [
  ['COMPANY_', 'companyId'],
  ['CONTACT_', 'contactId'],
  ['DEAL_', 'dealId'],
  ['CAMPAIGN_', 'campaignId'],
] as const satisfies readonly (readonly [string, keyof Followed])[];

/**
 * Tells those who follow the records that these activities are about, in one statement for each audience: their own
 * changes, and notes that others may read. What its author alone may know is told to nobody.
 */
export async function notifyFollowers(tx: TenantTx, entries: readonly ActivityEntry[]): Promise<void> {
  const told = entries.filter(({ audience }) => audience !== 'AUTHOR');
  const forAll = told.filter(({ audience }) => audience !== 'AGENCY');
  const forAgency = told.filter(({ audience }) => audience === 'AGENCY');
  await Promise.all([tell(tx, forAll.map(followedOf), true), tell(tx, forAgency.map(followedOf), false)]);
}

function followedOf(entry: ActivityEntry): Followed {
  if (entry.type === 'NOTE_ADDED') return entry;
  const subject = subjects.find(([prefix]) => entry.type.startsWith(prefix));
  if (!subject || entry.type.endsWith('_CREATED')) return {};
  return { [subject[1]]: entry[subject[1]] };
}

async function tell(tx: TenantTx, followed: readonly Followed[], clientsToo: boolean): Promise<void> {
  const idsOf = (name: keyof Followed) => [
    ...new Set(followed.flatMap((record) => (record[name] ? [record[name]] : []))),
  ];
  const [companies, contacts, deals, campaigns] = [
    idsOf('companyId'),
    idsOf('contactId'),
    idsOf('dealId'),
    idsOf('campaignId'),
  ];
  if ([companies, contacts, deals, campaigns].every((ids) => ids.length === 0)) return;
  await sql`select app.notify_followers(${companies}::uuid[], ${contacts}::uuid[], ${deals}::uuid[], ${campaigns}::uuid[],
    ${clientsToo}::boolean)`.execute(tx);
}
