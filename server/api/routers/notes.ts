import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { attachUploads } from '../../domain/attachments/commands.ts';
import { requireUploads } from '../../domain/attachments/queries.ts';
import { createNote, setNoteActive, updateNote, type Written } from '../../domain/notes/commands.ts';
import { getNote, listNotes } from '../../domain/notes/queries.ts';
import {
  createNoteInput,
  listNotesInput,
  note,
  noteChange,
  notePage,
  noteRef,
  updateNoteInput,
  type WrittenNote,
  writtenNote,
} from '../../domain/notes/schema.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const notesRouter = router({
  list: tenantProcedure('notes.read')
    .meta(rest('GET', '/notes', 'List notes'))
    .input(listNotesInput)
    .output(notePage)
    .query(({ ctx, input }) => listNotes(ctx.tx, ctx.principal, input)),
  byId: tenantProcedure('notes.read')
    .meta(rest('GET', '/notes/{noteId}', 'Read a note'))
    .input(noteRef)
    .output(note)
    .query(({ ctx, input }) => getNote(ctx.tx, ctx.principal, input.noteId)),
  create: tenantProcedure('notes.write')
    .meta(rest('POST', '/notes', 'Write a note on a company, contact, deal or campaign', 201))
    .input(createNoteInput)
    .output(writtenNote)
    .mutation(async ({ ctx, input }) => {
      await requireUploads(ctx.tx, ctx.principal, input.uploadIds);
      return withFiles(ctx, await createNote(ctx.tx, ctx.principal, input), input.uploadIds);
    }),
  update: tenantProcedure('notes.write')
    .meta(rest('PATCH', '/notes/{noteId}', 'Change a note'))
    .input(updateNoteInput)
    .output(writtenNote)
    .mutation(async ({ ctx, input }) =>
      withFiles(ctx, await updateNote(ctx.tx, ctx.principal, input), input.uploadIds),
    ),
  archive: tenantProcedure('notes.write')
    .meta(rest('DELETE', '/notes/{noteId}', 'Move a note to the recycle bin'))
    .input(noteChange)
    .output(note)
    .mutation(async ({ ctx, input }) => {
      await setNoteActive(ctx.tx, ctx.principal, { ...input, isActive: false });
      return getNote(ctx.tx, ctx.principal, input.noteId);
    }),
  restore: tenantProcedure('notes.write')
    .meta(rest('POST', '/notes/{noteId}/restore', 'Bring a note back from the recycle bin'))
    .input(noteChange)
    .output(note)
    .mutation(async ({ ctx, input }) => {
      await setNoteActive(ctx.tx, ctx.principal, { ...input, isActive: true });
      return getNote(ctx.tx, ctx.principal, input.noteId);
    }),
});

/** A note's words and its files come in one transaction, from two slices. */
async function withFiles(
  { tx, principal }: { tx: TenantTx; principal: Principal },
  { noteId, unreached }: Written,
  uploadIds: readonly string[] = [],
): Promise<WrittenNote> {
  await attachUploads(tx, principal, { noteId, uploadIds });
  return { ...(await getNote(tx, principal, noteId)), unreached };
}
