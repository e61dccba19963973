import { type Selectable, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CustomFields } from '../../../db/types.ts';
import { AppError, type Issue, notFound } from '../../kernel/errors.ts';
import { wrongValue } from './rules.ts';
import type {
  CustomField,
  CustomFieldNoun,
  CustomFieldOptionUse,
  CustomFieldUse,
  ListCustomFieldsInput,
} from './schema.ts';

/** The table whose records carry a noun's fields. */
export const tableOfNoun = {
  COMPANY: 'companies',
  CONTACT: 'contacts',
  DEAL: 'deals',
  CREATOR: 'creators',
  CAMPAIGN: 'campaigns',
} as const satisfies Record<CustomFieldNoun, string>;

/** A noun's fields in the agency's order; the archived ones are left out. */
export async function listCustomFields(tx: TenantTx, noun: CustomFieldNoun): Promise<CustomField[]> {
  const rows = await tx
    .selectFrom('custom_fields')
    .selectAll()
    .where('noun', '=', noun)
    .where('is_active', '=', true)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(toCustomField);
}

/** The same as a list at the doors, by noun and place. */
export async function pageCustomFields(
  tx: TenantTx,
  input: ListCustomFieldsInput,
): Promise<Page<CustomField>> {
  let query = tx.selectFrom('custom_fields').selectAll().where('is_active', '=', !input.deleted);
  if (input.noun) query = query.where('noun', '=', input.noun);
  const page = await keysetPage(query, {
    sortName: 'place',
    key: {
      expression: sql`custom_fields.noun::text || to_char(custom_fields.position, '0000000')`,
      type: 'text',
      direction: 'asc',
    },
    id: sql<string>`custom_fields.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toCustomField), nextCursor: page.nextCursor };
}

/** One field, archived or not. Errors: `not_found`. */
export async function getCustomField(tx: TenantTx, customFieldId: string): Promise<CustomField> {
  const row = await tx
    .selectFrom('custom_fields')
    .selectAll()
    .where('id', '=', customFieldId)
    .executeTakeFirst();
  if (!row) throw notFound('custom field');
  return toCustomField(row);
}

export type CustomValues = Readonly<Record<string, unknown>>;

/**
 * Judges the values that stand under a defined key, archived fields among them; a key without a definition is kept as it
 * was sent. Hand in only what is new: a value that stays is not judged again.
 * Errors: `invalid`, one issue a value, at `customFields.<key>`.
 */
export async function requireCustomFields(
  tx: TenantTx,
  noun: CustomFieldNoun,
  values: CustomValues | undefined,
): Promise<void> {
  const issues = await customFieldIssues(tx, noun, values ?? {});
  const [first] = issues;
  if (first) throw new AppError('invalid', first.message, { issues });
}

/** What is wrong with these values, by key: see requireCustomFields. */
export async function customFieldIssues(
  tx: TenantTx,
  noun: CustomFieldNoun,
  values: CustomValues,
): Promise<Issue[]> {
  const keys = Object.keys(values).filter((key) => values[key] !== null);
  if (keys.length === 0) return [];
  const fields = await customFieldDefinitions(tx, noun, keys);
  const issues = fields.flatMap((field) => {
    const wrong = wrongValue(field, values[field.key]);
    return wrong ? [{ path: `customFields.${field.key}`, message: wrong }] : [];
  });
  const wrongKeys = new Set(issues.map(({ path }) => path));
  const users = fields.filter(({ kind, key }) => kind === 'USER' && !wrongKeys.has(`customFields.${key}`));
  const known = await membersAmong(
    tx,
    users.map(({ key }) => values[key] as string),
  );
  const strangers = users.filter(({ key }) => !known.has((values[key] as string).toLowerCase()));
  return [
    ...issues,
    ...strangers.map(({ key }) => ({
      path: `customFields.${key}`,
      message: 'There is no such member of this agency.',
    })),
  ];
}

/** The definitions of these keys, archived ones among them. */
export function customFieldDefinitions(tx: TenantTx, noun: CustomFieldNoun, keys: readonly string[]) {
  return tx
    .selectFrom('custom_fields')
    .select(['key', 'kind', 'options'])
    .where('noun', '=', noun)
    .where('key', 'in', [...keys])
    .execute();
}

async function membersAmong(tx: TenantTx, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('user_id', 'in', [...userIds])
    .where('is_active', '=', true)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

/** The keys that a noun's records hold, the most used first, with what their values look like. */
export async function listCustomFieldUses(tx: TenantTx, noun: CustomFieldNoun): Promise<CustomFieldUse[]> {
  const { rows } = await sql<CustomFieldUse>`
    select used.key, used.count, exists (
             select from custom_fields f where f.noun = ${noun}::record_noun and f.key = used.key) as "isDefined",
           case when numbers = used.count then 'NUMBER' when lists = used.count then 'SEVERAL'
                when moneys = used.count then 'MONEY' when days = used.count then 'DATE' else 'TEXT' end as "suggestedKind",
           examples
      from (select e.key, count(*)::int as count,
                   count(*) filter (where jsonb_typeof(e.value) = 'number')::int as numbers,
                   count(*) filter (where jsonb_typeof(e.value) = 'array')::int as lists,
                   count(*) filter (where e.value ?& '{amount,currency}')::int as moneys,
                   count(*) filter (where e.value #>> '{}' ~ '^\\d{4}-\\d\\d-\\d\\d$')::int as days,
                   (array_agg(distinct left(e.value #>> '{}', 60)))[1:4] as examples
              from ${sql.table(tableOfNoun[noun])} as record, jsonb_each(record.custom_fields) as e
             where record.is_active and e.value <> 'null'
             group by e.key) as used
     order by used.count desc, used.key limit 200`.execute(tx);
  return rows;
}

/** How many records say each option, those in the recycle bin too; options that were taken away are among them. */
export async function listOptionUses(
  tx: TenantTx,
  field: Pick<CustomField, 'noun' | 'key'>,
): Promise<CustomFieldOptionUse[]> {
  const { rows } = await sql<CustomFieldOptionUse>`
    select chosen.option, count(*)::int as count
      from ${sql.table(tableOfNoun[field.noun])} as record,
           lateral (select record.custom_fields -> ${field.key}::text as value) as held,
           lateral (select jsonb_array_elements_text(case jsonb_typeof(held.value)
             when 'array' then held.value when 'string' then jsonb_build_array(held.value) else '[]' end) as option) as chosen
     group by chosen.option order by count desc, chosen.option`.execute(tx);
  return rows;
}

export function toCustomField(row: Selectable<CustomFields>): CustomField {
  return {
    id: row.id,
    noun: row.noun as CustomFieldNoun,
    key: row.key,
    label: row.label,
    kind: row.kind,
    options: row.options,
    hint: row.hint,
    position: row.position,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
