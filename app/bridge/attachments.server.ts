import type { AppLoadContext } from '@remix-run/node';
import { openAttachment as open } from '../../server/api/files.ts';
import { requestContext, requireMember } from './session.server.ts';

/** A file for this request's person. Errors: a redirect to the sign-in; otherwise those of the procedure. */
export async function openAttachment(request: Request, context: AppLoadContext, attachmentId: string) {
  await requireMember(request, context);
  return open(await requestContext(request, context), attachmentId);
}

/** A body's bytes as they come in. */
export async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.releaseLock();
  }
}
