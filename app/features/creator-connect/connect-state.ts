/** An account that was confirmed in this visit. */
export interface ConnectedAccount {
  platformName: string;
  handle: string;
}

/** Where connecting stands. What was connected stays said while more is tried. */
export interface ConnectState {
  step: 'idle' | 'asking' | 'open' | 'confirming' | 'cancelled' | 'disconnected' | 'failed';
  connected: readonly ConnectedAccount[];
  /** Why it failed, in words for whoever sits before it. */
  message: string | null;
  /** How often a session that had expired was made anew by itself. */
  renewals: number;
}

export const idle: ConnectState = { step: 'idle', connected: [], message: null, renewals: 0 };

export type ConnectEvent =
  | { kind: 'asked' }
  | { kind: 'opened' }
  | { kind: 'renewed' }
  | { kind: 'told' }
  | { kind: 'confirmed'; account: ConnectedAccount }
  | { kind: 'disconnected' }
  | { kind: 'left' }
  | { kind: 'failed'; message: string };

/** One session that expires is renewed by itself; a second one is said, or a wrong clock would never end. */
export const MOST_RENEWALS = 1;

/** What follows from what happened. Pure. */
export function nextState(state: ConnectState, event: ConnectEvent): ConnectState {
  switch (event.kind) {
    case 'asked':
      return { ...state, step: 'asking', message: null, renewals: 0 };
    case 'renewed':
      return { ...state, step: 'asking', renewals: state.renewals + 1 };
    case 'opened':
      return { ...state, step: 'open' };
    case 'told':
      return { ...state, step: 'confirming', message: null };
    case 'confirmed':
      return { ...state, step: 'idle', connected: withAccount(state.connected, event.account) };
    case 'disconnected':
      return { ...state, step: 'disconnected', message: null };
    case 'left':
      // Who leaves after connecting is done; who leaves after a failure has read why.
      return state.step === 'open' && state.connected.length === 0
        ? { ...state, step: 'cancelled' }
        : ended(state);
    case 'failed':
      return { ...state, step: 'failed', message: event.message };
  }
}

function ended(state: ConnectState): ConnectState {
  return state.step === 'open' || state.step === 'asking' ? { ...state, step: 'idle' } : state;
}

/** The same account connected again is said once. */
function withAccount(
  connected: readonly ConnectedAccount[],
  account: ConnectedAccount,
): readonly ConnectedAccount[] {
  const isSame = (other: ConnectedAccount) =>
    other.platformName === account.platformName && other.handle === account.handle;
  return [...connected.filter((other) => !isSame(other)), account];
}
