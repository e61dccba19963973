import { z } from 'zod';
import { attachment, uploadIds } from '../attachments/schema.ts';
import { expectedVersion, flag, id, listInput, pageOf, requiredText } from '../records/schema.ts';

const content = requiredText(100_000).refine((value) => value.trim() !== '', 'Write something first.');

const openness = {
  /** Its author alone reads it: no owner, no admin, nobody else. */
  isPrivate: flag.optional(),
  /** The client's own login reads it too. */
  isShared: flag.optional(),
};

export const createNoteInput = z.strictObject({
  /** Markdown, kept as it was written; a mention is [@Name](user:ID). */
  content,
  companyId: id.nullish(),
  contactId: id.nullish(),
  dealId: id.nullish(),
  campaignId: id.nullish(),
  ...openness,
  uploadIds,
});
export type CreateNoteInput = z.infer<typeof createNoteInput>;

export const updateNoteInput = z.strictObject({
  noteId: id,
  content: content.optional(),
  ...openness,
  uploadIds,
  expectedVersion,
  /** The content as the person saw it: another's change of it since is a conflict, another's of the rest is none. */
  base: z.strictObject({ content: z.string().optional() }).optional(),
});
export type UpdateNoteInput = z.infer<typeof updateNoteInput>;

export const noteRef = z.strictObject({ noteId: id });
export const noteChange = z.strictObject({ noteId: id, expectedVersion });

const { q, cursor, limit, updatedSince, deleted } = listInput;

export const listNotesInput = z.strictObject({
  companyId: id.optional(),
  contactId: id.optional(),
  dealId: id.optional(),
  campaignId: id.optional(),
  q,
  cursor,
  limit,
  updatedSince,
  deleted,
  sort: z.enum(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt']).default('-createdAt'),
});
export type ListNotesInput = z.infer<typeof listNotesInput>;

const person = z.object({ userId: z.string(), name: z.string() });

export const note = z.object({
  id: z.string(),
  content: z.string(),
  companyId: z.string().nullable(),
  contactId: z.string().nullable(),
  dealId: z.string().nullable(),
  campaignId: z.string().nullable(),
  brandId: z.string().nullable(),
  isPrivate: z.boolean(),
  isShared: z.boolean(),
  /** Whether the reader may change it. */
  isEditable: z.boolean(),
  createdById: z.string().nullable(),
  authorName: z.string().nullable(),
  /** The members whom the content mentions. Any other mention is plain text. */
  mentions: z.array(person),
  attachments: z.array(attachment),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Note = z.infer<typeof note>;

export const notePage = pageOf(note);

/** A note that was just written: `unreached` are mentioned now, cannot read it, and were not told. */
export const writtenNote = note.extend({ unreached: z.array(person) });
export type WrittenNote = z.infer<typeof writtenNote>;
