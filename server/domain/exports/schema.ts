import { z } from 'zod';
import { listCompaniesInput } from '../companies/schema.ts';
import { listContactsInput } from '../contacts/schema.ts';
import { listCreatorsInput } from '../creators/schema.ts';
import { listDealsInput } from '../deals/schema.ts';
import { text } from '../records/schema.ts';

export const exportedNouns = ['companies', 'contacts', 'deals', 'creators'] as const;
export type ExportedNoun = (typeof exportedNouns)[number];

const paging = {
  /** The columns of a list, by name and in their order; a width behind a colon says nothing here. All unless said. */
  columns: text(4000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
};

/** A noun's list, with its filters and its order. */
export const exportInputs = {
  companies: listCompaniesInput.extend(paging),
  contacts: listContactsInput.extend(paging),
  deals: listDealsInput.extend(paging),
  creators: listCreatorsInput.extend(paging),
} as const;
export type ExportInput<N extends ExportedNoun> = z.infer<(typeof exportInputs)[N]>;

export const exportPage = z.object({
  /** CSV (RFC 4180); the first page begins with a byte order mark and the header. */
  csv: z.string(),
  rows: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type ExportPage = z.infer<typeof exportPage>;

export const recordExportInput = z.strictObject({
  noun: z.enum(exportedNouns),
  /** How many rows the file got. */
  count: z.number().int().min(0),
  /** The list's query string. */
  query: text(8000),
});
export type RecordExportInput = z.infer<typeof recordExportInput>;

export const recordedExport = z.object({ count: z.number().int() });
