import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem } from '../../../db/tenant.ts';
import { readGoogleKey, readGoogleLead } from '../../integrations/google-webhooks.ts';
import { readMetaWebhook } from '../../integrations/meta-webhooks.ts';
import { readPhylloWebhook } from '../../integrations/phyllo-webhooks.ts';
import { isSignedWith } from '../../integrations/signatures.ts';
import type { ToldEvent } from '../../integrations/told-events.ts';
import type { Config } from '../../kernel/config.ts';
import { timingSafeEqualText } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import type { WebhookSource } from './schema.ts';

export interface ReceiveServices {
  config: Config;
  db: Database;
  now: () => Date;
}

/** A request as it came: nothing of it is believed yet. */
export interface Sent {
  source: WebhookSource;
  body: Buffer;
  header(name: string): string | undefined;
}

/** Something is wrong on our side alone: the sender is to send it again. */
export class NotStored extends Error {
  override readonly name = 'NotStored';
}

/**
 * Believes a request or not, and stores what it tells in one transaction together with the job that goes on with it.
 * Answers how much of it was new. Errors: AppError `not_found` where the platform is off, `unauthenticated`, `invalid`;
 * NotStored.
 */
export async function receiveWebhook(services: ReceiveServices, sent: Sent): Promise<number> {
  const events = await eventsOf(services, sent);
  if (events.length === 0) return 0;
  return stored(services.db, async (db) => {
    const { rows } = await withSystem(db, (tx) =>
      sql<{ fresh: number }>`
        select app.receive_webhooks(${sent.source}::webhook_source, ${JSON.stringify(events)}::jsonb) as fresh`.execute(
        tx,
      ),
    );
    return rows[0]?.fresh ?? 0;
  });
}

async function eventsOf(services: ReceiveServices, sent: Sent): Promise<ToldEvent[]> {
  const { phyllo, meta, google } = services.config;
  switch (sent.source) {
    case 'PHYLLO':
      if (!phyllo) throw off();
      if (!isSigned(sent, phyllo.clientSecret, { name: 'webhook-signatures' })) throw unsigned();
      return read(() => readPhylloWebhook(textOf(sent)));
    case 'META':
      if (!meta) throw off();
      if (!isSigned(sent, meta.appSecret, { name: 'x-hub-signature-256', prefix: 'sha256=' }))
        throw unsigned();
      return read(() => readMetaWebhook(textOf(sent)));
    case 'GOOGLE':
      if (!google) throw off();
      return googleEvents(services, sent);
  }
}

async function googleEvents({ db, now }: ReceiveServices, sent: Sent): Promise<ToldEvent[]> {
  const keyed = read(() => readGoogleKey(textOf(sent)));
  if (!keyed) throw unknownKey();
  const hash = await stored(db, (pool) => findKey(pool, keyed.keyHash));
  if (hash === null || !timingSafeEqualText(hash, keyed.keyHash)) throw unknownKey();
  return read(() => readGoogleLead(keyed, now()));
}

async function findKey(db: Database, keyHash: string): Promise<string | null> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ hash: string | null }>`select app.lead_form_key(${keyHash}) as hash`.execute(tx),
  );
  return rows[0]?.hash ?? null;
}

/**
 * The answer to Meta's handshake, as text. Errors: `not_found` where Meta or its token is not set, `forbidden` on a
 * wrong token, `invalid` on a challenge that is none.
 */
export function answerMetaChallenge({ meta }: Config, query: URLSearchParams): string {
  if (!meta?.webhookVerifyToken) throw off();
  const token = query.get('hub.verify_token') ?? '';
  if (!timingSafeEqualText(token, meta.webhookVerifyToken.reveal()))
    throw new AppError('forbidden', 'The verify token is another.');
  const challenge = query.get('hub.challenge') ?? '';
  // It is sent back as it is, so it may be nothing that a browser would take for more than text.
  if (query.get('hub.mode') !== 'subscribe' || !/^[\w-]{1,200}$/.test(challenge))
    throw new AppError('invalid', 'This is no handshake: hub.mode is subscribe, and hub.challenge a number.');
  return challenge;
}

interface Signed {
  name: string;
  prefix?: string;
}

function isSigned(
  sent: Sent,
  secret: Parameters<typeof isSignedWith>[0],
  { name, prefix = '' }: Signed,
): boolean {
  return isSignedWith(secret, { body: sent.body, header: sent.header(name), prefix });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Errors: TypeError where the bytes are no UTF-8. */
function textOf({ body }: Sent): string {
  return utf8.decode(body);
}

/** What cannot be read is the sender's fault: it is told so, and nothing of what it sent. */
function read<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new AppError('invalid', 'The body is not what this address takes.', { cause });
  }
}

/** Senders give up after five seconds, Phyllo for good after three tries: better an answer that says to try again. */
const STORE_WITHIN_MS = 3_000;

async function stored<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotStored('The database took too long.')), STORE_WITHIN_MS);
  });
  try {
    return await Promise.race([work(db), late]);
  } catch (cause) {
    throw new NotStored('The database did not take it.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

function off(): AppError {
  return new AppError('not_found', 'There is no such address.');
}

function unsigned(): AppError {
  return new AppError('unauthenticated', 'The signature does not fit this body.');
}

function unknownKey(): AppError {
  return new AppError('unauthenticated', 'This key is not known here.');
}
