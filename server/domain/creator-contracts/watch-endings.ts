import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { peopleOfContract, tellOfContract, tellOnce, tellPeople } from './tell.ts';
import { type ContractRow, endsWithin, selectContracts } from './queries.ts';
import { dayWords, daysBetween, WARNING_DAYS, warningOf } from './rules.ts';
import type { UsageRight } from './schema.ts';

/** The signed contracts of which something ends within the longest warning; most of them were told of already. */
export async function listEndingContracts(tx: TenantTx, today: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('creator_contracts')
    .select('creator_contracts.id')
    .where(sql<boolean>`creator_contracts.is_active and ${endsWithin(today, WARNING_DAYS[0])}`)
    .orderBy('creator_contracts.id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Warns of what ends in one contract, where 30, 7 or 1 days before its end have come: its owner and the creator's, as far
 * as they read it, and its timelines. Notice and telling stand in one transaction, so that each warning is given once
 * however many look, and none is lost to one that dies. Answers how many warnings are new.
 */
export async function tellEndings(
  tx: TenantTx,
  principal: Principal,
  { creatorContractId, today }: { creatorContractId: string; today: string },
): Promise<number> {
  const row = await selectContracts(tx)
    .where('creator_contracts.id', '=', creatorContractId)
    .where('creator_contracts.status', '=', 'SIGNED')
    .where('creator_contracts.is_active', '=', true)
    .executeTakeFirst();
  if (!row) return 0;
  const due = endingsOf(row).flatMap(({ key, words, endsOn }) => {
    const days = warningOf(endsOn, today);
    return days === null ? [] : [{ key: `${key}:${endsOn}:${days}`, words, endsOn }];
  });
  const told = await tellOnce(
    tx,
    row,
    due.map(({ key }) => key),
  );
  const fresh = due.filter(({ key }) => told.has(key));
  if (fresh.length === 0) return 0;
  await tellOfContract(tx, principal, {
    contract: row,
    entries: fresh.map(({ words, endsOn }) => ({
      type: 'CONTRACT_ENDING',
      description: `${words} of contract ${row.title} ends on ${dayWords(endsOn)}, ${inDays(daysBetween(today, endsOn))}`,
      metadata: { creatorContractId: row.id, endsOn },
    })),
  });
  await tellPeople(tx, 'CONTRACT_ENDING', {
    creatorContractId: row.id,
    people: await peopleOfContract(tx, row),
  });
  return fresh.length;
}

interface Ending {
  /** Of one right in one contract: a right that is written anew and ends on the same day is the same. */
  key: string;
  words: string;
  endsOn: string;
}

/** Exclusivity that ends with the contract is told of with it. */
function endingsOf(row: ContractRow): Ending[] {
  const endings: Ending[] = [];
  if (row.ends_on) endings.push({ key: 'CONTRACT', words: 'The term', endsOn: row.ends_on });
  const until = row.exclusivity === 'NONE' ? null : row.exclusivity_ends_on;
  if (until && until !== row.ends_on)
    endings.push({ key: 'EXCLUSIVITY', words: 'The exclusivity', endsOn: until });
  const rights = row.usage_rights.flatMap((right) =>
    right.endsOn === null ? [] : [{ key: rightKey(right), words: rightWords(right), endsOn: right.endsOn }],
  );
  return [...endings, ...rights];
}

function rightKey({ channel, adPermission, territories }: UsageRight): string {
  return [
    'USAGE',
    channel,
    adPermission ?? '',
    territories.length > 20 ? territories.length : territories.join(''),
  ].join(':');
}

const channelWords: Readonly<Record<UsageRight['channel'], string>> = {
  ORGANIC_SOCIAL: 'organic social',
  PAID_SOCIAL: 'paid social',
  WEBSITE: 'the website',
  EMAIL: 'email',
  TELEVISION: 'television',
  OUT_OF_HOME: 'out of home',
  PRINT: 'print',
  RETAIL: 'retail',
};

const permissionWords: Readonly<Record<NonNullable<UsageRight['adPermission']>, string>> = {
  PARTNERSHIP_AD: 'partnership ads',
  ALLOWLISTING: 'allowlisting',
  SPARK_CODE: 'a Spark code',
};

function rightWords({ channel, adPermission }: UsageRight): string {
  const by = adPermission === null ? '' : ` by ${permissionWords[adPermission]}`;
  return `The right to use content in ${channelWords[channel]}${by}`;
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}
