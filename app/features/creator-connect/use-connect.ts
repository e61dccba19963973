import { useFetcher } from '@remix-run/react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { ConfirmAnswer, SessionAnswer, SessionWords } from './answers.ts';
import { type ConnectState, idle, MOST_RENEWALS, nextState } from './connect-state.ts';
import { type ConnectConfig, type ConnectEvents, loadConnectSdk, openConnectWindow } from './sdk.ts';

export interface Connect {
  state: ConnectState;
  /** `platform` null lets the creator choose the network in the window. */
  start: (platform: string | null) => void;
}

const NO_WINDOW =
  'The connect window did not open. An extension that blocks scripts may keep it away; else try again in a while.';
const EXPIRED = 'The session expired. Start once more.';
const NOT_ALLOWED =
  'The network did not allow the access. Nothing was connected; try again, or another account.';

/**
 * Runs the connect window: asks for a session, opens it, and has the server confirm what it tells. An expired session is
 * made anew by itself once. `action` answers a session to the intent `session`, and takes what was connected with `confirm`.
 */
export function useConnect(action: string): Connect {
  const [state, tell] = useReducer(nextState, idle);
  const asking = useFetcher<SessionAnswer>();
  const confirm = useConfirm(action, tell);
  const platform = useRef<string | null>(null);
  const { submit: ask } = asking;

  const request = useCallback(() => {
    const fields = { intent: 'session', ...(platform.current && { platform: platform.current }) };
    void ask(fields, { method: 'post', action });
  }, [ask, action]);

  const renewals = state.renewals;
  const open = useCallback(
    async (session: SessionWords) => {
      const events: ConnectEvents = {
        accountConnected: (accountId, _workPlatformId, _userId) => confirm(accountId),
        accountDisconnected: (_accountId, _workPlatformId, _userId) => tell({ kind: 'disconnected' }),
        tokenExpired: (_userId) => {
          if (renewals >= MOST_RENEWALS) return tell({ kind: 'failed', message: EXPIRED });
          tell({ kind: 'renewed' });
          request();
        },
        exit: (_reason, _userId) => tell({ kind: 'left' }),
        connectionFailure: (_reason, _workPlatformId, _userId) =>
          tell({ kind: 'failed', message: NOT_ALLOWED }),
      };
      try {
        const sdk = await loadConnectSdk(session.scriptUrl);
        openConnectWindow(sdk, toConfig(session), events);
        tell({ kind: 'opened' });
      } catch (error) {
        reportError(error);
        tell({ kind: 'failed', message: NO_WINDOW });
      }
    },
    [confirm, request, renewals],
  );
  useAnswer(asking.data, (answer) => {
    if (answer.ok) void open(answer.session);
    else tell({ kind: 'failed', message: answer.message });
  });

  const start = useCallback(
    (chosen: string | null) => {
      platform.current = chosen;
      tell({ kind: 'asked' });
      request();
    },
    [request],
  );
  return { state, start };
}

function toConfig({ workPlatformId, scriptUrl: _scriptUrl, ...session }: SessionWords): ConnectConfig {
  return { ...session, ...(workPlatformId !== null && { workPlatformId }) };
}

type Tell = (event: Parameters<typeof nextState>[1]) => void;

/** One account after the other: a window may connect several, and each is asked for whole. */
function useConfirm(action: string, tell: Tell): (accountId: string) => void {
  const { submit, data } = useFetcher<ConfirmAnswer>();
  const waiting = useRef<string[]>([]);
  const isBusy = useRef(false);
  const next = useCallback(() => {
    const accountId = waiting.current.shift();
    isBusy.current = accountId !== undefined;
    if (accountId !== undefined) void submit({ intent: 'confirm', accountId }, { method: 'post', action });
  }, [submit, action]);
  useAnswer(data, (answer) => {
    if (answer.ok) tell({ kind: 'confirmed', account: answer });
    else tell({ kind: 'failed', message: answer.message });
    next();
  });
  return useCallback(
    (accountId: string) => {
      waiting.current.push(accountId);
      tell({ kind: 'told' });
      if (!isBusy.current) next();
    },
    [next, tell],
  );
}

/** Calls back once for each answer, however often the page renders. */
function useAnswer<T>(answer: T | undefined, onAnswer: (answer: T) => void): void {
  const told = useRef<T | undefined>(undefined);
  useEffect(() => {
    if (answer === undefined || told.current === answer) return;
    told.current = answer;
    onAnswer(answer);
  });
}
