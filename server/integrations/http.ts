import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../kernel/log.ts';
import type { Caller } from './ad-platform.ts';
import { contractError, PlatformError } from './errors.ts';
import { type CallBudget, type MeteredCall, outcomeOf, Pace } from './pace.ts';

/** What the process lends to every client. All but the log have defaults fit for the web. */
export interface HttpDeps {
  log: Logger;
  /** Longer waits end the call with `retry` and the time that was asked for, instead of holding it. */
  maxWaitMs?: number;
  timeoutMs?: number;
  /** Without it a client keeps to its own pace alone. */
  budget?: CallBudget;
  now?: () => Date;
  random?: () => number;
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** What a client knows of its vendor's manners. */
export interface HttpPolicy {
  /** As people call the vendor. */
  name: string;
  /** What it states of its limits; without it they are not counted. */
  metered?: Pick<MeteredCall, 'platform' | 'limits'>;
  /** The error that an answer means, or null where it is a good one. `body` is null where it was no JSON. */
  classify(answer: HttpAnswer): PlatformError | null;
  /** How long the next call of the same meter must wait, in ms, as the answer's usage headers say. */
  pauseAfter?(headers: Headers): number;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Held in memory, so that a repeat can send it again. */
  body?: Uint8Array<ArrayBuffer>;
  signal?: AbortSignal | undefined;
  /** Calls of one meter share the vendor's limit: an ad account's native id, or `application`. */
  meter: string;
  caller?: Caller | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON; for `text` the text itself. */
  body: unknown;
}

export interface Http {
  /** Errors: PlatformError; the signal's reason where it was aborted. */
  json(request: HttpRequest): Promise<HttpAnswer>;
  text(request: HttpRequest): Promise<string>;
  /**
   * The body as it comes in, of which nothing is held. Repeats end where it begins, and so does the time limit: one
   * that breaks off later fails its reader.
   */
  stream(request: HttpRequest): Promise<HttpStream>;
}

export interface HttpStream {
  headers: Headers;
  body: ReadableStream<Uint8Array>;
}

const ATTEMPTS = 5;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** The one door to the outside: time limits, bounded repeats, the vendor's pace, and no secret in a log line. */
export function createHttp(policy: HttpPolicy, deps: HttpDeps): Http {
  const client = new Client(policy, deps);
  return {
    json: (request) => client.call(request, parseJson),
    text: async (request) => String((await client.call(request, (text) => text)).body),
    stream: (request) => client.open(request),
  };
}

type Parse = (text: string, policy: HttpPolicy, status: number) => unknown;

class Client {
  private readonly pace: Pace;
  private readonly now: () => number;
  private readonly maxWaitMs: number;

  constructor(
    private readonly policy: HttpPolicy,
    private readonly deps: HttpDeps,
  ) {
    const { now } = deps;
    this.now = now ? () => now().getTime() : Date.now;
    this.maxWaitMs = deps.maxWaitMs ?? 5_000;
    this.pace = new Pace({
      vendorName: policy.name,
      budget: deps.budget ?? null,
      metered: policy.metered ?? null,
      maxWaitMs: this.maxWaitMs,
      now: this.now,
      sleep: (waitMs, signal) => this.sleep(waitMs, signal),
    });
  }

  call(request: HttpRequest, parse: Parse): Promise<HttpAnswer> {
    return this.repeat(request, () => this.once(request, parse));
  }

  open(request: HttpRequest): Promise<HttpStream> {
    return this.repeat(request, () => this.begin(request));
  }

  /** Everything that is sent is a read or an idempotent write, so that a repeat does no harm. */
  private async repeat<T>(request: HttpRequest, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const mustNote = await this.pace.enter(request);
      try {
        const answer = await work();
        if (mustNote) await this.pace.leave(request, 'good', 0);
        return answer;
      } catch (error) {
        request.signal?.throwIfAborted();
        await this.noteFailure(request, error, mustNote);
        const waitMs = this.waitBeforeRepeat(error, attempt);
        if (waitMs === null) throw error;
        this.deps.log.warn({ ...place(request), attempt, waitMs, err: error }, 'platform call is repeated');
        await this.sleep(waitMs, request.signal);
        request.caller?.onRepeat?.();
      }
    }
  }

  /** Full jitter, so that workers who failed together do not come back together. */
  private waitBeforeRepeat(error: unknown, attempt: number): number | null {
    if (!(error instanceof PlatformError) || error.kind !== 'retry' || error.isTooMuch) return null;
    if (attempt >= ATTEMPTS) return null;
    if (error.retryAfterMs !== null) {
      return error.retryAfterMs > this.maxWaitMs ? null : error.retryAfterMs;
    }
    // Our own wait stays within what may be waited, or chance would decide how often is tried.
    const ceiling = Math.min(LONGEST_BACK_OFF_MS, this.maxWaitMs, FIRST_BACK_OFF_MS * 2 ** attempt);
    return Math.ceil((this.deps.random ?? Math.random)() * ceiling);
  }

