import { z } from 'zod';
import { id, listInput, pageOf, requiredText } from '../records/schema.ts';
import { importKinds } from './fields.ts';
import { encodings, mapping, mappingOverrides } from './mapping.ts';

// Pages import a noun's schema and nothing else of its folder.
export type { AdField } from './ad-metrics/fields.ts';
export type { AdFile, AdFileGuide, AdReport, CreateAdFileInput } from './ad-metrics/schema.ts';
export { type ImportKind, importKinds } from './fields.ts';
export { dateOrders, encodings, type Mapping, type MappingOverrides } from './mapping.ts';

/** A larger file is cut in two by its owner; the bytes are held in memory while they are read. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** What a file may hold: records, or figures of an ad account. */
export const fileKinds = [...importKinds, 'ad-metrics'] as const;
export type FileKind = (typeof fileKinds)[number];

export const importStatuses = ['CHECKING', 'CHECKED', 'RUNNING', 'STOPPED', 'DONE', 'FAILED'] as const;

/** What a person should know before the rows come in: nothing is ignored, renamed or assumed without saying so. */
export const note = z.object({
  kind: z.enum([
    'mapping',
    'alias',
    'ignored-column',
    'missing-column',
    'blank-rows',
    'currency',
    'rounded',
    'ad-figures',
  ]),
  text: z.string(),
  /** How many rows it concerns, where it concerns rows. */
  count: z.number().int().nullable(),
});
export type Note = z.infer<typeof note>;

export const createImportInput = z.strictObject({
  /** May be left out where a mapping is given, or a built-in one fits the header. */
  kind: z.enum(importKinds).optional(),
  fileName: requiredText(255),
  /** Bytes, so that the JSON door cannot take one: an upload comes as a form. */
  content: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Send the file itself.'),
  mapping: mapping.optional(),
  overrides: mappingOverrides.default({}),
});
export type CreateImportInput = z.infer<typeof createImportInput>;

export const recheckInput = z.strictObject({
  importId: id,
  mapping: mapping.optional(),
  overrides: mappingOverrides.default({}),
});
export type RecheckInput = z.infer<typeof recheckInput>;

export const importRef = z.strictObject({ importId: id });

export const previewInput = z.strictObject({ importId: id, overrides: mappingOverrides.default({}) });

const { cursor, limit } = listInput;
export const listImportsInput = z.strictObject({ cursor, limit });
export const listRefusalsInput = z.strictObject({
  importId: id,
  limit,
  /** The last line of the page before. */
  afterLine: z.coerce.number().int().min(0).default(0),
});

/** While it is checked the counts say what would happen; once it runs, what did. */
export const importRecord = z.object({
  id: z.string(),
  kind: z.enum(fileKinds),
  fileName: z.string(),
  fileBytes: z.number().int(),
  status: z.enum(importStatuses),
  /** Rows of the file, refused ones included; null until it was read to its end. */
  rowsTotal: z.number().int().nullable(),
  rowsDone: z.number().int(),
  rowsCreated: z.number().int(),
  rowsUpdated: z.number().int(),
  rowsUnchanged: z.number().int(),
  rowsRefused: z.number().int(),
  /** Why the file as a whole cannot be read or its import cannot go on. */
  error: z.string().nullable(),
  notes: z.array(note),
  /** null for ad figures: imports.adFile says how they are read. */
  mapping: mapping.nullable(),
  createdById: z.string().nullable(),
  createdAt: z.string(),
  /** Null while nothing was written. */
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type Import = z.infer<typeof importRecord>;

export const importPage = pageOf(importRecord);

export const refusal = z.object({
  /** Where the row begins in the file; lines count from 1. */
  line: z.number().int(),
  reasons: z.array(z.string()),
  cells: z.array(z.string()),
});
export type Refusal = z.infer<typeof refusal>;

export const refusalPage = z.object({
  header: z.array(z.string()),
  items: z.array(refusal),
  /** For the next page; null at the end. */
  nextAfterLine: z.number().int().nullable(),
});

export const refusalsFile = z.object({ fileName: z.string(), csv: z.string() });

/** A file's own columns with some of its cells, for the page that maps them. */
export const preview = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  header: z.array(z.string()),
  samples: z.array(z.array(z.string())),
});
export type Preview = z.infer<typeof preview>;

export const mappingGuide = z.object({
  /** What a file's encoding may be said to be. */
  encodings: z.array(z.enum(encodings)),
  kinds: z.array(
    z.object({
      kind: z.enum(importKinds),
      matchKeys: z.array(z.string()),
      fields: z.array(
        z.object({
          field: z.string(),
          label: z.string(),
          type: z.string(),
          words: z.array(z.string()),
          isRequired: z.boolean(),
        }),
      ),
    }),
  ),
  builtIn: z.array(mapping),
});
export type MappingGuide = z.infer<typeof mappingGuide>;
