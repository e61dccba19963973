import { z } from 'zod';
import { company } from '../companies/schema.ts';
import { contact } from '../contacts/schema.ts';
import { expectedVersion, flag, id, requiredText } from '../records/schema.ts';

/** Whose value a field gets. `both` is for lists alone, and what they get unless said otherwise. */
export const mergeChoices = ['keep', 'merge', 'both'] as const;
export type MergeChoice = (typeof mergeChoices)[number];

const choices = z.record(requiredText(200), z.enum(mergeChoices)).optional();

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
  z.null(),
]);

/** One field of both records, and what it becomes. One of the agency's own fields is named customFields.<key>. */
export const mergeField = z.object({
  field: z.string(),
  isList: z.boolean(),
  kept: value,
  merged: value,
  differs: z.boolean(),
  /** Both lists as one; null for what is no list. */
  both: z.array(z.unknown()).nullable(),
  choice: z.enum(mergeChoices),
  result: value,
});
export type MergeField = z.infer<typeof mergeField>;

/** How many rows of each table refer to the merged record, as far as the asker sees them. */
export const mergeMoves = z.array(z.object({ table: z.string(), count: z.number().int() }));
export type MergeMoves = z.infer<typeof mergeMoves>;

const versions = {
  /** The kept record's version that the choice was based on; at the REST door it comes from If-Match. */
  expectedVersion,
  expectedMergedVersion: expectedVersion,
};

export const previewContactMergeInput = z.strictObject({ contactId: id, mergedContactId: id, choices });
export const previewCompanyMergeInput = z.strictObject({ companyId: id, mergedCompanyId: id, choices });

const dryRun = {
  /** true writes nothing and answers what would become of it. */
  dryRun: flag.optional(),
};
export const mergeContactInput = z.strictObject({
  ...previewContactMergeInput.shape,
  ...versions,
  ...dryRun,
});
export const mergeCompanyInput = z.strictObject({
  ...previewCompanyMergeInput.shape,
  ...versions,
  ...dryRun,
});

const plan = { fields: z.array(mergeField), moves: mergeMoves };

/** What a merge of two records would come to; `names` are those of the records that fields refer to. */
export const mergePreview = z.object({
  ...plan,
  kept: z.object({ id: z.string(), name: z.string(), version: z.number().int(), createdAt: z.string() }),
  merged: z.object({ id: z.string(), name: z.string(), version: z.number().int(), createdAt: z.string() }),
  /** How many rows of each table refer to the kept record already, as far as the asker sees them. */
  stays: mergeMoves,
  names: z.record(z.string(), z.string()),
});
export type MergePreview = z.infer<typeof mergePreview>;

/** `mergeId` is null where nothing was written. */
const done = { mergeId: z.string().nullable(), ...plan };
export const mergedContact = z.object({ ...done, contact });
export const mergedCompany = z.object({ ...done, company });

export const mergeRef = z.strictObject({ mergeId: id });
/** A merge that was undone: the record that was kept, and the one that came back. */
export const undoneMerge = z.object({
  noun: z.enum(['CONTACT', 'COMPANY']),
  keptId: z.string(),
  mergedId: z.string(),
});
export type UndoneMerge = z.infer<typeof undoneMerge>;

/** The last merge into a record that stands, where there is one. */
export const lastMerge = z.object({ mergeId: z.string(), mergedName: z.string() }).nullable();
