import type { LoaderFunctionArgs } from '@remix-run/node';
import { load } from '../bridge/api.server.ts';
import { openAttachment } from '../bridge/attachments.server.ts';
import { attachmentHeader } from '../lib/file-names.ts';

/**
 * A file for its reader. It is never shown in our own origin: saved by its name, its type not guessed at, and where a
 * browser opens it all the same, in a sandbox without scripts.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { attachmentId = '' } = params;
  const { attachment, stream } = await load(context, () => openAttachment(request, context, attachmentId));
  return new Response(stream, {
    headers: {
      'Content-Type': attachment.contentType,
      'Content-Length': String(attachment.bytes),
      'Content-Disposition': attachmentHeader(attachment.fileName),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private',
    },
  });
}
