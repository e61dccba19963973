import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { accountsOn } from '../../sandbox/world/world.ts';
import {
  arm,
  ask,
  type Ask,
  BASE,
  reach,
  readJson,
  type Refusal,
  refusalOf,
  type Rig,
  startRig,
  stream,
  tokensOf,
  walk,
} from './google-client.ts';

let rig: Rig;
let token: string;
beforeEach(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z', seed: 3 });
  token = (await tokensOf('dana')).access_token;
});
afterEach(() => rig.server.close());

const accounts = () => accountsOn(rig.state.world, 'google');
const account = (index: number): AdAccount => {
  const found = accounts()[index];
  if (!found) throw new Error(`no account ${index}`);
  return found;
};
const on = (index: number, query: string): Ask => ({ token, query, ...reach(account(index)) });
const October = "segments.date BETWEEN '2026-10-01' AND '2026-10-31'";
const refusal = async (question: Ask) => refusalOf(await ask('search', question));

const question = () =>
  on(0, `SELECT campaign.id, segments.date, metrics.clicks FROM campaign WHERE ${October}`);
const statuses = async (count: number) => {
  const answers: [number, string][] = [];
  for (let call = 0; call < count; call += 1) answers.push(await refusal(question()));
  return answers;
};

test('a limit says when to come back: the day’s, and in turn with it one of seconds', async () => {
  await arm({ kind: 'rate_limited', times: 2 });
  const delays: string[] = [];
  for (const code of ['RESOURCE_EXHAUSTED', 'RESOURCE_TEMPORARILY_EXHAUSTED']) {
    const response = await ask('search', question());
    const { error } = await readJson<Refusal>(response);
    expect([response.status, error.status]).toEqual([429, 'RESOURCE_EXHAUSTED']);
    const [found] = error.details?.[0]?.errors ?? [];
    expect(found?.errorCode).toEqual({ quotaError: code });
    delays.push(found?.details?.quotaErrorDetails.retryDelay ?? '');
  }
  expect(delays).toEqual(['60s', '5s']);
  expect((await ask('search', question())).status).toBe(200);
});

test('failures come with Google’s own code and without any, and too much as a deadline', async () => {
  await arm({ kind: 'error_500', times: 2 });
  expect(await statuses(2)).toEqual([
    [500, 'internalError.INTERNAL_ERROR'],
    [503, 'UNAVAILABLE'],
  ]);
  await arm({ kind: 'reduce_data', times: 1 });
  expect((await ask('search', on(0, 'SELECT campaign.id FROM campaign'))).status).toBe(200);
  expect(await statuses(1)).toEqual([[504, 'internalError.DEADLINE_EXCEEDED']]);
});

test('a dead token is refused by Google Ads, and in turn by its front end without details', async () => {
  await arm({ kind: 'expired_token', times: 2 });
  expect(await statuses(2)).toEqual([
    [401, 'authenticationError.OAUTH_TOKEN_EXPIRED'],
    [401, 'UNAUTHENTICATED'],
  ]);
  await arm({ kind: 'revoked_grant', times: 1 });
  expect(await statuses(1)).toEqual([[401, 'authenticationError.OAUTH_TOKEN_REVOKED']]);
});

test('a stream’s error is an element of its array', async () => {
  await arm({ kind: 'error_500', times: 1 });
  const body = await readJson<Refusal[]>(await ask('searchStream', question()));
  expect(body).toHaveLength(1);
  expect(body[0]?.error.details?.[0]?.['@type']).toMatch(
    /google\.ads\.googleads\.v25\.errors\.GoogleAdsFailure$/,
  );
});

test('an empty page leads on, and no row is lost behind it', async () => {
  const long = { ...question(), query: question().query.replace('2026-10-01', '2026-08-01') };
  const { rows, pages } = await walk(long);
  await arm({ kind: 'empty_page_with_next', times: 2, after: 1 });
  const broken = await walk(long);
  expect(broken.rows).toEqual(rows);
  expect(broken.pages).toBe(pages + 2);
});

test('a truncated answer breaks off', async () => {
  await arm({ kind: 'truncated_body', times: 1 });
  await expect(ask('search', question()).then((response) => response.json())).rejects.toThrow();
});

test('a fault strikes the questions that it matches alone, by what their bodies ask', async () => {
  await arm({ kind: 'error_500', match: 'FROM customer ' });
  const whole = `SELECT segments.date, metrics.clicks FROM customer WHERE ${October}`;
  expect((await refusal(on(0, whole)))[0]).toBe(500);
  expect((await ask('search', question())).status).toBe(200);
});

test('kinds that Google does not have are refused with those that it has', async () => {
  for (const kind of ['job_failed', 'job_stuck', 'job_skipped']) {
    const response = await arm({ kind });
    expect(response.status).toBe(400);
    expect((await readJson<{ error: string }>(response)).error).toMatch(
      /google has error_500, .*drop_campaign/,
    );
  }
});

test('a dropped campaign is gone from lists and figures, of Google alone', async () => {
  const ids = async () =>
    (await stream(on(0, 'SELECT campaign.id FROM campaign'))).rows.map(({ campaign }) => campaign?.['id']);
  const before = await ids();
  const metaBefore = await (
    await fetch(
      `${BASE}/_truth/meta?account=${rig.state.world.accounts[0]?.id}&from=2026-10-01&to=2026-10-31`,
    )
  ).text();
  await arm({ kind: 'drop_campaign' });
  expect(await ids()).toEqual(before.slice(1));
  const figures = (await walk(question())).rows.map(({ campaign }) => campaign?.['id']);
  expect(figures).not.toContain(before[0]);
  const metaAfter = await (
    await fetch(
      `${BASE}/_truth/meta?account=${rig.state.world.accounts[0]?.id}&from=2026-10-01&to=2026-10-31`,
    )
  ).text();
  expect(metaAfter).toBe(metaBefore);
  await fetch(`${BASE}/_faults`, { method: 'DELETE' });
  expect(await ids()).toEqual(before);
});
