import { z } from 'zod';
import { id, requiredText } from '../records/schema.ts';
import { MAX_ATTACHMENTS } from './fields.ts';

export const attachment = z.object({
  id: z.string(),
  fileName: z.string(),
  /** Found by looking at the bytes; what a browser might run is application/octet-stream. */
  contentType: z.string(),
  bytes: z.number().int(),
  createdAt: z.string(),
});
export type Attachment = z.infer<typeof attachment>;

export const uploadInput = z.strictObject({
  fileName: requiredText(1000),
  /** A stream, so that the JSON door cannot take one: an upload comes as a body of its own. */
  content: z.custom<AsyncIterable<Uint8Array>>(
    (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    'Send the file itself.',
  ),
});
export type UploadInput = z.infer<typeof uploadInput>;

export const attachmentRef = z.strictObject({ attachmentId: id });

/** Uploads that wait for their note, by their ids. */
export const uploadIds = z
  .array(id)
  .max(MAX_ATTACHMENTS, `At most ${MAX_ATTACHMENTS} files a note.`)
  .optional();
