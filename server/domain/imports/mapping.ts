import { z } from 'zod';
import { currency } from '../records/schema.ts';
import { fieldNames, type ImportKind, importKinds, kindSpecs, matchKeys } from './fields.ts';

/** The encodings that a mapping may name (labels of the WHATWG Encoding Standard). */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-2',
  'iso-8859-7',
  'iso-8859-15',
  'macintosh',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type Encoding = (typeof encodings)[number];

export const dateOrders = ['M/D/Y', 'D/M/Y', 'Y-M-D'] as const;
export type DateOrder = (typeof dateOrders)[number];

const name = z.string().min(1).max(200);
const word = z.string().max(1000);
const oneOrMore = z.union([name, z.array(name).min(1).max(10)]);

/** What a word of the file stands for: one value, none, or values of several fields at once. */
const meaning = z.union([word, z.null(), z.record(name, word)]);

const shape = {
  name: name.optional(),
  kind: z.enum(importKinds),
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  dateOrder: z.enum(dateOrders).default('Y-M-D'),
  decimal: z.enum(['.', ',']).default('.'),
  /** Between the items of a cell that holds a list; without it, see splitList. */
  listSeparator: z.string().min(1).max(3).optional(),
  currency: currency.optional(),
  columns: z.record(z.string().max(1000), oneOrMore.nullable()),
  values: z.record(name, z.record(word, meaning)).default({}),
  aliases: z.record(name, z.record(word, word)).default({}),
  defaults: z.record(name, word).default({}),
  customTypes: z.record(name, z.enum(['text', 'number'])).default({}),
  references: z
    .strictObject({
      company: z.enum(['name', 'externalId']).optional(),
      contact: z.enum(['email', 'name', 'externalId']).optional(),
    })
    .default({}),
  matchKey: z.enum(matchKeys).optional(),
  nameTemplates: z.array(z.string().min(1).max(500)).max(10).default([]),
};

/** How the columns and words of one kind of file become fields and values of ours. docs/imports.md describes it. */
export const mapping = z.strictObject(shape).superRefine((document, context) => {
  for (const { path, field } of namedFields(document)) {
    if (isField(document.kind, field)) continue;
    const known = fieldNames(document.kind).join(', ');
    context.addIssue({
      code: 'custom',
      path,
      message: `"${field}" is no field of ${kindSpecs[document.kind].nouns}. Known: ${known}, custom:<key>.`,
    });
  }
  const { matchKey, kind } = document;
  if (matchKey && !kindSpecs[kind].matchKeys.includes(matchKey)) {
    const message = `${kindSpecs[kind].nouns} are matched by ${kindSpecs[kind].matchKeys.join(' or ')}.`;
    context.addIssue({ code: 'custom', path: ['matchKey'], message });
  }
});
export type Mapping = z.output<typeof mapping>;
export type MappingInput = z.input<typeof mapping>;

/** What a person may say of a file without writing a mapping; it goes over what the mapping says. */
export const mappingOverrides = z.strictObject({
  encoding: shape.encoding,
  delimiter: shape.delimiter,
  dateOrder: z.enum(dateOrders).optional(),
  decimal: z.enum(['.', ',']).optional(),
  currency: shape.currency,
  /** The slug, name or id of the brand that the rows belong to, where they do not say one themselves. */
  brand: name.optional(),
});
export type MappingOverrides = z.infer<typeof mappingOverrides>;

const DEFAULT_SEPARATOR = ';';
/** Categories and tags of a creator are single words or short phrases, which people list in any of these ways. */
const CREATOR_SEPARATORS = /[,;،]/u;
const creatorWordLists: ReadonlySet<string> = new Set(['categories', 'tags']);

/** The items of a cell that holds a list: what the mapping says parts them, else what is usual for the field. */
export function splitList({ kind, listSeparator }: Mapping, field: string, text: string): string[] {
  const usual = kind === 'creators' && creatorWordLists.has(field) ? CREATOR_SEPARATORS : DEFAULT_SEPARATOR;
  return text.split(listSeparator ?? usual).flatMap((item) => item.trim() || []);
}

export function isField(kind: ImportKind, field: string): boolean {
  return /^custom:(?!__proto__$).{1,100}$/s.test(field) || Object.hasOwn(kindSpecs[kind].fields, field);
}

/** The fields that a column's target names. */
export function targetsOf(target: string | string[] | null | undefined): string[] {
  if (target === null || target === undefined) return [];
  return typeof target === 'string' ? [target] : target;
}

interface Named {
  path: string[];
  field: string;
}

function namedFields(document: {
  columns: Record<string, string | string[] | null>;
  values: Record<string, Record<string, unknown>>;
  aliases: Record<string, unknown>;
  defaults: Record<string, unknown>;
  customTypes: Record<string, unknown>;
  nameTemplates: string[];
}): Named[] {
  const inColumns = Object.entries(document.columns).flatMap(([header, target]) =>
    targetsOf(target).map((field) => ({ path: ['columns', header], field })),
  );
  const inMeanings = Object.entries(document.values).flatMap(([field, words]) =>
    Object.entries(words).flatMap(([text, meant]) =>
      meant !== null && typeof meant === 'object'
        ? Object.keys(meant).map((other) => ({ path: ['values', field, text], field: other }))
        : [],
    ),
  );
  const inKeys = (['values', 'aliases', 'defaults', 'customTypes'] as const).flatMap((part) =>
    Object.keys(document[part]).map((field) => ({ path: [part], field })),
  );
  const inTemplates = document.nameTemplates
    .flatMap(templateFields)
    .map((field) => ({ path: ['nameTemplates'], field }));
  return [...inColumns, ...inMeanings, ...inKeys, ...inTemplates];
}

/** The fields in braces of a template such as "{custom:product} for {company}". */
export function templateFields(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, field = '']) => field);
}
