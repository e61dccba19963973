import type { Request, RequestHandler } from 'express';

const MEBIBYTE = 1024 * 1024;

/** The addresses that take files, each with its most; every other body is at most 1 MiB. */
const UPLOADS: readonly (readonly [path: RegExp, limit: number])[] = [
  [/^\/imports\/new(\.data)?$/, 21 * MEBIBYTE],
  // One file as it is, which passes through.
  [/^\/attachments$/, 26 * MEBIBYTE],
  // One file, as it is or in a form.
  [/^\/contracts\/[\w-]{1,64}\/file(\.data)?$/, 21 * MEBIBYTE],
  // A form with its files, which is held in memory.
  [/^\/notes\/(new|[\w-]{1,64}\/edit)(\.data)?$/, 26 * MEBIBYTE],
];

function limitOf(path: string): number {
  return UPLOADS.find(([pattern]) => pattern.test(path))?.[1] ?? MEBIBYTE;
}

/**
 * Refuses what a page's action must not see: a body beyond its limit, and a change that another site asks for.
 * Remix's own Origin check leaves resource routes out, so it is made here for all of them.
 */
export function requestGuard(ownOrigin: string, sessionCookie: string): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    if (request.method !== 'POST') {
      response
        .status(405)
        .set('allow', 'GET, HEAD, POST')
        .type('text/plain')
        .send('Pages take GET and POST.');
      return;
    }
    if (!isSameOrigin(request, ownOrigin, sessionCookie)) {
      response.status(403).type('text/plain').send('This request came from another site and was refused.');
      return;
    }
    // The pages' own check takes `null` for another site; it was found above to be this one.
    if (request.headers.origin === 'null') delete request.headers.origin;
    const length = request.headers['content-length'];
    // Without a length nothing bounds the body; every browser sends one with a form.
    if (length === undefined && request.headers['transfer-encoding'] !== undefined) {
      response.status(411).type('text/plain').send('Send the length of the body.');
      return;
    }
    const limit = limitOf(request.path);
    if (Number(length ?? 0) > limit) {
      const most = limit === MEBIBYTE ? 1 : limit / MEBIBYTE - 1;
      const words = `This is too large: at most ${most} MB can be sent here at once. Nothing was saved.`;
      response.status(413).set('connection', 'close').type('text/plain').send(words);
      return;
    }
    next();
  };
}

/**
 * A browser says where a change comes from. A caller that does not is let through only without a session cookie, since
 * then there is no standing right that another site could borrow.
 */
export function isSameOrigin(request: Request, ownOrigin: string, sessionCookie: string): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && !isWithheld(origin, site)) return originsOf(ownOrigin).includes(origin);
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return !(request.headers.cookie ?? '').includes(`${sessionCookie}=`);
}

/**
 * A form of a page that sends no referrer sends `Origin: null` (Fetch standard, "append a request Origin header"), as a
 * frame without an origin does. Browsers that write Sec-Fetch-Site tell the two apart, and no page can write it.
 */
function isWithheld(origin: string, site: string | string[] | undefined): boolean {
  return origin === 'null' && site === 'same-origin';
}

const NO_BODY = Buffer.alloc(0);

/** The installation's own origin; where that is this machine, under each of its names. */
function originsOf(ownOrigin: string): string[] {
  const { protocol, hostname, port } = new URL(ownOrigin);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  if (!names.includes(hostname)) return [ownOrigin];
  return names.map((name) => `${protocol}//${name}${port && `:${port}`}`);
}

/** Reads a body whole, up to a limit. Answers null beyond it, having stopped reading. */
export async function readBody(request: Request, limit = MEBIBYTE): Promise<Buffer | null> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  // A request that announces no body has none (RFC 9112, section 6.3), and reading it as a stream is not free.
  if (length === undefined && encoding === undefined) return NO_BODY;
  if (Number(length ?? 0) > limit) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
