import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Principal } from '../../server/auth/principal.ts';
import type { Logger } from '../../server/kernel/log.ts';

/** The id of one request, in its answer's header and in every log line about it. */
export function requestIdOf(response: Response): string {
  const locals = response.locals as { requestId?: string };
  return (locals.requestId ??= randomUUID());
}

interface Note {
  organizationId?: string;
  principal?: string;
}

/** Keeps who acted, for the line that the request's end writes. */
export function noteOf(response: Response, principal: Principal): void {
  const locals = response.locals as { note?: Note };
  locals.note = {
    organizationId: principal.organizationId,
    principal: `${principal.kind}:${principal.userId ?? ''}`,
  };
}

/** A path as it may stand in a log. The secret of a reconnect link is a part of its address; no name of ours is as long. */
export function loggedPath(address: string): string {
  const path = address.split('?')[0] ?? '';
  return path.replace(/[\w-]{40,}/g, '[redacted]');
}

/** One JSON line a request, without query strings, since those may hold what people searched for. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(response);
    response.setHeader('x-request-id', requestId);
    response.on('finish', () => {
      const note = (response.locals as { note?: Note }).note;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const { method } = request;
      const path = loggedPath(request.originalUrl);
      log.info({ requestId, method, path, status: response.statusCode, durationMs, ...note }, 'request');
    });
    next();
  };
}
