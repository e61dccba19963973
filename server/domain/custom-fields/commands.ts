import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getCustomField, listOptionUses, toCustomField } from './queries.ts';
import { replaceOptions } from './replace-options.ts';
import { keyOf } from './rules.ts';
import type {
  ChangedCustomField,
  CreateCustomFieldInput,
  CustomField,
  UpdateCustomFieldInput,
} from './schema.ts';

const MOST = 200;

/**
 * Adds a field to a noun; it stands last. Values that records hold under its key already are kept as they are, and are
 * judged when they change. Errors: `conflict` on a taken key, `invalid` on the options.
 */
export async function createCustomField(
  tx: TenantTx,
  principal: Principal,
  input: CreateCustomFieldInput,
): Promise<CustomField> {
  const options = input.options ?? [];
  requireFittingOptions(input.kind, options);
  const existing = await tx
    .selectFrom('custom_fields')
    .select(['key', 'label', 'position', 'is_active'])
    .where('noun', '=', input.noun)
    .execute();
  const label = input.label.trim().toLowerCase();
  if (existing.some((field) => field.is_active && field.label.trim().toLowerCase() === label)) {
    throw invalidField('label', 'There is a field of this name already.');
  }
  if (existing.length >= MOST) {
    throw new AppError('conflict', `There are ${MOST} fields already; archived ones count too.`);
  }
  const made = await tx
    .insertInto('custom_fields')
    .values({
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      noun: input.noun,
      key: input.key ?? keyOf(input.label, new Set(existing.map(({ key }) => key))),
      label: input.label,
      kind: input.kind,
      options,
      hint: input.hint ?? null,
      position: Math.max(-1, ...existing.map(({ position }) => position)) + 1,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'noun', 'key']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!made) throw keyTaken(input.key ?? '');
  const field = toCustomField(made);
  await tell(tx, principal, { type: 'CUSTOM_FIELD_CREATED', field, verb: 'created' });
  return field;
}

/**
 * Changes what a field is called and offers, and its place. An option that is taken away while records say it needs a
 * replacement: another option, or null to clear it; those records change in the same transaction and tell of it.
 * Errors: `not_found`, `precondition`, `invalid` on `options` or `replacements`.
 */
export async function updateCustomField(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCustomFieldInput,
): Promise<ChangedCustomField> {
  const before = await lockCustomField(tx, input.customFieldId);
  requireVersion(before.version, input.expectedVersion);
  const options = input.options ?? before.options;
  requireFittingOptions(before.kind, options);
  const replacements = await requireReplacements(tx, before, {
    options,
    replacements: input.replacements ?? {},
  });
  const values = sentOnly({ label: input.label, hint: input.hint, options: input.options });
  const changes = changesBetween({ ...before }, values);
  if (Object.keys(changes).length > 0) {
    await tx.updateTable('custom_fields').set(values).where('id', '=', before.id).execute();
  }
  const changedRecords =
    replacements.size === 0 ? 0 : await replaceOptions(tx, principal, { field: before, replacements });
  if (input.position !== undefined) await moveTo(tx, before, input.position);
  const field = await getCustomField(tx, before.id);
  if (field.version !== before.version) {
    const metadata = { changes, changedRecords };
    await tell(tx, principal, { type: 'CUSTOM_FIELD_UPDATED', field, verb: 'changed', metadata });
  }
  return { ...field, changedRecords };
}

/**
 * Hides a field from forms, lists and filters, or brings it back. The records keep their values.
 * Errors: `not_found`, `precondition`.
 */
