import { type JsonObject } from '../meta/json.ts';
import { SANDBOX_PHYLLO_ENVIRONMENT } from './app.ts';
import {
  neededText,
  neededTexts,
  ok,
  type PhylloAnswer,
  type PhylloCall,
  type PhylloRoute,
  refuseOthers,
  userOf,
} from './call.ts';
import { invalid, notFound, PhylloFailure } from './failures.ts';
import { toUuid, uuidOf } from './ids.ts';
import { PAGE_PARAMETERS, pageOf } from './paging.ts';
import { type PhylloUser } from './memory.ts';
import { naive } from './times.ts';
import { writeToken } from './tokens.ts';
import { platformJson, WORK_PLATFORMS } from './work-platforms.ts';

const PRODUCTS = [
  ...['IDENTITY', 'IDENTITY.AUDIENCE', 'ENGAGEMENT', 'ENGAGEMENT.AUDIENCE', 'INCOME', 'PUBLISH.CONTENT'],
  'ACTIVITY',
];

const userJson = ({ id, name, externalId, createdAt }: PhylloUser): JsonObject => ({
  ...{ id, name, external_id: externalId, status: 'ACTIVE' },
  ...{ created_at: naive(createdAt), updated_at: naive(createdAt) },
});

function createUser(call: PhylloCall): PhylloAnswer {
  const { phyllo, now } = call.state;
  const name = neededText(call, 'name');
  const externalId = neededText(call, 'external_id');
  const id = uuidOf('user', externalId);
  if (phyllo.users.has(id)) {
    // That a duplicate is refused is documented, its status and code are not.
    const message = 'A user with this external_id exists already.';
    throw new PhylloFailure(400, 'INVALID_REQUEST_PARAMETERS', 'user_exists_with_external_id', message);
  }
  const user = { id, name, externalId, createdAt: now().getTime() };
  phyllo.users.set(id, user);
  phyllo.keep();
  return ok(userJson(user), 201);
}

function userByExternalId({ state, part }: PhylloCall): PhylloAnswer {
  const user = state.phyllo.users.get(uuidOf('user', decodeURIComponent(part)));
  if (!user) throw notFound('external');
  return ok(userJson(user));
}

function createToken(call: PhylloCall): PhylloAnswer {
  const { state } = call;
  const user = userOf(state, neededText(call, 'user_id'));
  const products = neededTexts(call, 'products');
  const unknown = products.find((product) => !PRODUCTS.includes(product));
  if (unknown !== undefined) throw invalid('invalid_products', `Unknown product ${unknown}.`);
  const expiresAt = state.now().getTime() + state.phyllo.settings.tokenMs;
  const environment = SANDBOX_PHYLLO_ENVIRONMENT;
  const sdkToken = writeToken({ userId: user.id, products, environment, expiresAt });
  return ok({ sdk_token: sdkToken, expires_at: naive(expiresAt) }, 201);
}

function listPlatforms(call: PhylloCall): PhylloAnswer {
  refuseOthers(call, [...PAGE_PARAMETERS, 'name']);
  const name = call.query.get('name')?.toLowerCase();
  const found = WORK_PLATFORMS.filter((each) => name === undefined || each.name.toLowerCase() === name);
  return pageOf(call, found, platformJson);
}

function platformById({ part }: PhylloCall): PhylloAnswer {
  const platform = WORK_PLATFORMS.find(({ id }) => id === toUuid(part));
  if (!platform) throw notFound('work_platform');
  return ok(platformJson(platform));
}

function listUsers(call: PhylloCall): PhylloAnswer {
  refuseOthers(call, PAGE_PARAMETERS);
  return pageOf(call, [...call.state.phyllo.users.values()].reverse(), userJson);
}

/** Users, the tokens with which their browsers begin, and the platforms. */
export const USER_ROUTES: readonly PhylloRoute[] = [
  { method: 'POST', path: 'users', answer: createUser },
  { method: 'GET', path: 'users', answer: listUsers },
  { method: 'GET', path: 'users/external_id/*', answer: userByExternalId },
  { method: 'GET', path: 'users/*', answer: ({ state, part }) => ok(userJson(userOf(state, part))) },
  { method: 'POST', path: 'sdk-tokens', answer: createToken },
  { method: 'GET', path: 'work-platforms', answer: listPlatforms },
  { method: 'GET', path: 'work-platforms/*', answer: platformById },
];
