import type { CustomField } from '../../../server/domain/custom-fields/schema.ts';
import { isMoney } from '../records/field-specs.ts';
import { customCurrencyName, customFieldName } from '../../lib/custom-field-names.ts';

/** What forms need of a definition. */
export type FormField = Pick<CustomField, 'key' | 'label' | 'kind' | 'options' | 'hint'>;

/** Values by key, as a record holds them. */
export type CustomValues = Readonly<Record<string, unknown>>;

/** A value as the text of an input; '' for none. */
export function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isMoney(value)) return value.amount;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function currencyOf(value: unknown): string {
  return isMoney(value) ? value.currency : '';
}

/** The options that a SEVERAL holds, those that are no longer offered too. */
export function optionsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : toText(value) === '' ? [] : [toText(value)];
}

/** What the inputs of these fields show of a record: its form's base, see EditBase. */
export function shownCustomFields(
  fields: readonly FormField[],
  values: CustomValues,
): Record<string, string | string[]> {
  return Object.fromEntries(
    fields.flatMap(({ key, kind }): [string, string | string[]][] => {
      const name = customFieldName(key);
      const value = values[key];
      // The empty one says that the field was there, though nothing was chosen.
      if (kind === 'SEVERAL') return [[name, ['', ...optionsIn(value)]]];
      if (kind !== 'MONEY') return [[name, toText(value)]];
      return [
        [name, toText(value)],
        [customCurrencyName(key), currencyOf(value)],
      ];
    }),
  );
}