export async function setCustomFieldActive(
  tx: TenantTx,
  principal: Principal,
  input: { customFieldId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<CustomField> {
  const { customFieldId, isActive } = input;
  const before = await lockCustomField(tx, customFieldId);
  requireVersion(before.version, input.expectedVersion);
  if (before.isActive === isActive) return before;
  await tx
    .updateTable('custom_fields')
    .set({ is_active: isActive })
    .where('id', '=', customFieldId)
    .execute();
  const field = await getCustomField(tx, customFieldId);
  const [type, verb] = isActive
    ? (['CUSTOM_FIELD_RESTORED', 'restored'] as const)
    : (['CUSTOM_FIELD_ARCHIVED', 'archived'] as const);
  await tell(tx, principal, { type, field, verb });
  return field;
}

function requireFittingOptions(kind: CustomField['kind'], options: readonly string[]): void {
  const takes = kind === 'CHOICE' || kind === 'SEVERAL';
  if (takes && options.length === 0) throw invalidField('options', 'Write at least one option.');
  if (!takes && options.length > 0) throw invalidField('options', 'Only a choice has options.');
}

interface WantedOptions {
  options: readonly string[];
  replacements: Readonly<Record<string, string | null>>;
}

/** What each option that goes away becomes, as far as records say it. */
async function requireReplacements(
  tx: TenantTx,
  field: CustomField,
  { options, replacements }: WantedOptions,
): Promise<ReadonlyMap<string, string | null>> {
  const stay = new Set(options);
  for (const [option, replacement] of Object.entries(replacements)) {
    if (stay.has(option)) throw invalidField('replacements', `“${option}” is still an option.`);
    if (replacement !== null && !stay.has(replacement)) {
      throw invalidField('replacements', `“${replacement}” is none of the options.`);
    }
  }
  const gone = new Set(
    [...field.options, ...Object.keys(replacements)].filter((option) => !stay.has(option)),
  );
  if (gone.size === 0) return new Map();
  const used = (await listOptionUses(tx, field)).filter(({ option }) => gone.has(option));
  const unsaid = used.filter(({ option }) => !Object.hasOwn(replacements, option));
  if (unsaid.length > 0) {
    const words = unsaid.map(({ option, count }) => `“${option}” (${count})`).join(', ');
    throw invalidField(
      'options',
      `Records still say ${words}. Say for each what it becomes: another option, or nothing.`,
    );
  }
  return new Map(used.map(({ option }) => [option, replacements[option] ?? null]));
}

/** Gives the noun's active fields their places anew, with this one at `position`. */
async function moveTo(tx: TenantTx, field: CustomField, position: number): Promise<void> {
  const rows = await tx
    .selectFrom('custom_fields')
    .select(['id', 'position'])
    .where('noun', '=', field.noun)
    .where('is_active', '=', true)
    .orderBy('position')
    .orderBy('id')
    .forUpdate()
    .execute();
  const others = rows.filter(({ id }) => id !== field.id);
  const order = others.toSpliced(position, 0, { id: field.id, position: -1 });
  for (const [index, row] of order.entries()) {
    const held = rows.find(({ id }) => id === row.id)?.position;
    if (held === index) continue;
    await tx.updateTable('custom_fields').set({ position: index }).where('id', '=', row.id).execute();
  }
}

async function lockCustomField(tx: TenantTx, customFieldId: string): Promise<CustomField> {
  await tx
    .selectFrom('custom_fields')
    .select('id')
    .where('id', '=', customFieldId)
    .forUpdate()
    .executeTakeFirst();
  return getCustomField(tx, customFieldId);
}

function keyTaken(key: string): AppError {
  const message = `There is a field with the key ${key} already; it may be archived.`;
  return new AppError('conflict', message, { issues: [{ path: 'key', message }] });
}

interface Told {
  type: 'CUSTOM_FIELD_CREATED' | 'CUSTOM_FIELD_UPDATED' | 'CUSTOM_FIELD_ARCHIVED' | 'CUSTOM_FIELD_RESTORED';
  field: CustomField;
  verb: string;
  metadata?: Record<string, unknown>;
}

function tell(tx: TenantTx, principal: Principal, { type, field, verb, metadata }: Told): Promise<void> {
  return recordActivities(tx, principal, [
    {
      type,
      description: `Custom field ${field.label} ${verb}`,
      metadata: { customFieldId: field.id, noun: field.noun, key: field.key, ...metadata },
      audience: 'AGENCY',
    },
  ]);
}
