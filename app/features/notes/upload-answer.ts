import type { Attachment } from '../../../server/domain/attachments/schema.ts';

/** What the upload address answers. */
export type UploadAnswer = { ok: true; attachment: Attachment } | { ok: false; message: string };