  /** A circuit that lets one call try it is closed by any answer, good or not, that the vendor meant. */
  private async noteFailure(request: HttpRequest, error: unknown, mustNote: boolean): Promise<void> {
    const outcome = outcomeOf(error);
    const pauseMs = error instanceof PlatformError ? (error.retryAfterMs ?? 0) : 0;
    const isApplicationWide = error instanceof PlatformError && error.isApplicationWide;
    const meter = isApplicationWide ? 'application' : request.meter;
    if (outcome !== 'good' || mustNote) await this.pace.leave({ ...request, meter }, outcome, pauseMs);
  }

  private async sleep(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.deps.sleep) return this.deps.sleep(waitMs, signal);
    try {
      await delay(waitMs, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  private async once(request: HttpRequest, parse: Parse): Promise<HttpAnswer> {
    const startedAt = this.now();
    const { response, text } = await this.exchange(request);
    const { status, headers } = response;
    await this.note(request, { response, startedAt });
    const answer = { status, headers, body: parse(text, this.policy, status) };
    const problem = this.policy.classify(answer);
    if (problem) throw problem;
    return answer;
  }

  /** As once, without reading the body. */
  private async begin(request: HttpRequest): Promise<HttpStream> {
    const startedAt = this.now();
    const response = await this.sendWithin(request);
    const { status, headers, body } = response;
    try {
      await this.note(request, { response, startedAt });
      const problem = this.policy.classify({ status, headers, body: null });
      if (problem) throw problem;
      return { headers, body: body ?? new ReadableStream() };
    } catch (error) {
      await body?.cancel();
      throw error;
    }
  }

  /** Keeps the pace that the answer asks for. Errors: a redirect, which nobody of ours follows. */
  private async note(
    request: HttpRequest,
    { response, startedAt }: { response: Response; startedAt: number },
  ): Promise<void> {
    const { status, headers } = response;
    const pauseMs = this.policy.pauseAfter?.(headers) ?? 0;
    if (pauseMs > 0) await this.pace.pause(request, pauseMs);
    this.deps.log.debug({ ...place(request), status, ms: this.now() - startedAt }, 'platform call');
    if (status >= 300 && status < 400)
      throw contractError(this.policy.name, 'status', `a redirect (${status})`);
  }

  private async exchange(request: HttpRequest): Promise<{ response: Response; text: string }> {
    const timeout = AbortSignal.timeout(this.deps.timeoutMs ?? 60_000);
    return this.guarded(request, timeout, async () => {
      const response = await send(request, timeout);
      return { response, text: await this.readBody(response) };
    });
  }

  /** The time limit ends with the headers: a large body may take its time. */
  private async sendWithin(request: HttpRequest): Promise<Response> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.deps.timeoutMs ?? 60_000);
    try {
      return await this.guarded(request, limit.signal, () => send(request, limit.signal));
    } finally {
      clearTimeout(timer);
    }
  }

  private async guarded<T>(request: HttpRequest, timeout: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      request.signal?.throwIfAborted();
      if (cause instanceof PlatformError) throw cause;
      throw this.unreachable(timeout.aborted, cause);
    }
  }

  /** A connection that breaks off in the middle rejects here: half an answer is no answer. */
  private async readBody(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    const reader = response.body?.getReader();
    let bytes = 0;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > MOST_BYTES) {
        await reader?.cancel();
        throw this.tooLarge();
      }
      chunks.push(part.value);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  private tooLarge(): PlatformError {
    const message = `${this.policy.name}'s answer was larger than SpokeStack takes. Sync a shorter range.`;
    return new PlatformError({ kind: 'retry', code: 'too_large', message, isTooMuch: true });
  }

  /** The cause's own text may hold an address with a token, so only its code goes on. */
  private unreachable(isTimeout: boolean, cause: unknown): PlatformError {
    const { name } = this.policy;
    const message = isTimeout
      ? `${name} did not answer in time. We try again by ourselves.`
      : `${name} could not be reached. We try again by ourselves.`;
    const vendorMessage = isTimeout ? undefined : networkCode(cause);
    return new PlatformError({
      kind: 'retry',
      code: isTimeout ? 'timeout' : 'network',
      message,
      vendorMessage,
    });
  }
}

function send(request: HttpRequest, timeout: AbortSignal): Promise<Response> {
  request.caller?.onCall?.();
  return fetch(addressOf(request), {
    method: request.method,
    headers: { accept: 'application/json', ...request.headers },
    ...(request.body ? { body: request.body } : {}),
    redirect: 'manual',
    signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
  });
}

function addressOf(request: HttpRequest): URL {
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  return url;
}

/** Host and path: the query may hold a code or a token. */
function place(request: HttpRequest): { method: string; host: string; path: string } {
  const { host, pathname } = new URL(request.url);
  return { method: request.method, host, path: pathname };
}

function networkCode(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code;
  return inner instanceof Error ? inner.name : 'unknown';
}

function parseJson(text: string, policy: HttpPolicy, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (status >= 400) return null;
    const message = `${policy.name}'s answer broke off. We try again by ourselves.`;
    throw new PlatformError({ kind: 'retry', code: 'broken_answer', message });
  }
}
