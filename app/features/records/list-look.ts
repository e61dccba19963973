import type { ReactNode } from 'react';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import type { CustomFieldKind } from '../../../server/domain/custom-fields/schema.ts';
import type { FieldSpecs } from './field-specs.ts';

export type CellValue =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | readonly object[]
  | { amount: string; currency: string };

/** A record as a list shows it: the fields of its columns and no more. */
export interface ListRow {
  id: string;
  version: number;
  name: string;
  [field: string]: CellValue | undefined;
}

export interface CellWords {
  /** What ids are called. */
  names: Readonly<Record<string, string>>;
  now: string;
  timeZone: string;
}

export interface ColumnLook {
  /** In pixels; 160 unless said. */
  width?: number;
  className?: string;
  /** Return text or one plain element. */
  cell?: (row: ListRow, words: CellWords) => ReactNode;
  /** Fields that the cell reads beside its own. */
  alsoReads?: readonly string[];
}

/** What one noun's list is: its words, its fields and how it begins. */
export interface ListLook {
  noun: 'COMPANY' | 'CONTACT' | 'DEAL' | 'CREATOR';
  label: string;
  one: string;
  many: string;
  path: string;
  fields: readonly FieldDefinition[];
  /** What is shown in columns beside the fields, and asked for by no condition. */
  extraColumns?: readonly FieldDefinition[];
  specs: FieldSpecs;
  /** The columns that stand without being chosen; the first is always the name. */
  columns: readonly string[];
  looks: Readonly<Record<string, ColumnLook>>;
  /** Filters of one value that stand in the address under their own names. */
  filters: readonly string[];
  /** Such a filter in words, where its field's own would not do. */
  filterWords?: (name: string, value: string, names: Readonly<Record<string, string>>) => string | null;
  sort: string;
  /** Where its file is exported. */
  exportPath: string;
}

const typeOfKind = {
  TEXT: 'text',
  NUMBER: 'number',
  MONEY: 'money',
  DATE: 'date',
  CHOICE: 'choice',
  SEVERAL: 'several',
  USER: 'user',
} as const satisfies Record<CustomFieldKind, FieldDefinition['type']>;

export interface OwnField {
  key: string;
  label: string;
  kind: CustomFieldKind;
  options: string[];
}

/** Everything that a list has columns of. */
export function allColumns(
  look: Pick<ListLook, 'fields' | 'extraColumns'>,
  own: readonly OwnField[],
): readonly FieldDefinition[] {
  return [...allFields(look, own), ...(look.extraColumns ?? [])];
}

/** The fields of a list, those that the agency added behind the noun's own. */
export function allFields(
  look: Pick<ListLook, 'fields'>,
  own: readonly OwnField[],
): readonly FieldDefinition[] {
  return [
    ...look.fields,
    ...own.map(({ key, label, kind, options }): FieldDefinition => ({
      name: `customFields.${key}`,
      label,
      type: typeOfKind[kind],
      ...(options.length > 0 && { choices: options }),
      isSortable: kind !== 'SEVERAL' && kind !== 'USER',
    })),
  ];
}
