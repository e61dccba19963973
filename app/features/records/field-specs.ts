import type { CustomField, CustomFieldKind } from '../../../server/domain/custom-fields/schema.ts';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatMoney,
  missing,
  type Money,
} from '../../lib/format.ts';

export type FieldKind =
  | 'text'
  | 'longText'
  | 'email'
  | 'url'
  | 'phone'
  | 'number'
  | 'percent'
  | 'money'
  | 'currency'
  | 'date'
  | 'instant'
  | 'choice'
  | 'several'
  | 'lines'
  | 'tags'
  | 'categories'
  | 'member'
  | 'brand'
  | 'company'
  | 'contact'
  | 'deal';

/** What pages know of a field: its words, how it is written and how it is read. The procedures judge its values. */
export interface FieldSpec {
  /** As the inputs name it; a key of the agency's own fields as `customFields.<key>`. */
  name: string;
  label: string;
  kind: FieldKind;
  /** Value to label, of a choice. */
  options?: Readonly<Record<string, string>>;
  /** A value must stand here. */
  isRequired?: boolean;
  /** Changed elsewhere: by a move, by the system. */
  isFixed?: boolean;
  /** Whose fields these are: tags are suggested from the noun's own. */
  noun: RecordNoun;
  /** The currency that an empty amount begins with. */
  currency?: string;
}

export type RecordNoun = 'COMPANY' | 'CONTACT' | 'DEAL' | 'CREATOR' | 'CAMPAIGN';

/** A spec as a noun's own file says it. */
export type NounFieldSpec = Omit<FieldSpec, 'noun'>;

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** A noun's specs by their names, with those that every record has. */
export function specsOf(noun: RecordNoun, specs: readonly NounFieldSpec[]): FieldSpecs {
  return Object.fromEntries([...specs, ...sharedFields].map((spec) => [spec.name, { ...spec, noun }]));
}

/** What every record has. */
const sharedFields: readonly NounFieldSpec[] = [
  { name: 'ownerId', label: 'Owner', kind: 'member' },
  { name: 'brandId', label: 'Brand', kind: 'brand' },
  { name: 'tags', label: 'Tags', kind: 'tags' },
  { name: 'externalId', label: 'External id', kind: 'text' },
  {
    name: 'isActive',
    label: 'In use',
    kind: 'choice',
    options: { true: 'Yes', false: 'Deleted' },
    isFixed: true,
  },
];

/** The spec of any field of a history: one that pages do not know is shown under its own words, and not written. */
export function specOf(specs: FieldSpecs, name: string): FieldSpec {
  const noun = specs.name?.noun ?? specs.firstName?.noun ?? 'COMPANY';
  return specs[name] ?? { name, label: toWords(name), kind: 'text', isFixed: true, noun };
}

/** The agency's own fields as specs, under `customFields.<key>`. */
export function customSpecs(fields: readonly CustomFieldWords[]): FieldSpecs {
  return Object.fromEntries(
    fields.map(({ key, label, kind, options, noun }) => {
      const name = `customFields.${key}`;
      const choices = Object.fromEntries(options.map((option) => [option, option]));
      return [name, { name, label, noun, kind: customKinds[kind], options: choices }];
    }),
  );
}

const customKinds = {
  TEXT: 'text',
  NUMBER: 'number',
  MONEY: 'money',
  DATE: 'date',
  CHOICE: 'choice',
  SEVERAL: 'several',
  USER: 'member',
} as const satisfies Record<CustomFieldKind, FieldKind>;

/** What a page knows of a field that the agency added. */
export type CustomFieldWords = Pick<CustomField, 'key' | 'label' | 'kind' | 'options' | 'noun'>;

function toWords(name: string): string {
  const words = name
    .replace(/^customFields\./, '')
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export interface ValueWords {
  /** What ids are called; an id without a name is somebody or something that the reader does not see. */
  names: Readonly<Record<string, string>>;
  timeZone: string;
}

/** A field's value in words, for a conflict, a history and an optimistic value. */
export function valueInWords(spec: FieldSpec, value: unknown, words: ValueWords): string {
  if (value === null || value === undefined || value === '') return missing;
  if (Array.isArray(value)) {
    if (value.length === 0) return missing;
    return value
      .map((item: unknown) =>
        valueInWords({ ...spec, kind: spec.kind === 'several' ? 'choice' : 'text' }, item, words),
      )
      .join(', ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (spec.kind) {
    case 'member':
    case 'brand':
    case 'company':
    case 'contact':
    case 'deal':
      return words.names[text] ?? 'Not yours to see';
    case 'choice':
      return spec.options?.[text] ?? text;
    case 'money':
      if (isMoney(value)) return formatMoney(value);
      // A history holds the amount alone.
      return /^\d+(\.\d+)?$/.test(text) ? formatCount(text) : text;
    case 'percent':
      return `${text}%`;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDate(text) : text;
    case 'instant':
      return Number.isNaN(Date.parse(text)) ? text : formatDateTime(text, words.timeZone);
    default:
      return text;
  }
}

export function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    typeof value.amount === 'string' &&
    'currency' in value &&
    typeof value.currency === 'string'
  );
}
