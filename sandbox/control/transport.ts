import { setTimeout as delay } from 'node:timers/promises';
import { HttpResponse } from 'msw';
import { openAddress, openQuery } from './calls.ts';
import { type Fault, type FaultKind, type Platform } from './faults.ts';
import { type SandboxState } from '../state.ts';

const SLOW_MS = 5_000;

export interface Exchange {
  platform: Platform;
  /** The kinds of fault that this call can meet. */
  kinds: readonly FaultKind[];
  /** What a body asks, for the list of calls and for faults that match it: nothing that authenticates. */
  question?: Record<string, string>;
}

/** An answer whose verdict stands in its body. */
export interface Verdict {
  response: Response;
  code: number;
}

type Answer = Response | Verdict;

/** An answer whose second half never arrives: the length promises more than the body holds. */
async function truncated(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(whole.byteLength));
  // Without it a kept-alive connection would wait for the rest instead of breaking off.
  headers.set('connection', 'close');
  return new HttpResponse(whole.slice(0, Math.floor(whole.byteLength / 2)), {
    status: response.status,
    headers,
  });
}

/**
 * Answers one call of a platform: draws the fault that it meets, waits or cuts where that is the fault, and writes
 * the call down. Faults that a platform words itself are handed to `answer`.
 */
export async function exchange(
  state: SandboxState,
  request: Request,
  { platform, kinds, question }: Exchange,
  answer: (fault: Fault | undefined) => Answer | Promise<Answer>,
): Promise<Response> {
  const url = new URL(request.url);
  const fault = state.faults.take({ platform, address: openAddress(url, question), kinds });
  const query = { ...openQuery(url), ...question };
  const call = { platform, method: request.method, path: url.pathname, query };
  const at = state.now().toISOString();
  if (fault?.kind === 'slow') await delay(fault.delayMs ?? SLOW_MS);
  const answered = await answer(fault);
  const { response: plain, ...verdict } = 'response' in answered ? answered : { response: answered };
  const response = fault?.kind === 'truncated_body' ? await truncated(plain) : plain;
  state.calls.record({ at, ...call, status: response.status, ...verdict });
  return response;
}
