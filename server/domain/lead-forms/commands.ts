import { type InsertObject, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DB } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { randomToken, sha256Hex } from '../../kernel/crypto.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { newId, requireOwnership, requireVersion } from '../records/store.ts';
import { getLeadForm } from './queries.ts';
import type {
  CreateFacebookPageInput,
  CreateGoogleFormInput,
  KeyedLeadForm,
  LeadForm,
  RotateKeyInput,
  UpdateLeadFormInput,
} from './schema.ts';

/** 256 bits: whoever guesses finds none. */
const KEY_BYTES = 32;
/** How long a key of before counts: Google sends nothing again that was refused. */
const OLD_KEY_DAYS = 2;

/** What a key is entered with. */
interface KeyPlace {
  /** Where Google sends its leads. */
  address: string;
}

/** Makes a key for Google's lead forms; it is in the answer and nowhere else. Errors: `invalid` on brandId, ownerId. */
export async function createGoogleForm(
  tx: TenantTx,
  principal: Principal,
  { address, ...input }: CreateGoogleFormInput & KeyPlace,
): Promise<KeyedLeadForm> {
  const key = randomToken(KEY_BYTES);
  const form = await insertForm(tx, principal, {
    ...input,
    kind: { source: 'GOOGLE', key_hash: sha256Hex(key), key_made_at: sql<Date>`now()` },
  });
  return { ...form, key, address };
}

/** Names a Facebook page whose leads are this agency's. Errors: `conflict` where it is named already; `invalid`. */
export async function createFacebookPage(
  tx: TenantTx,
  principal: Principal,
  input: CreateFacebookPageInput,
): Promise<LeadForm> {
  const known = await tx
    .selectFrom('lead_forms')
    .select('name')
    .where('page_id', '=', input.pageId)
    .executeTakeFirst();
  if (known) throw new AppError('conflict', `This page is here already: ${known.name}.`);
  return insertForm(tx, principal, { ...input, kind: { source: 'META', page_id: input.pageId } });
}

type Named = Pick<CreateGoogleFormInput, 'name' | 'brandId' | 'ownerId'>;
type Kind = Pick<InsertObject<DB, 'lead_forms'>, 'source' | 'page_id' | 'key_hash' | 'key_made_at'>;

async function insertForm(
  tx: TenantTx,
  principal: Principal,
  { kind, name, brandId = null, ownerId = null }: Named & { kind: Kind },
): Promise<LeadForm> {
  await requireOwnership(tx, { brandId, ownerId });
  const { id } = await tx
    .insertInto('lead_forms')
    .values({
      ...kind,
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      name,
      brand_id: brandId,
      owner_id: ownerId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const form = await getLeadForm(tx, id);
  await note(tx, principal, { form, what: 'added' });
  return form;
}

/** Renames a form, gives it to another brand or owner, switches it off or on. Errors: `not_found`, `precondition`, `invalid`. */
export async function updateLeadForm(
  tx: TenantTx,
  principal: Principal,
  input: UpdateLeadFormInput,
): Promise<LeadForm> {
  const before = await lockForm(tx, input.leadFormId, input.expectedVersion);
  const values = sentOnly({
    name: input.name,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    is_active: input.isActive,
  });
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length === 0) return getLeadForm(tx, before.id);
  await requireOwnership(tx, { brandId: newId(changes.brand_id), ownerId: newId(changes.owner_id) });
  await tx.updateTable('lead_forms').set(values).where('id', '=', before.id).execute();
  const form = await getLeadForm(tx, before.id);
  await note(tx, principal, { form, what: 'changed', metadata: { changes } });
  return form;
}

/** Makes a new key. Errors: `not_found`, `precondition`; `invalid` where the form has none: a Facebook page. */
export async function rotateKey(
  tx: TenantTx,
  principal: Principal,
  { address, ...input }: RotateKeyInput & KeyPlace,
): Promise<KeyedLeadForm> {
  const before = await lockForm(tx, input.leadFormId, input.expectedVersion);
  if (before.source !== 'GOOGLE') throw invalidField('leadFormId', 'A Facebook page has no key.');
  const key = randomToken(KEY_BYTES);
  const until = sql<Date>`now() + ${OLD_KEY_DAYS} * interval '1 day'`;
  await tx
    .updateTable('lead_forms')
    .set({ key_hash: sha256Hex(key), key_made_at: sql<Date>`now()` })
    .set(
      input.keepsOldKey
        ? { previous_key_hash: before.key_hash, previous_key_until: until }
        : { previous_key_hash: null, previous_key_until: null },
    )
    .where('id', '=', before.id)
    .execute();
  const form = await getLeadForm(tx, before.id);
  await note(tx, principal, { form, what: 'given a new key' });
  return { ...form, key, address };
}

async function lockForm(tx: TenantTx, leadFormId: string, expectedVersion: number | undefined) {
  const row = await tx
    .selectFrom('lead_forms')
    .selectAll()
    .where('id', '=', leadFormId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('lead form');
  requireVersion(row.version, expectedVersion);
  return row;
}

interface Noted {
  form: LeadForm;
  what: string;
  metadata?: Record<string, unknown>;
}

async function note(tx: TenantTx, principal: Principal, { form, what, metadata = {} }: Noted): Promise<void> {
  await recordActivities(tx, principal, [
    {
      type: 'LEAD_FORM_UPDATED',
      description: `Lead form ${form.name} ${what}`,
      metadata: { leadFormId: form.id, ...metadata },
      brandId: form.brandId,
      audience: 'AGENCY',
    },
  ]);
}
