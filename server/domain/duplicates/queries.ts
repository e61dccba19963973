import { type RawBuilder, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type {
  CheckCompanyInput,
  CheckContactInput,
  DuplicateCandidate,
  DuplicateGroup,
  DuplicateNoun,
  DuplicateOf,
  DuplicateReason,
  ListDuplicatesInput,
  RecordGlance,
} from './schema.ts';
import { tablesOf } from './tables.ts';

const MOST_CANDIDATES = 5;
/** How many holders of one value are looked at: a crowded one shows nothing anyway. */
const MOST_HOLDERS = 200;

/** The active contacts that the asker sees and that may be the one being typed, the likeliest first; at most five. */
export function checkContact(tx: TenantTx, input: CheckContactInput): Promise<DuplicateCandidate[]> {
  const { firstName, lastName, emails = [], phones = [], mobile, linkedinUrl, xHandle, companyId } = input;
  const numbers = mobile ? [...phones, mobile] : phones;
  return findCandidates(tx, {
    noun: 'CONTACT',
    exceptId: input.contactId,
    keys: sql`app.keys_of_contact(${firstName ?? ''}::text, ${lastName ?? ''}::text, ${emails}::text[], ${numbers}::text[],
      ${linkedinUrl ?? ''}::text, ${xHandle ?? ''}::text, ${companyId ?? null}::uuid)`,
  });
}

/** As checkContact, of companies. */
export function checkCompany(tx: TenantTx, input: CheckCompanyInput): Promise<DuplicateCandidate[]> {
  const { name, email, phone, website, domains = [], linkedinUrl, xHandle } = input;
  return findCandidates(tx, {
    noun: 'COMPANY',
    exceptId: input.companyId,
    keys: sql`app.keys_of_company(${name ?? ''}::text, ${email ?? ''}::text, ${phone ?? ''}::text, ${website ?? ''}::text,
      ${domains}::text[], ${linkedinUrl ?? ''}::text, ${xHandle ?? ''}::text)`,
  });
}

interface Typed {
  noun: DuplicateNoun;
  /** A call of the function that gives a record's keys. */
  keys: RawBuilder<unknown>;
  exceptId: string | undefined;
}

async function findCandidates(tx: TenantTx, typed: Typed): Promise<DuplicateCandidate[]> {
  const { table, id, noun, glance } = tablesOf[typed.noun];
  const told = (keys: RawBuilder<unknown>) => sql`(
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from ${keys} k)`;
  const theirs = sql`(select t.kind, t.value from record_keys t where t.${id} = m.id)`;
  const { rows } = await sql<{ record: RecordGlance; score: number; reasons: DuplicateReason[] }>`
    with typed as materialized (select kind, value from ${typed.keys}),
    met as (
      select o.id, array_agg(distinct t.kind) as kinds from typed t cross join lateral (
        select k.${id} as id from record_keys k
         where k.organization_id = (select app.organization_id()) and k.value = t.value and k.kind = t.kind
           and k.noun = ${noun}::record_noun limit ${MOST_HOLDERS}) o
       group by o.id)
    select ${glance} as record, v.score, v.reasons
      from met m join ${table} r on r.organization_id = (select app.organization_id()) and r.id = m.id
     cross join lateral ${told(sql`typed`)} mine cross join lateral ${told(theirs)} other
     cross join lateral app.duplicate_verdict(${noun}::record_noun, m.kinds,
       coalesce(similarity(mine.name, other.name), 0)::real, coalesce(mine.company = other.company, false)) v
     where r.is_active and r.id is distinct from ${typed.exceptId ?? null}::uuid
     order by v.score desc, r.id limit ${MOST_CANDIDATES}`.execute(tx);
  return rows.map(({ record, score, reasons }) => ({ record, score: score / 100, reasons }));
}

/** Groups of records that may be one, the likeliest first. */
export async function listDuplicates(
  tx: TenantTx,
  input: ListDuplicatesInput,
): Promise<Page<DuplicateGroup>> {
  const { noun, cursor, limit } = input;
  const page = await keysetPage(
    tx.selectFrom(groupsOf(input).as('groups')).select(['groups.id', 'groups.score']),
    {
      sortName: `${noun}-score`,
      key: { expression: sql`groups.score`, type: 'int4', direction: 'desc' },
      id: sql<string>`groups.id`,
      cursor,
      limit,
    },
  );
  const ids = page.items.map(({ id }) => id);
  const [records, others] = await Promise.all([glancesOf(tx, noun, ids), othersOf(tx, input, ids)]);
  const items = page.items.flatMap(({ id, score }) => {
    const record = records.get(id);
    return record
      ? [
          {
            id,
            noun,
            score: score / 100,
            record,
            others: others.filter((o) => o.eldestId === id).map(toOther),
          },
        ]
      : [];
  });
  return { items, nextCursor: page.nextCursor };
}

/** The pairs that count: both records stand, the score is high enough, and nobody (or somebody) said that they are two. */
function pairsOf({ noun, minScore, dismissed = false }: ListDuplicatesInput): RawBuilder<unknown> {
  const { table, id, otherId } = tablesOf[noun];
  const isDismissed = sql`exists (select from duplicate_dismissals d where d.organization_id = p.organization_id
    and (d.${id} = p.${id} and d.${otherId} = p.${otherId} or d.${id} = p.${otherId} and d.${otherId} = p.${id}))`;
  return sql`(
    select p.id, p.${id} as elder, p.${otherId} as younger, p.score::int4 as score, p.reasons
      from duplicate_pairs p
      join ${table} a on a.organization_id = p.organization_id and a.id = p.${id} and a.is_active
      join ${table} b on b.organization_id = p.organization_id and b.id = p.${otherId} and b.is_active
     where p.organization_id = (select app.organization_id()) and p.${id} is not null and p.score >= ${Math.round(minScore * 100)}
       and ${dismissed ? isDismissed : sql`not ${isDismissed}`})`;
}

/** A pair whose both records stand under one elder is told there already. */
const isTold = sql`exists (select from pairs x join pairs y on y.elder = x.elder
  where x.younger = p.elder and y.younger = p.younger)`;

function groupsOf(input: ListDuplicatesInput): RawBuilder<{ id: string; score: number }> {
  return sql<{ id: string; score: number }>`(
    with pairs as materialized ${pairsOf(input)}
    select p.elder as id, max(p.score) as score from pairs p where not ${isTold} group by p.elder)`;
}

interface Other {
  eldestId: string;
  pairId: string;
  score: number;
  reasons: DuplicateReason[];
  record: RecordGlance;
}

async function othersOf(tx: TenantTx, input: ListDuplicatesInput, ids: readonly string[]): Promise<Other[]> {
  const { table, glance } = tablesOf[input.noun];
  const { rows } = await sql<Other>`
    with pairs as materialized ${pairsOf(input)}
    select p.elder as "eldestId", p.id as "pairId", p.score, p.reasons, ${glance} as record
      from pairs p join ${table} r on r.organization_id = (select app.organization_id()) and r.id = p.younger
     where p.elder = any (${ids}::uuid[]) and not ${isTold} order by p.score desc, p.id`.execute(tx);
  return rows;
}

async function glancesOf(
  tx: TenantTx,
  noun: DuplicateNoun,
  ids: readonly string[],
): Promise<Map<string, RecordGlance>> {
  const { table, glance } = tablesOf[noun];
  const { rows } = await sql<{ record: RecordGlance }>`
    select ${glance} as record from ${table} r
     where r.organization_id = (select app.organization_id()) and r.id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ record }) => [record.id, record]));
}

/** The records that one may be one with, the likeliest first. Errors: `not_found`. */
export async function listDuplicatesOf(
  tx: TenantTx,
  noun: DuplicateNoun,
  recordId: string,
): Promise<DuplicateOf[]> {
  if ((await glancesOf(tx, noun, [recordId])).size === 0) throw notFound(noun.toLowerCase());
  const { table, glance } = tablesOf[noun];
  const { rows } = await sql<Other>`
    with pairs as ${pairsOf({ noun, minScore: 0, limit: 0 })}
    select p.id as "pairId", p.score, p.reasons, ${glance} as record
      from pairs p join ${table} r on r.organization_id = (select app.organization_id())
        and r.id = case p.elder when ${recordId}::uuid then p.younger else p.elder end
     where p.elder = ${recordId}::uuid or p.younger = ${recordId}::uuid order by p.score desc, p.id limit 20`.execute(
    tx,
  );
  return rows.map(toOther);
}

function toOther({ pairId, score, reasons, record }: Other): DuplicateOf {
  return { duplicatePairId: pairId, score: score / 100, reasons, record };
}
