import { type RawBuilder, type Selectable, sql, type SqlBool } from 'kysely';
import {
  cappedCount,
  type KeysetRequest,
  keysetPage,
  type Page,
  type SortKey,
} from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorContracts, SocialPlatform } from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { getOrganization } from '../organizations/queries.ts';
import { toMoney } from '../records/money.ts';
import { clauseOf } from './check.ts';
import { contractStates } from './fields.ts';
import { clauseWords, contractState, type ContractState, daysBetween } from './rules.ts';
import type {
  Contract,
  ContractFile,
  ContractStateCounts,
  ListContractsInput,
  UsageRight,
} from './schema.ts';

/** The day that it is for the agency: contracts begin and end by its calendar. */
export async function agencyToday(tx: TenantTx, now: Date): Promise<string> {
  return dayIn((await getOrganization(tx)).timeZone, now);
}

/** One contract. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getContract(tx: TenantTx, now: Date, creatorContractId: string): Promise<Contract> {
  const [row, today] = await Promise.all([
    selectContracts(tx).where('creator_contracts.id', '=', creatorContractId).executeTakeFirst(),
    agencyToday(tx, now),
  ]);
  if (!row) throw notFound('contract');
  return toContract(row, today);
}

export async function listContracts(
  tx: TenantTx,
  now: Date,
  input: ListContractsInput,
): Promise<Page<Contract>> {
  const today = await agencyToday(tx, now);
  const page = await keysetPage(selectContracts(tx).where(matches(input, today)), keyset(input));
  return { items: page.items.map((row) => toContract(row, today)), nextCursor: page.nextCursor };
}

/** How many contracts match, counted to 10,001. */
export async function countContracts(tx: TenantTx, now: Date, input: ListContractsInput): Promise<number> {
  const today = await agencyToday(tx, now);
  return cappedCount(
    tx,
    tx.selectFrom('creator_contracts').select('creator_contracts.id').where(matches(input, today)),
  );
}

/** How many of a list's contracts are in each state, whichever the list itself shows. */
export async function countContractStates(
  tx: TenantTx,
  now: Date,
  { state: _shown, ...input }: ListContractsInput,
): Promise<ContractStateCounts> {
  const today = await agencyToday(tx, now);
  const rows = await tx
    .selectFrom('creator_contracts')
    .select([stateSql(today).as('state'), sql<number>`count(*)::int4`.as('count')])
    .where(matches(input, today))
    .groupBy(sql`1`)
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  return contractStates.map((state) => ({ state, count: counts.get(state) ?? 0 }));
}

/** The SQL twin of contractState; the two are tested to agree. */
export function stateSql(today: string): RawBuilder<ContractState> {
  return sql<ContractState>`case
    when creator_contracts.status <> 'SIGNED' then creator_contracts.status::text
    when creator_contracts.ends_on < ${today}::date then 'ENDED'
    when creator_contracts.starts_on > ${today}::date then 'NOT_BEGUN'
    when creator_contracts.ends_on <= ${today}::date + 30 then 'ENDING'
    else 'IN_FORCE' end`;
}

