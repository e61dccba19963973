import { useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { liveApi } from '../../bridge/live.ts';

/** Asks over HTTP for what the loader gave. Keep it stable between renders. */
export type Ask<T> = (api: typeof liveApi, signal: AbortSignal) => Promise<T>;

/** What a page knows of its own liveliness. Keep it at module scope or in a memo. */
export interface LiveRules<T> {
  /** Whether it will change by itself soon. */
  isLive: (value: T) => boolean;
  /** Whether more of the page than this changed with it, so that its loaders run again. */
  hasTurned: (before: T, after: T) => boolean;
  /** What a reader who does not look should hear of the change; null says nothing. */
  newsOf?: (before: T, after: T) => string | null;
  /** How often it is looked at while nothing goes on; without it not at all. */
  idleMs?: number;
}

export interface Live<T> {
  value: T;
  /** `still`: nothing goes on. `stalled`: the server did not answer lately; what is shown may be old. */
  state: 'still' | 'live' | 'stalled';
  news: string;
  /** When it was last asked for; null as long as it is what was loaded. */
  at: string | null;
}

const EVERY_MS = 2_000;
const CALM_MS = 10_000;
const LONGEST_MS = 30_000;

/**
 * Keeps a part of a page fresh while something goes on: every two seconds while it moves, more rarely while it does not
 * or nobody answers, and not at all while the page is hidden. Where more changed than this part, the loaders run again.
 */
export function useLive<T>(loaded: T, ask: Ask<T>, rules: LiveRules<T>): Live<T> {
  const [polled, setPolled] = useState<{ from: T; value: T; at: string } | null>(null);
  const [isStalled, setIsStalled] = useState(false);
  const [news, setNews] = useState('');
  const { revalidate } = useRevalidator();
  // What was polled belongs to what was loaded; a newer load wins.
  const current = polled?.from === loaded ? polled : null;
  const value = current ? current.value : loaded;
  const isLive = rules.isLive(value);

  useEffect(() => {
    const firstMs = isLive ? EVERY_MS : rules.idleMs;
    if (firstMs === undefined) return;
    const stop = new AbortController();
    let known = loaded;
    const look = async (): Promise<'turned' | 'moved' | 'same' | 'failed'> => {
      try {
        const { liveApi } = await import('../../bridge/live.ts');
        const next = await ask(liveApi, stop.signal);
        if (stop.signal.aborted) return 'same';
        setIsStalled(false);
        const heard = rules.newsOf?.(known, next);
        if (heard) setNews(heard);
        const hasMoved = JSON.stringify(known) !== JSON.stringify(next);
        if (hasMoved) known = next;
        setPolled({ from: loaded, value: known, at: new Date().toISOString() });
        return rules.hasTurned(loaded, next) ? 'turned' : hasMoved ? 'moved' : 'same';
      } catch {
        // Said on the page, and asked again.
        if (!stop.signal.aborted) setIsStalled(true);
        return 'failed';
      }
    };
    const watch = async (): Promise<void> => {
      let waitMs = firstMs;
      while (!stop.signal.aborted) {
        await pause(waitMs, stop.signal);
        await untilSeen(stop.signal);
        if (stop.signal.aborted) return;
        const found = await look();
        // The new load begins a new watch.
        if (found === 'turned' && !stop.signal.aborted) return revalidate();
        waitMs = nextWait(waitMs, found, firstMs);
      }
    };
    void watch();
    return () => stop.abort();
  }, [isLive, loaded, ask, rules, revalidate]);

  return { value, news, at: current?.at ?? null, state: isStalled ? 'stalled' : isLive ? 'live' : 'still' };
}

function nextWait(waitMs: number, found: 'moved' | 'same' | 'failed' | 'turned', firstMs: number): number {
  if (found === 'failed') return Math.min(waitMs * 2, LONGEST_MS);
  if (found === 'same') return Math.min(waitMs * 1.5, Math.max(CALM_MS, firstMs));
  return firstMs;
}

/** Resolves once the page is looked at, or nobody waits for it any more. */
function untilSeen(signal: AbortSignal): Promise<void> {
  if (!document.hidden || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    document.addEventListener('visibilitychange', done);
    signal.addEventListener('abort', done);
  });
}

/** Resolves after a while, or once nobody waits any more. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
