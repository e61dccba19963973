import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Mapping } from './mapping.ts';
import type { Plan } from './plan.ts';
import { references, type Reference, type Row } from './rows.ts';
import { columnOf } from './validate.ts';
import { quote } from './values.ts';

/** The field of the record that each reference fills. */
const targets: Record<Reference, string> = {
  company: 'companyId',
  contact: 'contactId',
  member: 'ownerId',
  brand: 'brandId',
};

const nouns: Record<Reference, string> = {
  company: 'company',
  contact: 'contact',
  member: 'member of this agency',
  brand: 'brand',
};

const fieldsOf: Record<Reference, string> = {
  company: 'company',
  contact: 'contact',
  member: 'owner',
  brand: 'brand',
};

/**
 * Looks up what the rows refer to, by name, address or external id, among the records that the principal sees. One
 * query for each kind of reference, however many rows there are. What is not found, or found twice, is a reason.
 */
export async function resolveReferences(tx: TenantTx, plan: Plan, rows: readonly Row[]): Promise<void> {
  for (const reference of references) {
    const meant = rows.filter((row) => row.references[reference] !== undefined);
    if (meant.length === 0) continue;
    const texts = [...new Set(meant.map((row) => row.references[reference] ?? ''))];
    const found = await lookUp(tx, { reference, texts, by: plan.mapping.references });
    for (const row of meant) {
      const text = row.references[reference] ?? '';
      const ids = found.get(text) ?? [];
      if (ids.length === 1) row.fields[targets[reference]] = ids[0];
      else
        row.reasons.push(`${columnOf(plan, fieldsOf[reference])}: ${problem(reference, text, ids.length)}`);
    }
  }
}

function problem(reference: Reference, text: string, count: number): string {
  if (count > 1) return `${quote(text)} is the name of ${count} records; refer to it by its external id.`;
  const hint = reference === 'company' || reference === 'contact' ? ' Import or create it first.' : '';
  return `there is no ${nouns[reference]} ${quote(text)} that you see.${hint}`;
}

interface LookUp {
  reference: Reference;
  texts: string[];
  by: Mapping['references'];
}

/** The ids behind each text. Names and addresses compare without case. */
async function lookUp(tx: TenantTx, request: LookUp): Promise<Map<string, string[]>> {
  const { rows } = await select(request).execute(tx);
  const found = new Map<string, string[]>();
  for (const { key, id } of rows) found.set(key, [...(found.get(key) ?? []), id]);
  return found;
}

function select({ reference, texts, by }: LookUp) {
  const keys = sql`unnest(${texts}::text[]) as k (key)`;
  const sameName = sql`lower(r.name) collate "C" = lower(k.key) collate "C"`;
  type Found = { key: string; id: string };
  switch (reference) {
    case 'company':
      return by.company === 'externalId'
        ? sql<Found>`select k.key, r.id from ${keys} join companies r on r.external_id = k.key where r.is_active`
        : sql<Found>`select k.key, r.id from ${keys} join companies r on ${sameName} where r.is_active`;
    case 'contact':
      if (by.contact === 'externalId')
        return sql<Found>`select k.key, r.id from ${keys} join contacts r on r.external_id = k.key where r.is_active`;
      return by.contact === 'name'
        ? sql<Found>`select k.key, r.id from ${keys} join contacts r on ${sameName} where r.is_active`
        : sql<Found>`select distinct k.key, r.id from contacts r cross join lateral unnest(r.emails) as e (email)
                       join ${keys} on lower(e.email) = lower(k.key) where r.is_active`;
    case 'member':
      return sql<Found>`select k.key, u.id from ${keys}
                          join users u on lower(u.email::text) = lower(k.key) or lower(u.name) = lower(k.key)
                          join memberships m on m.user_id = u.id where m.is_active`;
    default:
      return sql<Found>`select k.key, r.id from ${keys}
                          join organizations r on lower(k.key) in (r.id::text, lower(r.slug::text), lower(r.name))
                         where r.type = 'BRAND' and r.is_active`;
  }
}
