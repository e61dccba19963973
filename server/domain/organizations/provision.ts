import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../../db/client.ts';
import { type TenantScope, type TenantTx, withSystem, withTenant } from '../../../db/tenant.ts';
import type { MemberRole } from '../../../db/types.ts';
import { makeApiKey } from '../../auth/api-keys.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { brandType } from './queries.ts';

/**
 * What is made from outside any agency: agencies themselves, people, keys. All of it runs on the owner's connection,
 * which no policy filters, so that every statement here names its organization itself. Serving processes have no such
 * connection.
 */
export interface AgencyInput {
  name: string;
  slug: string;
  /** ISO 4217. */
  reportingCurrency: string;
  /** IANA. */
  timeZone: string;
}

/** A person and what they are in one agency. `passwordHash` counts for somebody new alone. */
export interface PersonInput {
  email: string;
  name: string;
  passwordHash: string | null;
  role: MemberRole;
  /** A client's own login at this brand; null for the agency's people. */
  brandId: string | null;
  /** The brands that a member of the agency is assigned to. */
  assignedBrandIds: readonly string[];
}

export interface ProvisionedPerson {
  userId: string;
  /** False where the address belonged to somebody already: their name and password stay. */
  isNew: boolean;
}

/** Makes an agency and its first person. Errors: `conflict` where the slug is taken. */
export async function provisionAgency(
  ownerDb: Database,
  agency: AgencyInput,
  owner: Pick<PersonInput, 'email' | 'name' | 'passwordHash'>,
): Promise<{ organizationId: string; owner: ProvisionedPerson }> {
  const organizationId = uuidv7();
  return inAgency(ownerDb, organizationId, async (tx) => {
    const made = await tx
      .insertInto('organizations')
      .values({
        organization_id: organizationId,
        id: organizationId,
        type: 'AGENCY',
        name: agency.name,
        slug: agency.slug,
        reporting_currency: agency.reportingCurrency,
        time_zone: agency.timeZone,
      })
      .onConflict((conflict) => conflict.column('slug').where('type', '<>', brandType).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made)
      throw new AppError('conflict', `There is an organization with the slug ${agency.slug} already.`);
    const person = { ...owner, role: 'OWNER' as const, brandId: null, assignedBrandIds: [] };
    return { organizationId, owner: await addPerson(tx, organizationId, person) };
  });
}

/** Makes a brand of an agency. Errors: `conflict` where the agency has one of that slug. */
export async function provisionBrand(
  ownerDb: Database,
  organizationId: string,
  brand: { name: string; slug: string },
): Promise<string> {
  return inAgency(ownerDb, organizationId, async (tx) => {
    const made = await tx
      .insertInto('organizations')
      .values({ ...brand, organization_id: organizationId, parent_id: organizationId, type: 'BRAND' })
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'slug']).where('type', '=', brandType).doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', `There is a brand with the slug ${brand.slug} already.`);
    await recordActivities(tx, jobPrincipal(organizationId), [
      { type: 'BRAND_CREATED', description: `Brand ${brand.name} created`, brandId: made.id },
    ]);
    return made.id;
  });
}

/** Makes a person a member of an agency. Errors: `conflict` where they are one already. */
export async function provisionPerson(
  ownerDb: Database,
  organizationId: string,
  person: PersonInput,
): Promise<ProvisionedPerson> {
  return inAgency(ownerDb, organizationId, (tx) => addPerson(tx, organizationId, person));
}

/** Makes an API key with its service identity. The key is answered here and stored nowhere. */
export async function provisionApiKey(
  ownerDb: Database,
  organizationId: string,
  input: { name: string; role: MemberRole; brandId: string | null },
): Promise<string> {
  const { key, keyHash } = makeApiKey();
  await inAgency(ownerDb, organizationId, async (tx) => {
    const service = await tx
      .insertInto('users')
      .values({ kind: 'SERVICE', name: input.name, email: null, password_hash: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('api_keys')
      .values({
        organization_id: organizationId,
        user_id: service.id,
        name: input.name,
        key_hash: keyHash,
        role: input.role,
        brand_id: input.brandId,
      })
      .execute();
  });
  return key;
}

/** The agency of a slug. Errors: `not_found` naming the slug. */
export async function findAgency(
  ownerDb: Database,
  slug: string,
): Promise<{ organizationId: string; name: string }> {
  const row = await withSystem(ownerDb, (tx) =>
    tx
      .selectFrom('organizations')
      .select(['id', 'name'])
      .where('slug', '=', slug)
      .where('type', '=', 'AGENCY')
      .executeTakeFirst(),
  );
  if (!row) throw new AppError('not_found', `There is no organization with the slug ${slug}.`);
  return { organizationId: row.id, name: row.name };
}

/** The brand of a slug within an agency. Errors: `not_found` naming the slug. */
export async function findAgencyBrand(
  ownerDb: Database,
  organizationId: string,
  slug: string,
): Promise<string> {
  const row = await withSystem(ownerDb, (tx) =>
    tx
      .selectFrom('organizations')
      .select('id')
      .where('organization_id', '=', organizationId)
      .where('slug', '=', slug)
      .where('type', '=', 'BRAND')
      .executeTakeFirst(),
  );
  if (!row) throw new AppError('not_found', `This organization has no brand with the slug ${slug}.`);
  return row.id;
}

/** Whether somebody has this address already. */
export async function isKnownAddress(ownerDb: Database, email: string): Promise<boolean> {
  const row = await withSystem(ownerDb, (tx) =>
    tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst(),
  );
  return row !== undefined;
}

async function addPerson(
  tx: TenantTx,
  organizationId: string,
  person: PersonInput,
): Promise<ProvisionedPerson> {
  const { userId, isNew } = await ensureUser(tx, person);
  const member = await tx
    .insertInto('memberships')
    .values({ organization_id: organizationId, user_id: userId, role: person.role, brand_id: person.brandId })
    .onConflict((conflict) => conflict.columns(['organization_id', 'user_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!member) throw new AppError('conflict', `${person.email} is a member of this organization already.`);
  if (person.assignedBrandIds.length > 0) {
    const assignments = person.assignedBrandIds.map((brandId) => ({
      organization_id: organizationId,
      brand_id: brandId,
      user_id: userId,
    }));
    await tx.insertInto('brand_assignments').values(assignments).execute();
  }
  return { userId, isNew };
}

async function ensureUser(tx: TenantTx, person: PersonInput): Promise<ProvisionedPerson> {
  const { email, name, passwordHash } = person;
  const made = await tx
    .insertInto('users')
    .values({ email, name, password_hash: passwordHash })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { userId: made.id, isNew: true };
  const known = await tx
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  return { userId: known.id, isNew: false };
}

/** One transaction with the agency's setting, so that what reads it (definer functions, activities) agrees. */
function inAgency<T>(
  ownerDb: Database,
  organizationId: string,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  const scope: TenantScope = { organizationId, userId: null, reach: 'all', brandIds: [] };
  return withTenant(ownerDb, scope, 'write', work);
}
