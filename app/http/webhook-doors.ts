import { type Request, type Response, Router } from 'express';
import { Counter, type Registry } from 'prom-client';
import type { RequestContext, Services } from '../../server/api/context.ts';
import type { RestAnswer } from '../../server/api/rest.ts';
import { answerChallenge, answerWebhook, refusal, type WebhookAnswer } from '../../server/api/webhooks.ts';
import type { WebhookSource } from '../../server/domain/webhooks/schema.ts';
import { AppError } from '../../server/kernel/errors.ts';
import type { Logger } from '../../server/kernel/log.ts';

const MEBIBYTE = 1024 * 1024;
/** A refused signature is counted each time and told in the log so often at most. */
const TOLD_EVERY_MS = 60_000;

const sources = { phyllo: 'PHYLLO', meta: 'META', google: 'GOOGLE' } as const satisfies Record<
  string,
  WebhookSource
>;

export interface WebhookDoorOptions {
  contextOf: (request: Request) => RequestContext;
  /** Where requests are counted; without one they are not. */
  registry?: Registry | undefined;
}

/**
 * The platforms' doors: the raw bytes are read once, believed or not, stored and answered. Nothing is done about what
 * they tell before the answer has gone.
 */
export function webhookDoors({ log }: Services, { contextOf, registry }: WebhookDoorOptions): Router {
  const doors = Router();
  const counter = registry && requestCounter(registry);
  const tell = refusalTeller(log);
  doors.get('/meta', (request, response) => {
    send(response, answerChallenge(contextOf(request), queryOf(request)));
  });
  for (const [segment, source] of Object.entries(sources)) {
    doors.post(`/${segment}`, (request, response, next) => {
      answer(contextOf(request), request, source).then((answered) => {
        if (!answered) return response.destroy();
        counter?.inc({ source: segment, outcome: answered.outcome });
        if (answered.status === 401) tell(segment);
        // What is left of a body that is too large is not waited for.
        if (answered.status === 413) response.set('connection', 'close');
        return send(response, answered);
      }, next);
    });
  }
  return doors;
}

/** Null where the sender broke off: nobody is left to answer. */
async function answer(
  context: RequestContext,
  request: Request,
  source: WebhookSource,
): Promise<WebhookAnswer | null> {
  const body = await readRaw(request);
  if (body === 'broken off') return null;
  if (body === 'too large') return refusal(new AppError('too_large', 'The body is over 1 MiB.'), context);
  return answerWebhook(context, { source, body, header: (name) => request.get(name) });
}

/** The bytes as they came, as long as they are no more than a mebibyte. */
function readRaw(request: Request): Promise<Buffer | 'too large' | 'broken off'> {
  if (Number(request.headers['content-length'] ?? 0) > MEBIBYTE) return Promise.resolve('too large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // What comes after that is let go, so that the answer can still be read.
      if (size > MEBIBYTE) resolve('too large');
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    for (const event of ['error', 'close']) request.on(event, () => resolve('broken off'));
  });
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://door').searchParams;
}

function send(response: Response, answered: RestAnswer): void {
  response.status(answered.status).set(answered.headers).end(answered.body);
}

function requestCounter(registry: Registry) {
  return new Counter({
    name: 'spokestack_webhook_requests_total',
    help: 'Requests of platforms, by sender and by what became of them: stored, repeated, refused, failed.',
    labelNames: ['source', 'outcome'] as const,
    registers: [registry],
  });
}

/** One line for the refusals of a minute: whoever floods the door fills no log. */
function refusalTeller(log: Logger): (segment: string) => void {
  const untold = new Map<string, { count: number; toldAt: number }>();
  return (segment) => {
    const known = untold.get(segment) ?? { count: 0, toldAt: -TOLD_EVERY_MS };
    known.count += 1;
    const now = performance.now();
    if (now - known.toldAt >= TOLD_EVERY_MS) {
      log.warn(
        { source: segment, count: known.count },
        'a webhook was refused: its signature or key does not fit',
      );
      known.count = 0;
      known.toldAt = now;
    }
    untold.set(segment, known);
  };
}
