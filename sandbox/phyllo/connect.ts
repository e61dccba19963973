import { HttpResponse } from 'msw';
import { type SandboxState } from '../state.ts';
import { type SocialAccount } from '../world/social-accounts.ts';
import { SANDBOX_PHYLLO_ENVIRONMENT } from './app.ts';
import {
  accountPage,
  type ConnectSession,
  donePage,
  expiredPage,
  platformPage,
  sessionOf,
} from './connect-page.ts';
import { connectAccount, disconnectAccount } from './connecting.ts';
import { toUuid } from './ids.ts';
import { advance } from './life.ts';
import { type PhylloAccount, type PhylloUser } from './memory.ts';
import { platformUsername } from './sight.ts';
import { readToken } from './tokens.ts';
import { CONNECTABLE, type WorkPlatform } from './work-platforms.ts';

const html = (body: string): Response =>
  HttpResponse.html(body, {
    headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });

/** The user whom the session's token was made for, if it still holds. */
function userBehind(state: SandboxState, session: ConnectSession): PhylloUser | undefined {
  const token = readToken(session.token);
  const userId = toUuid(session.userId);
  if (!token || userId === undefined || token.userId !== userId) return undefined;
  if (token.environment !== session.environment || session.environment !== SANDBOX_PHYLLO_ENVIRONMENT) {
    return undefined;
  }
  return token.expiresAt > state.now().getTime() ? state.phyllo.users.get(userId) : undefined;
}

export const platformById = (id: string): WorkPlatform | undefined =>
  CONNECTABLE.find((platform) => platform.id === toUuid(id));

/** The accounts of everybody on a platform. */
export function accountsOnPlatform({ world }: SandboxState, { network }: WorkPlatform): SocialAccount[] {
  return world.socialAccounts.filter((social) => social.network === network);
}

/** Finds somebody's account by key, handle or what the platform calls it. */
export function findSocial(
  state: SandboxState,
  platform: WorkPlatform,
  username: string,
): SocialAccount | undefined {
  const asked = username.replace(/^@/, '').toLowerCase();
  return accountsOnPlatform(state, platform).find((social) =>
    [social.creator.key, social.creator.handle, platformUsername(social)].includes(asked),
  );
}

function connectionOf({ phyllo }: SandboxState, user: PhylloUser, social: SocialAccount) {
  const isIt = (account: PhylloAccount) =>
    account.userId === user.id &&
    account.network === social.network &&
    account.creatorKey === social.creator.key;
  return [...phyllo.accounts.values()].find(isIt);
}

interface Choice {
  user: PhylloUser;
  platform: WorkPlatform;
  social: SocialAccount;
}

function decide(
  state: SandboxState,
  session: ConnectSession,
  { user, platform, social, decision }: Choice & { decision: string },
): Response {
  if (decision === 'disconnect') {
    const account = connectionOf(state, user, social);
    if (!account) return html(donePage(session, 'This account is not connected', failure(session, platform)));
    disconnectAccount(state, account, 'CONNECT_SDK');
    const told = { event: 'accountDisconnected', args: [account.id, platform.id, user.id] };
    return html(donePage(session, `${platform.name} is disconnected`, told));
  }
  const account = connectAccount(state, user, social);
  const told = { event: 'accountConnected', args: [account.id, platform.id, user.id] };
  return html(donePage(session, `${platform.name} is connected`, told));
}

const failure = ({ userId }: ConnectSession, { id }: WorkPlatform, reason = 'ACCOUNT_NOT_CONNECTED') => ({
  event: 'connectionFailure',
  args: [reason, id, userId],
});

function choiceOfAccount(
  state: SandboxState,
  session: ConnectSession,
  { user, platform }: Pick<Choice, 'user' | 'platform'>,
): Response {
  const choices = accountsOnPlatform(state, platform).map((social) => ({
    social,
    username: social.creator.handle,
    isConnected: connectionOf(state, user, social)?.status === 'CONNECTED',
  }));
  return html(accountPage(session, platform, choices));
}

/** One step of a session in the frame. Every step carries the session along and is checked anew. */
export async function answerSession(state: SandboxState, request: Request): Promise<Response> {
  advance(state);
  const form = new URLSearchParams(await request.text());
  const session = sessionOf(form);
  const user = userBehind(state, session);
  if (!user) return html(expiredPage(session));
  const chosen = form.get('chosenPlatformId') ?? session.workPlatformId;
  if (chosen === '') return html(platformPage(session, CONNECTABLE));
  const platform = platformById(chosen);
  if (!platform) {
    const told = { event: 'connectionFailure', args: ['INVALID_WORK_PLATFORM', chosen, user.id] };
    return html(donePage(session, 'This platform cannot be connected', told));
  }
  const decision = form.get('decision');
  if (decision === 'fail') {
    return html(
      donePage(session, `${platform.name} was not connected`, failure(session, platform, 'REFUSED')),
    );
  }
  const social = findSocial(state, platform, form.get('username') ?? '');
  if (decision === null || !social) return choiceOfAccount(state, session, { user, platform });
  return decide(state, session, { user, platform, social, decision });
}
