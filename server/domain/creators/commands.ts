import type { Insertable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Creators, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireContact } from '../contacts/queries.ts';
import { requireCustomFields } from '../custom-fields/queries.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { findCreatorOfContact, getCreator, requireOwnCreator } from './queries.ts';
import { toPercent } from './rules.ts';
import type { CreateCreatorInput, Creator, UpdateCreatorInput } from './schema.ts';
import { tell, tellChange } from './tell.ts';

/**
 * Makes a contact a creator. The brand is the contact's unless said.
 * Errors: `invalid` where the contact, the manager, the brand or the owner is none of the author's, or one of the
 * agency's own fields does not fit; `conflict` naming the creator where the contact is one already.
 */
export async function createCreator(
  tx: TenantTx,
  principal: Principal,
  input: CreateCreatorInput,
): Promise<Creator> {
  const { contactId } = input;
  const [brandId] = await Promise.all([
    brandFor(tx, input),
    requireCustomFields(tx, 'CREATOR', input.customFields),
    requireManager(tx, contactId, input.managerContactId),
  ]);
  const ownership = await ownershipOf(tx, principal, { ...input, brandId });
  const creatorId = await insertCreator(tx, {
    ...sentOnly(toColumns(input)),
    ...ownership,
    contact_id: contactId,
  });
  await becomeCreator(tx, principal, contactId);
  const creator = await getCreator(tx, creatorId);
  await tell(tx, principal, creator, [
    { type: 'CREATOR_CREATED', description: `Creator ${creator.name} created` },
    ...(creator.status === 'SIGNED'
      ? [{ type: 'CREATOR_SIGNED' as const, description: `${creator.name} signed` }]
      : []),
  ]);
  return creator;
}

/** Whoever sees the contact sees the creator, unless said otherwise. */
async function brandFor(
  tx: TenantTx,
  { contactId, brandId }: CreateCreatorInput,
): Promise<string | null | undefined> {
  await requireContact(tx, contactId);
  if (brandId !== undefined) return brandId;
  const contact = await tx
    .selectFrom('contacts')
    .select('brand_id')
    .where('id', '=', contactId)
    .executeTakeFirst();
  return contact?.brand_id ?? undefined;
}

async function requireManager(
  tx: TenantTx,
  contactId: string,
  managerContactId: string | null | undefined,
): Promise<void> {
  if (!managerContactId) return;
  if (managerContactId.toLowerCase() === contactId.toLowerCase())
    throw invalidField('managerContactId', 'Choose another contact: nobody is their own manager here.');
  const row = await tx
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', managerContactId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('managerContactId', 'There is no such contact, or it is not yours to see.');
}

/** One creator a contact, also where two people make it at once, or where it is not the author's to see. */
async function insertCreator(
  tx: TenantTx,
  values: Insertable<Creators> & { contact_id: string },
): Promise<string> {
  const row = await tx
    .insertInto('creators')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organization_id', 'contact_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return row.id;
  const taken = await findCreatorOfContact(tx, values.contact_id);
  const which = taken ? `the creator ${taken.name} (${taken.creatorId})` : 'a creator whom you do not see';
  const what = taken?.isActive === false ? ', in the recycle bin: restore it instead' : '';
  throw new AppError('conflict', `This contact is ${which} already${what}.`, {
    issues: [{ path: 'contactId', message: `It is ${which} already.` }],
  });
}

async function becomeCreator(tx: TenantTx, principal: Principal, contactId: string): Promise<void> {
  const { row, changes } = await changeRecord(tx, {
    table: 'contacts',
    id: contactId,
    values: { type: 'CREATOR' },
    expectedVersion: undefined,
  });
  if (Object.keys(changes).length === 0) return;
  await recordActivities(tx, principal, [
    {
      type: 'CONTACT_UPDATED',
      description: `Contact ${row.name} changed`,
      metadata: { changes },
      contactId,
      companyId: row.company_id,
      brandId: row.brand_id,
    },
  ]);
}

/**
 * Errors: `not_found`; `forbidden` where the creator is seen through a campaign alone; `invalid`, `precondition`,
 * `conflict` as every record.
 */
export async function updateCreator(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCreatorInput,
): Promise<Creator> {
  const { creatorId, expectedVersion } = input;
  await requireOwnCreator(tx, creatorId);
  const { changes } = await changeRecord(tx, {
    table: 'creators',
    id: creatorId,
    values: sentOnly({
      ...toColumns(input),
      ...(input.status && (await isMove(tx, creatorId, input.status))
        ? { status_changed_at: new Date() }
        : {}),
    }),
    expectedVersion,
    base: input.base && toColumns(input.base as UpdateCreatorInput),
    check: async (before, { manager_contact_id }) =>
      requireManager(tx, before.contact_id, newId(manager_contact_id)),
  });
  const creator = await getCreator(tx, creatorId);
  await tellChange(tx, principal, creator, changes);
  return creator;
}

async function isMove(tx: TenantTx, creatorId: string, status: Creator['status']): Promise<boolean> {
  const row = await tx
    .selectFrom('creators')
    .select('status')
    .where('id', '=', creatorId)
    .forUpdate()
    .executeTakeFirst();
  return row?.status !== status;
}

/**
 * Moves a creator to the recycle bin (`isActive` false) or back.
 * Errors: `not_found`, `forbidden`, `precondition`; `conflict` where the contact is in the bin: they come back together.
 */
export async function setCreatorActive(
  tx: TenantTx,
  principal: Principal,
  input: { creatorId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Creator> {
  const { creatorId, isActive, expectedVersion } = input;
  await requireOwnCreator(tx, creatorId);
  if (isActive) await requireStandingContact(tx, creatorId);
  const changed = await setActive(tx, { table: 'creators', id: creatorId, isActive, expectedVersion });
  const creator = await getCreator(tx, creatorId);
  if (changed)
    await tell(tx, principal, creator, [
      {
        type: isActive ? 'CREATOR_RESTORED' : 'CREATOR_DELETED',
        description: `Creator ${creator.name} ${isActive ? 'restored' : 'deleted'}`,
      },
    ]);
  return creator;
}

async function requireStandingContact(tx: TenantTx, creatorId: string): Promise<void> {
  const row = await tx
    .selectFrom('creators')
    .innerJoin('contacts', (join) =>
      join
        .onRef('contacts.organization_id', '=', 'creators.organization_id')
        .onRef('contacts.id', '=', 'creators.contact_id'),
    )
    .select('contacts.name')
    .where('creators.id', '=', creatorId)
    .where('contacts.is_active', '=', false)
    .executeTakeFirst();
  if (!row) return;
  throw new AppError('conflict', `The contact ${row.name} is in the recycle bin. Restore the contact first.`);
}

function toColumns(input: Partial<CreateCreatorInput> | UpdateCreatorInput) {
  return {
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    status: input.status,
    categories: input.categories,
    primary_platform: input.primaryPlatform,
    commission_percent: input.commissionPercent && toPercent(input.commissionPercent),
    manager_contact_id: input.managerContactId,
    estimated_reach: input.estimatedReach,
  };
}
