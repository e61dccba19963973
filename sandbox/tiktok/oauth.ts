import { CALL_KINDS } from '../control/faults.ts';
import { accountsSeenBy } from '../world/world.ts';
import { SANDBOX_TIKTOK_APP_ID, SANDBOX_TIKTOK_APP_SECRET } from './app.ts';
import {
  type Bearer,
  bearerOf,
  liveToken,
  needed,
  OPEN_KINDS,
  type TiktokCall,
  type TiktokRoute,
} from './call.ts';
import { deadCode, invalidParameter } from './failures.ts';
import { writeToken } from './tokens.ts';

/** Source: API for Business, authorization: an auth_code is good once, for an hour. */
const CODE_LIFE_MS = 60 * 60_000;

function checkApplication(appId: unknown, secret: unknown): void {
  if (String(appId) !== SANDBOX_TIKTOK_APP_ID) throw invalidParameter('app_id: no such application.');
  if (secret !== SANDBOX_TIKTOK_APP_SECRET) throw invalidParameter('secret: is incorrect.');
}

/** The ids of the ad accounts that the person let the application into. */
function advertiserIds({ state }: TiktokCall, { person }: Bearer): string[] {
  return accountsSeenBy(state.world, 'tiktok', person).map(({ id }) => id);
}

function giveToken(call: TiktokCall) {
  const { app_id, secret, auth_code } = call.body;
  checkApplication(app_id, secret);
  const { tiktok } = call.state;
  const pending = typeof auth_code === 'string' ? tiktok.codes.get(auth_code) : undefined;
  if (!pending) throw deadCode('is incorrect');
  if (pending.isUsed) throw deadCode('has been used');
  if (call.at.getTime() - pending.issuedAt > CODE_LIFE_MS) throw deadCode('has expired');
  pending.isUsed = true;
  const grant = { ...pending.grant, issuedAt: call.at.getTime(), serial: tiktok.nextSerial() };
  const access_token = writeToken(grant);
  return {
    access_token,
    scope: [...grant.granted],
    advertiser_ids: advertiserIds(call, liveToken(call.state, access_token)),
  };
}

function listAdvertisers(call: TiktokCall) {
  checkApplication(needed(call, 'app_id'), needed(call, 'secret'));
  const { person } = bearerOf(call);
  return {
    list: accountsSeenBy(call.state.world, 'tiktok', person).map(({ id, name }) => {
      return { advertiser_id: id, advertiser_name: name };
    }),
  };
}

/** Ends the token that the body names; the header carries it too. */
function revokeToken(call: TiktokCall) {
  const { app_id, secret, access_token } = call.body;
  checkApplication(app_id, secret);
  bearerOf(call);
  const bearer = liveToken(call.state, typeof access_token === 'string' ? access_token : '');
  call.state.tiktok.revoke(bearer.grant);
  return { app_id: SANDBOX_TIKTOK_APP_ID, advertiser_ids: advertiserIds(call, bearer) };
}

/** Who authorized the application. Source: API for Business, user info. */
function showUser(call: TiktokCall) {
  const { person } = bearerOf(call);
  return {
    core_user_id: person.tiktokId,
    display_name: person.name,
    email: person.email,
    create_time: 1_672_531_200,
    avatar_url: '',
  };
}

export const OAUTH_ROUTES: readonly TiktokRoute[] = [
  { method: 'POST', path: 'oauth2/access_token', kinds: OPEN_KINDS, answer: giveToken },
  { method: 'GET', path: 'oauth2/advertiser/get', kinds: CALL_KINDS, answer: listAdvertisers },
  { method: 'POST', path: 'oauth2/revoke_token', kinds: CALL_KINDS, answer: revokeToken },
  { method: 'GET', path: 'user/info', kinds: CALL_KINDS, answer: showUser },
];
