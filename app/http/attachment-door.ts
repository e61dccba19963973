import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { toPublicError } from '../../server/api/errors.ts';
import type { RequestContext, Services } from '../../server/api/context.ts';
import {
  openAttachment,
  openContentMedia,
  openContractFile,
  type OpenedFile,
} from '../../server/api/files.ts';
import { attachmentHeader } from '../lib/file-names.ts';
import { paths } from '../lib/paths.ts';
import { baseContext } from './api-doors.ts';
import { noteOf } from './request-log.ts';
import { readSessionToken } from './session-cookie.ts';

/** A file as its reader may have it; `param` of the address says which. */
interface FileOfAddress {
  param: string;
  open: (context: RequestContext, id: string) => Promise<OpenedFile>;
}

/** GET /attachments/:attachmentId: a file of a note. */
export function attachmentDoor(services: Services): RequestHandler {
  return fileDoor(services, { param: 'attachmentId', open: openAttachment });
}

/** GET /contracts/:creatorContractId/file: the signed file of a contract. */
export function contractFileDoor(services: Services): RequestHandler {
  return fileDoor(services, { param: 'creatorContractId', open: openContractFile });
}

/** GET /creator-contents/:creatorContentId/media: our copy of a story. */
export function contentMediaDoor(services: Services): RequestHandler {
  return fileDoor(services, { param: 'creatorContentId', open: openContentMedia });
}

/** It stands before the pages, whose own way of sending a body does not wait for a slow reader and would hold the whole file. */
function fileDoor(services: Services, of: FileOfAddress): RequestHandler {
  return (request, response, next) => {
    answer(services, of, { request, response }).catch(next);
  };
}

async function answer(
  services: Services,
  { param, open }: FileOfAddress,
  { request, response }: { request: Request; response: Response },
): Promise<void> {
  const token = readSessionToken(request.headers.cookie, services.config.web.appUrl);
  const signedIn = token ? await services.sessions.find(token) : null;
  const principal = signedIn?.principal;
  if (!principal) return response.redirect(302, paths.login(request.path));
  noteOf(response, principal);
  const context = { ...baseContext(services, request), signedIn, principal };
  let opened;
  try {
    opened = await open(context, String(request.params[param] ?? ''));
  } catch (error) {
    return refuse(services, error, response);
  }
  const { file, stream } = opened;
  // Nothing but a picture is shown in our own origin: saved by its name, its type not guessed at, and where a browser
  // opens it all the same, in a sandbox without scripts.
  response.status(200).set({
    'content-type': file.contentType,
    ...(file.bytes === null ? {} : { 'content-length': String(file.bytes) }),
    'content-disposition': file.isPicture ? 'inline' : attachmentHeader(file.fileName),
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'private, no-cache',
  });
  try {
    await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), response);
  } catch (error) {
    // The reader left, or the store broke off: the answer is on its way and cannot become another.
    services.log.warn({ err: error, fileId: file.id }, 'a download broke off');
    response.destroy();
  }
}

function refuse(services: Services, error: unknown, response: Response): void {
  const known = toPublicError(error);
  if (known.status >= 500) services.log.error({ err: error }, 'a download failed');
  // An id that is no id is an address at which nothing stands.
  const isNothing = known.status === 404 || known.status === 400;
  response
    .status(isNothing ? 404 : known.status)
    .type('text/plain')
    .send(isNothing ? 'There is no such file, or it is not yours to see.' : known.message);
}
