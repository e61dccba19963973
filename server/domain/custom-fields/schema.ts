import { z } from 'zod';
import { expectedVersion, flag, id, listInput, pageOf, requiredText, text } from '../records/schema.ts';

/** The nouns that an agency adds fields to. */
export const customFieldNouns = ['COMPANY', 'CONTACT', 'DEAL', 'CREATOR', 'CAMPAIGN'] as const;
export type CustomFieldNoun = (typeof customFieldNouns)[number];

/**
 * What a field holds: TEXT a text, NUMBER a number, MONEY { amount, currency }, DATE a day (YYYY-MM-DD), CHOICE one of the
 * options, SEVERAL a list of them, USER the id of a member.
 */
export const customFieldKinds = ['TEXT', 'NUMBER', 'MONEY', 'DATE', 'CHOICE', 'SEVERAL', 'USER'] as const;
export type CustomFieldKind = (typeof customFieldKinds)[number];

const options = z
  .array(requiredText(200))
  .max(200, 'At most 200 options.')
  .refine((texts) => new Set(texts).size === texts.length, 'Each option once.');

const key = z
  .string()
  .min(1, 'This is required.')
  .max(100, 'At most 100 characters.')
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'Write text here.')
  .refine((value) => value !== '__proto__', 'This name is taken.');

export const createCustomFieldInput = z.strictObject({
  noun: z.enum(customFieldNouns),
  label: requiredText(200),
  kind: z.enum(customFieldKinds),
  /** Where the values stand in a record's customFields. Made of the label unless said; it never changes. */
  key: key.optional(),
  hint: text(500).nullish(),
  /** Of CHOICE and SEVERAL alone, which need one at least. */
  options: options.optional(),
});
export type CreateCustomFieldInput = z.infer<typeof createCustomFieldInput>;

export const updateCustomFieldInput = z.strictObject({
  customFieldId: id,
  label: requiredText(200).optional(),
  hint: text(500).nullish(),
  /** All options as they are to be, in their order. */
  options: options.optional(),
  /** What becomes of an option that is taken away while records say it: another option, or null to clear it there. */
  replacements: z.record(z.string().max(200), requiredText(200).nullable()).optional(),
  /** The place among the noun's fields, from 0. */
  position: z.number().int().min(0).max(1000).optional(),
  expectedVersion,
});
export type UpdateCustomFieldInput = z.infer<typeof updateCustomFieldInput>;

export const customFieldChange = z.strictObject({ customFieldId: id, expectedVersion });

export const listCustomFieldsInput = z.strictObject({
  noun: z.enum(customFieldNouns).optional(),
  /** true shows the archived ones instead. */
  deleted: flag.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit.default(200),
});
export type ListCustomFieldsInput = z.infer<typeof listCustomFieldsInput>;

export const customField = z.object({
  id: z.string(),
  noun: z.enum(customFieldNouns),
  key: z.string(),
  label: z.string(),
  kind: z.enum(customFieldKinds),
  options: z.array(z.string()),
  hint: z.string().nullable(),
  position: z.number().int(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CustomField = z.infer<typeof customField>;

/** All of them: an agency has tens, not thousands. */
export const customFieldPage = pageOf(customField);

/** What changed in the field, and in how many records. */
export const changedCustomField = customField.extend({ changedRecords: z.number().int() });
export type ChangedCustomField = z.infer<typeof changedCustomField>;

export const customFieldUsesInput = z.strictObject({ noun: z.enum(customFieldNouns) });

/** A key that records hold, whether or not a field is defined for it. */
export const customFieldUse = z.object({
  key: z.string(),
  /** How many records have a value under it. */
  count: z.number().int(),
  isDefined: z.boolean(),
  /** What fits all its values. */
  suggestedKind: z.enum(customFieldKinds),
  /** A few of its values, as text. */
  examples: z.array(z.string()),
});
export type CustomFieldUse = z.infer<typeof customFieldUse>;

export const customFieldRef = z.strictObject({ customFieldId: id });

export const customFieldOptionUsesInput = z.strictObject({ noun: z.enum(customFieldNouns), key });
export const customFieldOptionUse = z.object({ option: z.string(), count: z.number().int() });
export type CustomFieldOptionUse = z.infer<typeof customFieldOptionUse>;
