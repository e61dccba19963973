import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { type SocialAccount } from '../world/social-accounts.ts';
import { tell } from './events.ts';
import { uuidOf } from './ids.ts';
import { REFRESH_DAYS } from './life.ts';
import { type PhylloAccount, type PhylloUser } from './memory.ts';

function newAccount(user: PhylloUser, social: SocialAccount, now: number): PhylloAccount {
  const { network, creator } = social;
  return {
    id: uuidOf('account', user.id, network, creator.key),
    ...{ userId: user.id, network, creatorKey: creator.key, createdAt: now, updatedAt: now },
    ...{ status: 'CONNECTED', disconnectionSource: null },
    identity: { syncedAt: null, dueAt: null },
    engagement: { syncedAt: null, dueAt: null },
    availableFrom: Math.floor(now / DAY_MS) - REFRESH_DAYS,
    ...{ historic: null, nextDailyAt: null },
  };
}

/**
 * A person signs in to an account. The same one again, by the same user, is the same account of Phyllo's. The first
 * figures come some seconds later.
 */
export function connectAccount(state: SandboxState, user: PhylloUser, social: SocialAccount): PhylloAccount {
  const { phyllo } = state;
  const now = state.now().getTime();
  const fresh = newAccount(user, social, now);
  const account = phyllo.accounts.get(fresh.id) ?? fresh;
  const dueAt = now + phyllo.settings.syncMs;
  account.status = 'CONNECTED';
  account.disconnectionSource = null;
  account.updatedAt = now;
  account.identity = { ...account.identity, dueAt };
  account.engagement = { ...account.engagement, dueAt };
  account.nextDailyAt = now + DAY_MS;
  phyllo.accounts.set(account.id, account);
  tell(state, account, { event: 'ACCOUNTS.CONNECTED' });
  phyllo.keep();
  return account;
}

/** Nothing more is brought in; what is there stays as it stood. */
function halt(state: SandboxState, account: PhylloAccount): void {
  account.updatedAt = state.now().getTime();
  account.identity = { ...account.identity, dueAt: null };
  account.engagement = { ...account.engagement, dueAt: null };
  account.historic = null;
  account.nextDailyAt = null;
}

/** Ends a connection. Who did is Phyllo's word: the developer's call, or the person on the network. */
export function disconnectAccount(
  state: SandboxState,
  account: PhylloAccount,
  source: 'DEVELOPER_API' | 'CONNECT_SDK' | 'PLATFORM',
): void {
  if (account.status === 'NOT_CONNECTED') return;
  halt(state, account);
  account.status = 'NOT_CONNECTED';
  account.disconnectionSource = source;
  tell(state, account, { event: 'ACCOUNTS.DISCONNECTED' });
  state.phyllo.keep();
}

/** The network no longer believes the session: the person must sign in again. */
export function expireSession(state: SandboxState, account: PhylloAccount): void {
  if (account.status !== 'CONNECTED') return;
  halt(state, account);
  account.status = 'SESSION_EXPIRED';
  tell(state, account, { event: 'SESSION.EXPIRED' });
  state.phyllo.keep();
}
