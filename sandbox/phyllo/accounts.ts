import { accountJson } from './account-json.ts';
import {
  accountOf,
  neededText,
  ok,
  type PhylloAnswer,
  type PhylloCall,
  type PhylloRoute,
  refuseOthers,
} from './call.ts';
import { disconnectAccount } from './connecting.ts';
import { invalid, missing, notFound } from './failures.ts';
import { toUuid } from './ids.ts';
import { profileIdOf } from './life.ts';
import { type PhylloAccount } from './memory.ts';
import { PAGE_PARAMETERS, pageOf } from './paging.ts';
import { audienceJson, profileJson } from './profile-json.ts';
import { workPlatformOf } from './work-platforms.ts';

/** The accounts that a question's filters leave, the newest first. */
function filtered(call: PhylloCall): PhylloAccount[] {
  refuseOthers(call, [...PAGE_PARAMETERS, 'account_id', 'user_id', 'work_platform_id']);
  const asked = (name: string) => {
    const value = call.query.get(name);
    return value === null ? null : (toUuid(value) ?? '');
  };
  const [account, user, platform] = [asked('account_id'), asked('user_id'), asked('work_platform_id')];
  return [...call.state.phyllo.accounts.values()]
    .filter(({ id }) => account === null || id === account)
    .filter(({ userId }) => user === null || userId === user)
    .filter(({ network }) => platform === null || workPlatformOf(network).id === platform)
    .reverse();
}

const listAccounts = (call: PhylloCall): PhylloAnswer =>
  pageOf(call, filtered(call), (account) => accountJson(call.state, account, call.origin));

function accountById({ state, part, origin }: PhylloCall): PhylloAnswer {
  return ok(accountJson(state, accountOf(state, part), origin));
}

function disconnect({ state, part, origin }: PhylloCall): PhylloAnswer {
  const account = accountOf(state, part);
  disconnectAccount(state, account, 'DEVELOPER_API');
  const { id, created_at, updated_at, user, work_platform, status } = accountJson(state, account, origin);
  return ok(
    Object.fromEntries(
      Object.entries({ id, created_at, updated_at, user, work_platform, status }).map(([name, value]) => [
        name,
        value ?? null,
      ]),
    ),
  );
}

/** A profile is there once it was looked at: until then lists are empty, though the account is connected. */
function listProfiles(call: PhylloCall): PhylloAnswer {
  const known = filtered(call).filter(({ identity }) => identity.syncedAt !== null);
  return pageOf(call, known, (account) => profileJson(call.state, account, call.origin));
}

function profileById({ state, part, origin }: PhylloCall): PhylloAnswer {
  const account = [...state.phyllo.accounts.values()].find(({ id }) => profileIdOf(id) === toUuid(part));
  if (!account || account.identity.syncedAt === null) throw notFound('profile');
  return ok(profileJson(state, account, origin));
}

/** What can only be asked of an account whose person is signed in. The code is not documented. */
export function requireConnected(account: PhylloAccount): void {
  if (account.status === 'CONNECTED') return;
  throw invalid('account_not_connected', `The account is ${account.status}.`);
}

function refreshProfile(call: PhylloCall): PhylloAnswer {
  const { state } = call;
  const account = accountOf(state, neededText(call, 'account_id'));
  requireConnected(account);
  account.identity = { ...account.identity, dueAt: state.now().getTime() + state.phyllo.settings.refreshMs };
  state.phyllo.keep();
  return ok({ account_id: account.id });
}

function audience(call: PhylloCall): PhylloAnswer {
  refuseOthers(call, ['account_id']);
  const id = call.query.get('account_id');
  if (id === null) throw missing(['account_id']);
  const account = accountOf(call.state, id);
  if (!workPlatformOf(account.network).audience) {
    // How Phyllo words it is not documented; the account's own `data.identity` has no audience then.
    throw invalid('product_not_supported', 'The work platform does not support IDENTITY.AUDIENCE.');
  }
  return ok(audienceJson(call.state, account));
}

/** Accounts, profiles and who follows them. */
export const ACCOUNT_ROUTES: readonly PhylloRoute[] = [
  { method: 'GET', path: 'accounts', answer: listAccounts },
  { method: 'GET', path: 'accounts/*', answer: accountById },
  { method: 'POST', path: 'accounts/*/disconnect', answer: disconnect },
  { method: 'GET', path: 'profiles', answer: listProfiles },
  { method: 'POST', path: 'profiles/refresh', answer: refreshProfile },
  { method: 'GET', path: 'profiles/*', answer: profileById },
  { method: 'GET', path: 'audience', answer: audience },
];
