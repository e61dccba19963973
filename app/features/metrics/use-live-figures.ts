import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { FigureChange } from '../../../server/domain/metrics/changes-schema.ts';
import type { FreshnessMark } from '../../../server/domain/metrics/dashboard-schema.ts';
import { pause } from '../sync/use-live.ts';

/** `still`: no sync is known to run. `live`: one runs. `updating`: newer figures are on their way. */
export type LiveState = 'still' | 'live' | 'updating' | 'updated';

/** However fast a sync writes, the page asks for its figures no more often. */
const EVERY_MS = 3_000;
/** As many accounts as one listening takes. */
const MOST = 500;
/** How long "just now" is true. */
const NEWS_MS = 30_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** An account as the page was loaded with it. */
export type LoadedAccount = Pick<FreshnessMark, 'adAccountId' | 'lastSyncedAt'>;

/**
 * Keeps a page's figures fresh while syncs run: listens for its ad accounts as long as the page is looked at, and runs
 * the loaders again when one of them moved. The page stays as it is otherwise: scroll, focus and what stands open.
 * Without a script, and where the listening fails, the page is as it was loaded.
 */
export function useLiveFigures(accounts: readonly LoadedAccount[]): LiveState {
  const { revalidate, state } = useRevalidator();
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const [hasMoved, setHasMoved] = useState(false);
  const reload = useThrottled(revalidate);
  const loaded = useRef(accounts);
  useEffect(() => {
    loaded.current = accounts;
  }, [accounts]);
  // The same accounts in a new array are the same listening.
  const asked = accounts
    .slice(0, MOST)
    .map(({ adAccountId }) => adAccountId)
    .join(',');

  useEffect(() => {
    if (asked === '') return;
    const onChange = (change: FigureChange) => {
      setRunning((before) => withOne(before, change));
      if (!isNews(change, loaded.current)) return;
      setHasMoved(true);
      reload();
    };
    return whileSeen((signal) => void listen({ adAccountIds: asked.split(','), onChange, signal }));
  }, [asked, reload]);

  useEffect(() => {
    if (!hasMoved || running.size > 0 || state === 'loading') return;
    const timer = setTimeout(() => setHasMoved(false), NEWS_MS);
    return () => clearTimeout(timer);
  }, [hasMoved, running, state]);

  if (state === 'loading' && hasMoved) return 'updating';
  if (running.size > 0) return 'live';
  return hasMoved ? 'updated' : 'still';
}

/** It moved while we listened, or between the load and the listening. */
function isNews({ adAccountId, hasMoved, lastSyncedAt }: FigureChange, loaded: readonly LoadedAccount[]) {
  if (hasMoved) return true;
  const known = loaded.find((account) => account.adAccountId === adAccountId);
  const at = (iso: string | null) => (iso === null ? null : Date.parse(iso));
  return known !== undefined && at(known.lastSyncedAt) !== at(lastSyncedAt);
}

function withOne(before: ReadonlySet<string>, { adAccountId, isSyncing }: FigureChange): ReadonlySet<string> {
  if (before.has(adAccountId) === isSyncing) return before;
  const after = new Set(before);
  if (isSyncing) after.add(adAccountId);
  else after.delete(adAccountId);
  return after;
}

/** Runs at once, then again at the end of each pause in which it was asked for. Stable between renders. */
function useThrottled(work: () => void): () => void {
  const [throttle] = useState(() => throttled(work));
  useEffect(() => () => throttle.stop(), [throttle]);
  return throttle.run;
}

/** Exported for its test. */
export function throttled(work: () => void): { run: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isDue = false;
  const go = () => {
    isDue = false;
    work();
    timer = setTimeout(() => {
      timer = null;
      if (isDue) go();
    }, EVERY_MS);
  };
  return {
    run: () => {
      if (timer === null) go();
      else isDue = true;
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      isDue = false;
    },
  };
}

/** Works while the page is looked at, and stops when it is hidden or left. */
function whileSeen(work: (signal: AbortSignal) => void): () => void {
  let stop: AbortController | null = null;
  const look = () => {
    if (document.hidden) {
      stop?.abort();
      stop = null;
    } else if (stop === null) {
      stop = new AbortController();
      work(stop.signal);
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop?.abort();
  };
}

interface Listening {
  adAccountIds: string[];
  onChange: (change: FigureChange) => void;
  signal: AbortSignal;
}

/** Listens until nobody does any more; what breaks begins again after a while, with how the accounts stand then. */
async function listen({ onChange, ...of }: Listening): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  const heard = (change: FigureChange) => {
    waitMs = FIRST_WAIT_MS;
    onChange(change);
  };
  while (!of.signal.aborted) {
    await untilBroken({ ...of, onChange: heard });
    await pause(waitMs, of.signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Resolves when the listening ended, whoever ended it. A lost connection is found again by the link itself. */
async function untilBroken({ adAccountIds, onChange, signal }: Listening): Promise<void> {
  const { liveApi } = await import('../../bridge/live.ts').catch(() => ({ liveApi: null }));
  if (liveApi === null || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => resolve();
    const listening = liveApi.metrics.changes.subscribe(
      { adAccountIds },
      { onData: onChange, onError: done, onComplete: done },
    );
    signal.addEventListener('abort', () => {
      listening.unsubscribe();
      resolve();
    });
  });
}
