/** What a form has to know of files before it sends them; plain values, so that a page carries no schema for them. */

/** Of one file; its bytes pass through and are never held together in memory. */
export const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;
/** Of one note. */
export const MAX_ATTACHMENTS = 10;
