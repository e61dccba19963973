import { deleteAttachment, uploadFile } from '../../domain/attachments/commands.ts';
import { getAttachment, toAttachment } from '../../domain/attachments/queries.ts';
import { attachment, attachmentRef, uploadInput } from '../../domain/attachments/schema.ts';
import { requireChangeable } from '../../domain/notes/commands.ts';
import { tellOfRemovedFile } from '../../domain/notes/tell.ts';
import { externalProcedure, router, tenantProcedure } from '../trpc.ts';

/** Bytes come and go as bodies of their own: see app/routes/attachments*. */
export const attachmentsRouter = router({
  byId: tenantProcedure('notes.read')
    .input(attachmentRef)
    .output(attachment)
    .query(async ({ ctx, input }) => toAttachment(await getAttachment(ctx.tx, input.attachmentId))),
  upload: externalProcedure('notes.write')
    .input(uploadInput)
    .output(attachment)
    .mutation(({ ctx, input }) =>
      uploadFile(
        { principal: ctx.principal, files: ctx.services.files, inTenant: ctx.inTenant },
        { fileName: input.fileName, content: input.content },
      ),
    ),
  remove: tenantProcedure('notes.write')
    .input(attachmentRef)
    .output(attachment)
    .mutation(async ({ ctx, input }) => {
      const row = await getAttachment(ctx.tx, input.attachmentId);
      const note = row.note_id ? await requireChangeable(ctx.tx, ctx.principal, row.note_id) : null;
      await deleteAttachment(ctx.tx, row.id);
      if (note) await tellOfRemovedFile(ctx.tx, ctx.principal, { row: note, fileName: row.file_name });
      return toAttachment(row);
    }),
});
