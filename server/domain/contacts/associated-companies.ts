import { type RawBuilder, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import type { Changes } from '../records/rules.ts';
import { type AssociatedCompany, type AssociatedCompanyInput, updateContactInput } from './schema.ts';

/** The other companies of a contact, by name; a name is null where the company is not the reader's to see. */
export function associatedCompanies(): RawBuilder<AssociatedCompany[]> {
  return sql<AssociatedCompany[]>`coalesce((
    select jsonb_agg(jsonb_build_object('companyId', t.company_id, 'companyName', c.name, 'title', t.title)
                     order by c.name_key nulls last, t.company_id)
      from contact_companies t
      left join companies c on c.organization_id = t.organization_id and c.id = t.company_id
     where t.organization_id = contacts.organization_id and t.contact_id = contacts.id), '[]')`;
}

interface Ties {
  contactId: string;
  /** What they are to be; undefined leaves them. */
  wanted: readonly AssociatedCompanyInput[] | undefined;
  /** What the caller saw, for conflicts. */
  base?: unknown;
}

/**
 * Says a contact's other companies anew, and answers what changed. A company that stays is not checked again.
 * Errors: `invalid` where one is none that this principal sees, or stands twice; `conflict` where somebody else changed
 * them since the caller saw them.
 */
export async function setAssociatedCompanies(
  tx: TenantTx,
  principal: Principal,
  { contactId, wanted, base }: Ties,
): Promise<Changes> {
  if (wanted === undefined) return {};
  const to = inOrder(wanted);
  const from = inOrder(await heldBy(tx, contactId));
  if (same(from, to)) return {};
  if (base !== undefined && !same(inOrder(readBase(base)), from)) {
    throw new AppError(
      'conflict',
      'Somebody changed the same fields while you worked. Nothing was saved; choose which values stay.',
      { conflicts: [{ field: 'associatedCompanies', base, current: from, yours: to }] },
    );
  }
  await requireNew(tx, to, from);
  await tx.deleteFrom('contact_companies').where('contact_id', '=', contactId).execute();
  if (to.length > 0) {
    const rows = to.map(({ companyId, title }) => ({
      organization_id: principal.organizationId,
      contact_id: contactId,
      company_id: companyId,
      title,
    }));
    await tx.insertInto('contact_companies').values(rows).execute();
  }
  return { associated_companies: { from: from.map(plain), to: to.map(plain) } };
}

function readBase(base: unknown): AssociatedCompanyInput[] {
  const seen = updateContactInput.shape.associatedCompanies.safeParse(base);
  if (seen.success && seen.data) return seen.data;
  throw invalidField('base.associatedCompanies', 'Send the companies as they were answered.');
}

async function heldBy(tx: TenantTx, contactId: string): Promise<AssociatedCompanyInput[]> {
  const rows = await tx
    .selectFrom('contact_companies')
    .select(['company_id', 'title'])
    .where('contact_id', '=', contactId)
    .execute();
  return rows.map((row) => ({ companyId: row.company_id, title: row.title }));
}

async function requireNew(tx: TenantTx, to: readonly Tie[], from: readonly Tie[]): Promise<void> {
  const ids = to.map(({ companyId }) => companyId);
  const twice = ids.findIndex((companyId, index) => ids.indexOf(companyId) !== index);
  if (twice >= 0) throw invalidField(`associatedCompanies.${twice}.companyId`, 'Name each company once.');
  const held = new Set(from.map(({ companyId }) => companyId));
  const added = ids.filter((companyId) => !held.has(companyId));
  if (added.length === 0) return;
  const rows = await tx
    .selectFrom('companies')
    .select('id')
    .where('id', 'in', added)
    .where('is_active', '=', true)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = ids.findIndex((companyId) => added.includes(companyId) && !known.has(companyId));
  if (unknown < 0) return;
  throw invalidField(
    `associatedCompanies.${unknown}.companyId`,
    'There is no such company, or it is not yours to see.',
  );
}

interface Tie {
  companyId: string;
  title: string | null;
}

const plain = ({ companyId, title }: Tie) => ({ companyId, title });

/** Their order says nothing: they are answered by name. */
function inOrder(ties: readonly AssociatedCompanyInput[]): Tie[] {
  return ties
    .map(({ companyId, title }) => ({ companyId: companyId.toLowerCase(), title: title ?? null }))
    .sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
}

function same(a: readonly Tie[], b: readonly Tie[]): boolean {
  return JSON.stringify(a.map(plain)) === JSON.stringify(b.map(plain));
}