function matches(
  input: Omit<ListContractsInput, 'state'> & { state?: ContractState | undefined },
  today: string,
) {
  const { q, state, exclusivity, endingWithinDays } = input;
  const parts = [input.deleted ? sql`not creator_contracts.is_active` : sql`creator_contracts.is_active`];
  for (const [column, value] of [
    ['creator_id', input.creatorId],
    ['brand_id', input.brandId],
    ['campaign_id', input.campaignId],
    ['owner_id', input.ownerId],
  ] as const)
    if (value) parts.push(sql`${sql.ref(`creator_contracts.${column}`)} = ${value}::uuid`);
  if (state) parts.push(sql`${stateSql(today)} = ${state}`);
  if (exclusivity) parts.push(sql`creator_contracts.exclusivity = ${exclusivity}::exclusivity_type`);
  if (input.updatedSince) parts.push(sql`creator_contracts.updated_at >= ${input.updatedSince}::timestamptz`);
  if (q) parts.push(holds(q));
  if (endingWithinDays !== undefined) parts.push(endsWithin(today, endingWithinDays));
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`;
}

/** A text in the title, or in the name of the creator where the reader sees that. */
function holds(q: string): RawBuilder<unknown> {
  return sql`(app.fold(${q}) <> '' and (strpos(app.fold(creator_contracts.title), app.fold(${q})) > 0
    or exists (select from creators c where c.organization_id = creator_contracts.organization_id
      and c.id = creator_contracts.creator_id and strpos(app.fold(c.name), app.fold(${q})) > 0)))`;
}

/** Signed, and it, its exclusivity or a usage right of it ends within so many days, today among them. */
export function endsWithin(today: string, days: number): RawBuilder<unknown> {
  const soon = (day: string) =>
    sql`${sql.ref(day)} between ${today}::date and ${today}::date + ${days}::int4`;
  return sql`(creator_contracts.status = 'SIGNED' and (${soon('creator_contracts.ends_on')}
    or (creator_contracts.exclusivity <> 'NONE' and ${soon('creator_contracts.exclusivity_ends_on')})
    or exists (select from creator_contract_usage_rights u where u.organization_id = creator_contracts.organization_id
      and u.creator_contract_id = creator_contracts.id and ${soon('u.ends_on')})))`;
}

function keyset({ sort, cursor, limit }: ListContractsInput): KeysetRequest {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return {
    sortName: sort,
    key: { ...sortKey(sort.replace('-', ''), direction), direction },
    id: sql<string>`creator_contracts.id`,
    cursor,
    limit,
  };
}

/** What has no last day stands at the end, whichever way the list is sorted. */
function sortKey(name: string, direction: SortKey['direction']): Omit<SortKey, 'direction'> {
  switch (name) {
    case 'title':
      return { expression: sql`(lower(creator_contracts.title) collate "C")`, type: 'text' };
    case 'endsOn': {
      const never = direction === 'asc' ? sql`'infinity'::date` : sql`'-infinity'::date`;
      return { expression: sql`coalesce(creator_contracts.ends_on, ${never})`, type: 'date' };
    }
    case 'createdAt':
      return { expression: sql`creator_contracts.created_at`, type: 'timestamptz' };
    default:
      return { expression: sql`creator_contracts.updated_at`, type: 'timestamptz' };
  }
}

/** A contract whole, with what the reader sees beside it. */
export function selectContracts(tx: TenantTx) {
  const of = (table: string, column = 'id') =>
    sql`${sql.ref(`${table}.organization_id`)} = creator_contracts.organization_id and ${sql.ref(`${table}.${column}`)}`;
  return tx
    .selectFrom('creator_contracts')
    .selectAll('creator_contracts')
    .select([
      sql<SocialPlatform[]>`creator_contracts.exclusivity_platforms::text[]`.as('platforms'),
      sql<string | null>`(select b.name from organizations b
        where ${of('b')} = creator_contracts.brand_id)`.as('brand_name'),
      sql<string | null>`(select k.name from campaigns k
        where ${of('k')} = creator_contracts.campaign_id)`.as('campaign_name'),
      sql<string | null>`(select u.name from users u where u.id = creator_contracts.owner_id)`.as(
        'owner_name',
      ),
      sql<{ name: string; contactId: string } | null>`(
        select jsonb_build_object('name', c.name, 'contactId', c.contact_id) from creators c
         where ${of('c')} = creator_contracts.creator_id)`.as('creator'),
      sql<UsageRight[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'channel', r.channel, 'adPermission', r.ad_permission,
                 'territories', r.territories, 'startsOn', r.starts_on, 'endsOn', r.ends_on, 'note', r.note)
                 order by r.position, r.id)
          from creator_contract_usage_rights r where ${of('r', 'creator_contract_id')} = creator_contracts.id), '[]')`.as(
        'usage_rights',
      ),
      sql<(Omit<ContractFile, 'createdAt'> & { createdAt: string }) | null>`(
        select jsonb_build_object('id', f.id, 'fileName', f.file_name, 'contentType', f.content_type, 'bytes', f.bytes,
                 'createdAt', f.stored_at)
          from contract_files f where ${of('f', 'creator_contract_id')} = creator_contracts.id
           and f.stored_at is not null order by f.stored_at desc limit 1)`.as('file'),
    ]);
}

export type ContractRow = Selectable<CreatorContracts> & {
  platforms: SocialPlatform[];
  brand_name: string | null;
  campaign_name: string | null;
  owner_name: string | null;
  creator: { name: string; contactId: string } | null;
  usage_rights: UsageRight[];
  file: ContractFile | null;
};

/** A contract as it stands on a day. */
export function toContract(row: ContractRow, today: string): Contract {
  const terms = { ...row, exclusivity_platforms: row.platforms };
  const state = contractState({ status: row.status, startsOn: row.starts_on, endsOn: row.ends_on }, today);
  const isRunning = state === 'NOT_BEGUN' || state === 'IN_FORCE' || state === 'ENDING';
  return {
    id: row.id,
    creatorId: row.creator_id,
    creatorName: row.creator?.name ?? null,
    contactId: row.creator?.contactId ?? null,
    brandId: row.brand_id,
    brandName: row.brand_name,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    createdById: row.created_by_id,
    title: row.title,
    status: row.status,
    state,
    daysLeft: isRunning && row.ends_on !== null ? daysBetween(today, row.ends_on) : null,
    fee: toMoney(row.fee_amount, row.fee_currency),
    commissionPercent: row.commission_percent,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    signedOn: row.signed_on,
    terminatedOn: row.terminated_on,
    exclusivity: row.exclusivity,
    exclusivityCategories: row.exclusivity_categories,
    exclusivityCompetitors: row.exclusivity_competitors,
    exclusivityPlatforms: row.platforms,
    exclusivityTerritories: row.exclusivity_territories,
    exclusivityStartsOn: row.exclusivity_starts_on,
    exclusivityEndsOn: row.exclusivity_ends_on,
    clause: row.exclusivity === 'NONE' ? null : clauseWords(clauseOf(terms), { namesCompetitors: true }),
    usageRights: row.usage_rights,
    file: row.file && { ...row.file, createdAt: new Date(row.file.createdAt).toISOString() },
    note: row.note,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
