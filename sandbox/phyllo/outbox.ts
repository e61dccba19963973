import { createHash, createHmac } from 'node:crypto';
import { postHere } from '../loopback.ts';
import { SANDBOX_PHYLLO_CLIENT_SECRET } from './app.ts';
import type { PhylloWebhook } from './memory.ts';

/** How the sender behaves. All of it is an ordinary day at Phyllo but `dropEvery`, which stands for what gets lost. */
export interface SenderSettings {
  /** How often each event is sent. */
  copies: number;
  /** Sends what is due in an order of its own. */
  shuffle: boolean;
  /** The other secret of a rotation: each body is signed under both. */
  secondSecret: string | null;
  /** Every so manieth event is never sent; 0: none is lost. */
  dropEvery: number;
  /** How long an event waits before it is sent. */
  delayMs: number;
  /** How many are under way at once. */
  parallel: number;
  timeoutMs: number;
  /** How long after each failed attempt the next is made; their number and one is how many there are. */
  retryDelaysMs: number[];
  /** Every event under the same id, as in the samples of Phyllo's page. */
  sameId: boolean;
}

const DEFAULTS: SenderSettings = {
  ...{ copies: 1, shuffle: false, secondSecret: null, dropEvery: 0, delayMs: 0, parallel: 1 },
  ...{ timeoutMs: 5_000, retryDelaysMs: [60_000, 300_000], sameId: false },
};

interface Waiting {
  serial: number;
  webhookId: string;
  event: string;
  eventId: string;
  body: string;
  attempt: number;
  dueAt: number;
}

/** One attempt and what came of it. */
export interface DeliveryRecord {
  at: string;
  webhookId: string;
  url: string;
  event: string;
  eventId: string;
  attempt: number;
  signatures: number;
  body: string;
  /** The HTTP status of the answer; null where none came. */
  status: number | null;
  error: string | null;
}

export interface Notice {
  webhook: PhylloWebhook;
  event: string;
  eventId: string;
  body: string;
}

interface Owner {
  webhooks: ReadonlyMap<string, PhylloWebhook>;
  /** A webhook was switched off after its last attempt failed. */
  onSwitchedOff: () => void;
}

const MOST_RECORDS = 10_000;

/** What waits to be sent and what was. An event is sent as the bytes that it was written down as. */
export class Outbox {
  settings: SenderSettings = { ...DEFAULTS };
  readonly #now: () => Date;
  readonly #owner: Owner;
  #waiting: Waiting[] = [];
  #records: DeliveryRecord[] = [];
  #serial = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(now: () => Date, owner: Owner) {
    this.#now = now;
    this.#owner = owner;
  }

  post({ webhook, event, eventId, body }: Notice): void {
    this.#serial += 1;
    const { dropEvery, copies, delayMs } = this.settings;
    if (dropEvery > 0 && this.#serial % dropEvery === 0) return;
    const dueAt = this.#now().getTime() + delayMs;
    for (let copy = 0; copy < copies; copy += 1) {
      const serial = this.#serial * 1_000 + copy;
      this.#waiting.push({ serial, webhookId: webhook.id, event, eventId, body, attempt: 1, dueAt });
    }
  }

  get pending(): number {
    return this.#waiting.length;
  }

  records(): DeliveryRecord[] {
    return [...this.#records];
  }

  clear(): void {
    this.#waiting = [];
    this.#records = [];
  }

  reset(): void {
    this.clear();
    this.settings = { ...DEFAULTS };
  }

  /** Sends what is due, or with `all` what waits at all, with every retry; resolves when none of it is left. */
  flush({ all = false }: { all?: boolean } = {}): Promise<void> {
    const turn = this.#turn.then(() => this.#sendDue(all));
    // A failure belongs to who asked for it, not to the next in line.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #sendDue(all: boolean): Promise<void> {
    for (;;) {
      const now = this.#now().getTime();
      const due = this.#waiting.filter(({ dueAt }) => all || dueAt <= now);
      if (due.length === 0) return;
      if (this.settings.shuffle) due.sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
      const parallel = Math.max(1, this.settings.parallel);
      for (let at = 0; at < due.length; at += parallel) {
        await Promise.all(due.slice(at, at + parallel).map((each) => this.#send(each)));
      }
    }
  }

  async #send(waiting: Waiting): Promise<void> {
    this.#waiting = this.#waiting.filter((each) => each !== waiting);
    const webhook = this.#owner.webhooks.get(waiting.webhookId);
    if (!webhook?.isActive) return;
    const signatures = this.#sign(waiting.body);
    const outcome = await attempt(webhook.url, {
      ...waiting,
      signatures,
      timeoutMs: this.settings.timeoutMs,
    });
    this.#record(webhook, waiting, { ...outcome, signatures: signatures.length });
    if (outcome.error === null) return;
    const delay = this.settings.retryDelaysMs[waiting.attempt - 1];
    if (delay !== undefined) {
      const dueAt = this.#now().getTime() + delay;
      this.#waiting.push({ ...waiting, attempt: waiting.attempt + 1, dueAt });
      return;
    }
    this.#switchOff(webhook);
  }

  /** After its last attempt Phyllo says nothing more until it is told to, and what happens meanwhile is lost. */
  #switchOff(webhook: PhylloWebhook): void {
    webhook.isActive = false;
    webhook.updatedAt = this.#now().getTime();
    this.#waiting = this.#waiting.filter(({ webhookId }) => webhookId !== webhook.id);
    this.#owner.onSwitchedOff();
  }

  #sign(body: string): string[] {
    const { secondSecret } = this.settings;
    const secrets = [...(secondSecret === null ? [] : [secondSecret]), SANDBOX_PHYLLO_CLIENT_SECRET];
    return secrets.map((secret) => createHmac('sha256', secret).update(body).digest('hex'));
  }

  #record(
    { id, url }: PhylloWebhook,
    { event, eventId, attempt: number, body }: Waiting,
    outcome: Pick<DeliveryRecord, 'status' | 'error' | 'signatures'>,
  ): void {
    const at = this.#now().toISOString();
    this.#records.push({ at, webhookId: id, url, event, eventId, attempt: number, body, ...outcome });
    if (this.#records.length > MOST_RECORDS * 1.1) this.#records = this.#records.slice(-MOST_RECORDS);
  }
}

const orderOf = ({ serial }: Waiting): string => createHash('md5').update(String(serial)).digest('hex');

interface Attempt {
  body: string;
  signatures: readonly string[];
  timeoutMs: number;
}

/** One attempt. Anything but a 2xx within the time is a failure. */
async function attempt(
  url: string,
  { body, signatures, timeoutMs }: Attempt,
): Promise<{ status: number | null; error: string | null }> {
  try {
    const headers = { 'webhook-signatures': signatures.join(',') };
    const status = await postHere(url, { body, headers, timeoutMs });
    return { status, error: status >= 200 && status < 300 ? null : `HTTP ${status}` };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : 'no answer' };
  }
}
