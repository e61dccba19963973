import { answerMetaChallenge, NotStored, receiveWebhook, type Sent } from '../domain/webhooks/receive.ts';
import { AppError } from '../kernel/errors.ts';
import type { RequestContext } from './context.ts';
import { errorAnswer, type RestAnswer } from './rest.ts';

/** What became of a request, as it is counted. */
export type WebhookOutcome = 'stored' | 'repeated' | 'refused' | 'failed';

export interface WebhookAnswer extends RestAnswer {
  outcome: WebhookOutcome;
}

/** Answers a sender: 200 once what it told is stored, a refusal that tells nothing, or 503 so that it sends again. */
export async function answerWebhook(context: RequestContext, sent: Sent): Promise<WebhookAnswer> {
  try {
    const fresh = await receiveWebhook(context.services, sent);
    return { status: 200, headers: JSON_HEADERS, body: '{}', outcome: fresh > 0 ? 'stored' : 'repeated' };
  } catch (error) {
    if (error instanceof AppError) return refusal(error, context);
    const cause = error instanceof NotStored ? error.cause : error;
    context.log.error({ err: cause, source: sent.source }, 'a webhook could not be stored');
    const message = 'This could not be stored just now. Send it again.';
    return {
      status: 503,
      headers: { ...JSON_HEADERS, 'retry-after': '5' },
      body: JSON.stringify({ code: 'unavailable', message, requestId: context.requestId }),
      outcome: 'failed',
    };
  }
}

/** Meta's handshake: its challenge as text. */
export function answerChallenge(context: RequestContext, query: URLSearchParams): RestAnswer {
  try {
    const body = answerMetaChallenge(context.services.config, query);
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      body,
    };
  } catch (error) {
    return refusal(error, context);
  }
}

/** Who signs with a secret is asked for no key of ours. */
export function refusal(error: unknown, context: RequestContext): WebhookAnswer {
  const { status, body, headers } = errorAnswer(error, context);
  const { 'www-authenticate': _scheme, ...rest } = headers;
  return { status, body, headers: rest, outcome: 'refused' };
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
