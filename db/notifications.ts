import { EventEmitter, on } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** Says that an ad account's figures moved; null: some may have while nobody listened. */
export type Change = string | null;

export interface FigureChanges {
  /** What is told from now on, until the signal or `close`. Nothing is kept for who is not there. */
  listen(signal: AbortSignal): AsyncIterable<Change>;
  close(): Promise<void>;
}

export interface ListenOptions {
  url: string;
  /** Told of a connection that was lost or could not be had; it is made again. */
  onTrouble: (error: unknown) => void;
}

const CHANNEL = 'figures_changed';
const AGAIN_MS = 2_000;
const MOST_LISTENERS = 10_000;

/**
 * One connection of the process that listens, made when somebody asks first. The channel has no tenant: what it says is
 * an id alone, and whoever hears it asks under their own policies what they may know of it. The server must not stand
 * behind a pooler by transactions, which forgets who listens.
 */
export function listenForFigures({ url, onTrouble }: ListenOptions): FigureChanges {
  const emitter = new EventEmitter().setMaxListeners(MOST_LISTENERS);
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await listenOnce({ url, signal: closing.signal, tell: (change) => emitter.emit('change', change) });
      } catch (error) {
        onTrouble(error);
        await delay(AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  return {
    async *listen(signal) {
      running ??= run();
      const ended = AbortSignal.any([signal, closing.signal]);
      if (ended.aborted) return;
      try {
        for await (const [change] of on(emitter, 'change', { signal: ended })) yield change as Change;
      } catch (error) {
        if (!ended.aborted) throw error;
      }
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

interface Once {
  url: string;
  signal: AbortSignal;
  tell: (change: Change) => void;
}

/** Listens until the connection ends. Errors: those of the connection, unless the signal ended it. */
async function listenOnce({ url, signal, tell }: Once): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'spokestack-listen',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  const lost = new Promise<never>((_resolve, reject) => {
    client.on('error', reject);
    client.on('end', () => reject(new Error('The connection that listens has ended.')));
  });
  // Awaited below; this says that it may come to nothing before that.
  lost.catch(() => undefined);
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  client.on('notification', ({ payload }) => tell(payload ?? null));
  try {
    await Promise.race([client.connect().then(() => client.query(`listen ${CHANNEL}`)), lost, stopped]);
    // What was told while no connection listened is told to nobody: whoever waits looks once.
    if (!signal.aborted) tell(null);
    await Promise.race([lost, stopped]);
  } finally {
    await client.end().catch(() => undefined);
  }
}
