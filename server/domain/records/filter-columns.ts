import { type RawBuilder, sql } from 'kysely';
import type { CustomFieldKind } from '../../../db/types.ts';
import { isOwnRecord } from './access.ts';
import { customFieldKey, type FieldDefinition, type FieldType } from './fields.ts';
import type { FilteredTable } from './registry.ts';

/** A field as SQL reads it. Every part is written here: a name from outside only ever finds a definition. */
export interface FieldColumn {
  field: FieldDefinition;
  table: FilteredTable;
  /** The value as its type compares it: text, numeric, date or its text, timestamptz, uuid or its text. */
  value: RawBuilder<unknown>;
  /** Null where the value stands in a column of its own, else the key in custom_fields. */
  customKey: string | null;
}

/** What an agency's own fields compare as. */
export const typeOfKind: Readonly<Record<CustomFieldKind, FieldType>> = {
  TEXT: 'text',
  NUMBER: 'number',
  MONEY: 'money',
  DATE: 'date',
  CHOICE: 'choice',
  SEVERAL: 'several',
  USER: 'user',
};

/** `expectedCloseOn` stands in `expected_close_on`. */
function columnName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The column of a field that is in the registry. */
export function fieldColumn(table: FilteredTable, field: FieldDefinition): FieldColumn {
  const customKey = customFieldKey(field.name);
  if (customKey === null) {
    return { field, table, customKey, value: guarded(table, field) };
  }
  return { field, table, customKey, value: customValue(customJson(table, customKey), field.type) };
}

/** To ask for a value is to learn it: a list tells of a guarded field no more than the record does. */
function guarded(table: FilteredTable, { name, guard }: FieldDefinition): RawBuilder<unknown> {
  const column = sql`${sql.ref(`${table}.${columnName(name)}`)}`;
  if (guard === 'agency') return sql`(case when (select app.scope()) <> 'brand' then ${column} end)`;
  return guard === 'own' ? sql`(case when ${isOwnRecord(table)} then ${column} end)` : column;
}

/** The JSON under a key of an agency's own. */
export function customJson(table: FilteredTable, key: string): RawBuilder<unknown> {
  return sql`(${sql.ref(`${table}.custom_fields`)} -> ${key}::text)`;
}

/** A value that does not look like its type is no value: a definition may be younger than what stands under its key. */
function customValue(json: RawBuilder<unknown>, type: FieldType): RawBuilder<unknown> {
  const text = sql`(${json} #>> '{}')`;
  switch (type) {
    case 'number':
      return sql`(case when jsonb_typeof(${json}) = 'number' then ${text}::numeric end)`;
    case 'money': {
      const amount = sql`coalesce(${json} ->> 'amount', ${text})`;
      return sql`(case when ${amount} ~ '^-?[0-9]{1,20}([.][0-9]{1,20})?$' then (${amount})::numeric end)`;
    }
    case 'date':
      return sql`(case when ${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then ${text} collate "C" end)`;
    default:
      return sql`(case when jsonb_typeof(${json}) in ('string', 'number', 'boolean') then ${text} end)`;
  }
}
