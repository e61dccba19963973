import type { Attachment } from '../domain/attachments/schema.ts';
import { storageKeyOf } from '../domain/attachments/rules.ts';
import type { RequestContext } from './context.ts';
import { createCaller } from './root.ts';

/**
 * A file for its reader: what it is, by the procedure and so under the policies, and its bytes as they come from the
 * store. Errors: those of attachments.byId; `not_found` and `upstream` of the store.
 */
export async function openAttachment(
  context: RequestContext,
  attachmentId: string,
): Promise<{ attachment: Attachment; stream: ReadableStream<Uint8Array> }> {
  const attachment = await createCaller(context).attachments.byId({ attachmentId });
  const organizationId = context.principal?.organizationId ?? '';
  const stream = await context.services.files.get(storageKeyOf(organizationId, attachment.id));
  return { attachment, stream };
}
