import { companySizes, companyTypes } from '../companies/schema.ts';
import { contactStatuses, contactTypes } from '../contacts/schema.ts';
import { creatorImportFields } from './creators/fields.ts';
import { dealStages, dealStatuses, recurringTypes } from '../deals/schema.ts';

/** What a file may hold: the noun of its rows. */
export const importKinds = ['companies', 'contacts', 'deals', 'creators'] as const;
export type ImportKind = (typeof importKinds)[number];
/** The kinds of which a row is one record of one table; a creator is a person, a creator and accounts. */
export type RecordKind = Exclude<ImportKind, 'creators'>;

/** By which field a row finds the record that it stands for. */
export const matchKeys = ['externalId', 'name', 'email'] as const;
export type MatchKey = (typeof matchKeys)[number];

/** How a cell is read. `people` is a head count that becomes a size; the last four refer to another record. */
export type FieldType =
  | 'text'
  | 'list'
  | 'word'
  | 'people'
  | 'day'
  | 'decimal'
  | 'integer'
  /** A count as people write it: 845.8K. */
  | 'count'
  /** A percentage, kept as a ratio. */
  | 'rate'
  | 'platform'
  | 'company'
  | 'contact'
  | 'member'
  | 'brand';

export interface Field {
  label: string;
  type: FieldType;
  /** Of a `word` or `people`: the values that it may become. */
  words?: readonly string[];
}

export interface KindSpec {
  noun: string;
  nouns: string;
  fields: Readonly<Record<string, Field>>;
  /** Without one of these nothing can be created. */
  required: readonly string[];
  /** The first that a mapping's columns hold is the match key unless it names one. */
  matchKeys: readonly MatchKey[];
}

const text = (label: string): Field => ({ label, type: 'text' });
const words = (label: string, values: readonly string[]): Field => ({ label, type: 'word', words: values });

const ownership = {
  externalId: text('External id'),
  tags: { label: 'Tags', type: 'list' },
  brand: { label: 'Brand', type: 'brand' },
  owner: { label: 'Owner', type: 'member' },
} as const satisfies Record<string, Field>;

const companies: KindSpec = {
  noun: 'company',
  nouns: 'companies',
  required: ['name'],
  matchKeys: ['externalId', 'name'],
  fields: {
    name: text('Name'),
    legalName: text('Legal name'),
    industry: text('Industry'),
    website: text('Website'),
    domains: { label: 'Domains', type: 'list' },
    logoUrl: text('Logo'),
    size: { label: 'Size', type: 'people', words: companySizes },
    type: words('Type', companyTypes),
    email: text('Email'),
    phone: text('Phone'),
    street: text('Street'),
    city: text('City'),
    state: text('State'),
    country: text('Country'),
    postalCode: text('Postal code'),
    linkedinUrl: text('LinkedIn'),
    xHandle: text('X handle'),
    ...ownership,
  },
};

const contacts: KindSpec = {
  noun: 'contact',
  nouns: 'contacts',
  required: ['firstName', 'lastName'],
  matchKeys: ['externalId', 'email', 'name'],
  fields: {
    firstName: text('First name'),
    lastName: text('Last name'),
    emails: { label: 'Emails', type: 'list' },
    phones: { label: 'Phones', type: 'list' },
    mobile: text('Mobile'),
    avatarUrl: text('Picture'),
    title: text('Title'),
    department: text('Department'),
    type: words('Type', contactTypes),
    status: words('Status', contactStatuses),
    source: text('Source'),
    linkedinUrl: text('LinkedIn'),
    xHandle: text('X handle'),
    company: { label: 'Company', type: 'company' },
    ...ownership,
  },
};

const deals: KindSpec = {
  noun: 'deal',
  nouns: 'deals',
  required: ['name'],
  matchKeys: ['externalId', 'name'],
  fields: {
    name: text('Name'),
    description: text('Description'),
    company: { label: 'Company', type: 'company' },
    contact: { label: 'Contact', type: 'contact' },
    stage: words('Stage', dealStages),
    status: words('Status', dealStatuses),
    probability: { label: 'Probability', type: 'integer' },
    amount: { label: 'Amount', type: 'decimal' },
    currency: text('Currency'),
    recurringType: words('Recurring', recurringTypes),
    openedOn: { label: 'Opened on', type: 'day' },
    expectedCloseOn: { label: 'Expected close', type: 'day' },
    closedOn: { label: 'Closed on', type: 'day' },
    /** The day of closing of a closed deal, the expected one of an open deal. */
    closeOn: { label: 'Close date', type: 'day' },
    closeReason: text('Reason'),
    ...ownership,
  },
};

const creators: KindSpec = {
  noun: 'creator',
  nouns: 'creators',
  // What a row needs is decided row by row: see creators/read.ts.
  required: [],
  matchKeys: ['name'],
  fields: { ...creatorImportFields, ...ownership },
};

/** Every kind with its fields. What a field may hold is the rule of the noun's own schema. */
export const kindSpecs: Readonly<Record<ImportKind, KindSpec>> = {
  companies,
  contacts,
  deals,
  creators,
};

export function fieldNames(kind: ImportKind): string[] {
  return Object.keys(kindSpecs[kind].fields);
}

/** A field's name for people: its label, or the key of a custom field. */
export function fieldLabel(kind: ImportKind, field: string): string {
  return kindSpecs[kind].fields[field]?.label ?? field.replace(/^custom:/, '');
}
