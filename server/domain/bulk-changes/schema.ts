import { z } from 'zod';
import type { Issue } from '../../kernel/errors.ts';
import { companySizes, companyTypes, listCompaniesInput } from '../companies/schema.ts';
import { contactStatuses, contactTypes, listContactsInput } from '../contacts/schema.ts';
import { dealStages, dealStatuses, listDealsInput, recurringTypes } from '../deals/schema.ts';
import { day, id, recordInput, requiredText, text } from '../records/schema.ts';
import { listTasksInput, taskPriorities } from '../tasks/schema.ts';

/** The most records that one change takes; whoever has more narrows the list. */
export const MOST_RECORDS = 10_000;

export const bulkNouns = ['COMPANY', 'CONTACT', 'DEAL', 'TASK'] as const;
export type BulkNoun = (typeof bulkNouns)[number];

const { brandId, ownerId, customFields } = recordInput;
const ownership = { brandId, ownerId };

/** What may be set on many records of a noun at once, by the names of the noun's own input. */
export const settable = {
  COMPANY: z.strictObject({
    ...ownership,
    customFields,
    type: z.enum(companyTypes).optional(),
    size: z.enum(companySizes).nullish(),
    industry: text(200).nullish(),
    city: text(200).nullish(),
    state: text(200).nullish(),
    country: text(200).nullish(),
  }),
  CONTACT: z.strictObject({
    ...ownership,
    customFields,
    companyId: id.nullish(),
    type: z.enum(contactTypes).optional(),
    status: z.enum(contactStatuses).optional(),
    title: text(200).nullish(),
    department: text(200).nullish(),
    source: text(200).nullish(),
  }),
  DEAL: z.strictObject({
    ...ownership,
    customFields,
    companyId: id.nullish(),
    contactId: id.nullish(),
    stage: z.enum(dealStages).optional(),
    status: z.enum(dealStatuses).optional(),
    /** Why the deals were closed; of stage CLOSED alone. */
    reason: text(4000).nullish(),
    probability: z.number().int().min(0).max(100).optional(),
    recurringType: z.enum(recurringTypes).optional(),
    expectedCloseOn: day.nullish(),
  }),
  TASK: z.strictObject({
    brandId,
    assigneeId: id.nullish(),
    priority: z.enum(taskPriorities).optional(),
    dueOn: day.optional(),
  }),
} as const satisfies Record<BulkNoun, z.ZodType>;

export type SetFields = {
  [N in BulkNoun]: z.infer<(typeof settable)[N]>;
};

/** A noun's list as it is asked for elsewhere, without its pages. */
export const lists = {
  COMPANY: listCompaniesInput,
  CONTACT: listContactsInput,
  DEAL: listDealsInput,
  TASK: listTasksInput,
} as const;

const fields = z.record(z.string(), z.unknown());
const tags = z.array(requiredText(100)).min(1).max(100);

const selection = z.union(
  [
    z.strictObject({
      recordIds: z
        .array(id)
        .min(1, 'Choose at least one record.')
        .max(MOST_RECORDS, `At most ${MOST_RECORDS} at a time.`),
    }),
    z.strictObject({
      /** The noun's own list input, without cursor and limit: all that match, at most 10,000. */
      list: fields,
      /** How many the caller saw; another number now is a conflict, and nothing is changed. */
      expectedCount: z.number().int().nonnegative().optional(),
    }),
  ],
  'Send recordIds, or list.',
);

const change = z.strictObject({
  /** Fields by the names of the noun's own input. */
  set: fields.optional(),
  addTags: tags.optional(),
  removeTags: tags.optional(),
  /** Into the recycle bin. */
  archive: z.literal(true).optional(),
  /** Back from the recycle bin. */
  restore: z.literal(true).optional(),
});
export type BulkChange = z.infer<typeof change>;

/** What is wrong with a value, each unknown field at its own place. */
function issuesOf(schema: z.ZodType, value: unknown): { path: string[]; message: string }[] {
  return (schema.safeParse(value).error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key], message: 'There is no such field here.' }));
  });
}

export const createBulkChangeInput = z.strictObject({ noun: z.enum(bulkNouns), selection, change });
export type CreateBulkChangeInput = z.infer<typeof createBulkChangeInput>;

/** What is wrong with a change of this noun: its fields and its list are those of the noun, and it does one thing. */
export function problemsOf({ noun, selection, change }: CreateBulkChangeInput): Issue[] {
  const { set, addTags, removeTags, archive, restore } = change;
  const issues: Issue[] = [];
  const report = (path: readonly string[], message: string) => issues.push({ path: path.join('.'), message });
  const edits = [set && Object.keys(set).length > 0, addTags, removeTags].filter(Boolean).length;
  if (edits === 0 && !archive && !restore) report(['change'], 'Say what to change.');
  if ([edits > 0, archive, restore].filter(Boolean).length > 1)
    report(['change'], 'Change fields, delete or restore: one at a time.');
  for (const name of noun === 'DEAL' ? ['status', 'reason'] : [])
    if (set && name in set && !('stage' in set))
      report(['change', 'set', name], 'Send it with stage: it is of a move.');
  const judge = (path: string[], schema: z.ZodType, value: unknown) => {
    for (const { path: place, message } of issuesOf(schema, value)) report([...path, ...place], message);
  };
  judge(['change', 'set'], settable[noun], set ?? {});
  if (!('list' in selection)) return issues;
  for (const name of ['cursor', 'limit'])
    if (name in selection.list) report(['selection', 'list', name], 'A change is of all that match.');
  judge(['selection', 'list'], lists[noun], selection.list);
  return issues;
}

export const refusalCodes = [
  'NOT_FOUND',
  'IN_RECYCLE_BIN',
  'NOT_YOURS',
  'OUT_OF_REACH',
  'STAGE_FIELDS',
  'TOO_MANY_TAGS',
  'NOT_FITTING',
  'CHANGED_SINCE',
] as const;

/** Why some of the records stayed as they were: `recordIds` are the first twenty. */
export const refusedRecords = z.object({
  code: z.enum(refusalCodes),
  reason: z.string(),
  count: z.number().int(),
  recordIds: z.array(z.string()),
});
export type RefusedRecords = z.infer<typeof refusedRecords>;

export const bulkChange = z.object({
  /** For undoing it within a minute; null where nothing was changed. */
  bulkChangeId: z.string().nullable(),
  matched: z.number().int(),
  changed: z.number().int(),
  /** Those that were so already. */
  unchanged: z.number().int(),
  refused: z.array(refusedRecords),
});
export type BulkChangeResult = z.infer<typeof bulkChange>;

export const bulkChangeRef = z.strictObject({ bulkChangeId: id });

export const undoneBulkChange = z.object({
  restored: z.number().int(),
  refused: z.array(refusedRecords),
});
export type UndoneBulkChange = z.infer<typeof undoneBulkChange>;
