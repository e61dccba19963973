import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import {
  API,
  SECRET,
  TOKEN,
  access,
  drain,
  failureOf,
  listOf,
  rowOf,
  type Answer,
  useTiktokVendor,
} from '../support/tiktok-vendor.ts';

const { tiktok, lines, answers, answerReport, readDays } = useTiktokVendor();

describe('an error', () => {
  const errorOf = async (answer: Answer) => {
    answerReport(() => answer);
    return failureOf(readDays());
  };

  it.each([
    [40100, 'Requests made too frequently', 'retry', 5_000],
    [40016, 'Too many identical requests', 'retry', 60_000],
    [40133, 'Too many requests of this advertiser', 'retry', 60_000],
    [51021, 'Too many requests', 'retry', 60_000],
    [40067, 'Too large', 'retry', null],
    [50000, 'System error', 'retry', null],
    [50002, 'Timeout', 'retry', null],
    [51004, 'Remote service error', 'retry', null],
    [60001, 'Under maintenance', 'retry', null],
    [40001, 'No permission to operate advertiser', 'skip', null],
    [40002, 'Advertiser 1 doesn’t exist', 'skip', null],
    [40002, 'The resource is not accessible', 'skip', null],
    [40002, 'max time span is 30 days when use stat_time_day', 'stop', null],
    [40002, 'metrics: unknown metric', 'stop', null],
    [40102, 'Access token is expired', 'reauthorize', null],
    [40104, 'Access token is empty', 'reauthorize', null],
    [40105, 'Access token is incorrect or has been revoked', 'reauthorize', null],
    [40106, 'Refresh token is incorrect', 'reauthorize', null],
    [40900, 'Something new', 'stop', null],
  ] as const)('%i (%s) is to %s, after %s ms', async (code, message, kind, retryAfterMs) => {
    expect(await errorOf({ code, message })).toMatchObject({
      kind,
      retryAfterMs,
      code: String(code),
      vendorMessage: message,
    });
  });

  it('tells an expired grant from a revoked one', async () => {
    expect((await errorOf({ code: 40102, message: 'x' })).grant).toBe('EXPIRED');
    expect((await errorOf({ code: 40105, message: 'x' })).grant).toBe('REVOKED');
  });

  it('tells the limit of the application from that of an advertiser', async () => {
    expect((await errorOf({ code: 40100, message: 'x' })).isApplicationWide).toBe(true);
    expect((await errorOf({ code: 40133, message: 'x' })).isApplicationWide).toBe(false);
  });

  it('of a gateway that answers with a page is repeated, as is half a document', async () => {
    for (const broken of [
      () => new HttpResponse('<html>504</html>', { status: 504 }),
      () => new HttpResponse('{"code":0,"data":{"li'),
    ]) {
      let calls = 0;
      answerReport(() => ((calls += 1) < 3 ? broken() : listOf([rowOf()])));
      expect(await readDays()).toHaveLength(1);
    }
  });

  it.each([
    ['no code', HttpResponse.json({ list: [] })],
    ['a redirect for a missing slash', HttpResponse.redirect(`${API}/elsewhere`, 301)],
    ['a refusal without words', new HttpResponse('no', { status: 403 })],
  ])('is a broken contract: %s', async (_what, answer) => {
    expect(await errorOf(answer)).toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('and a log line hold no token, secret or code', async () => {
    answers.set('oauth2/advertiser/get/', () => ({ code: 50000, message: `bad secret=${SECRET}` }));
    const error = await failureOf(drain(tiktok.listAccounts(access)));
    answers.set('oauth2/access_token/', () => ({ code: 40002, message: 'auth_code=c0de-of-dana is wrong' }));
    await failureOf(tiktok.exchangeCode({ code: 'c0de-of-dana', redirectUri: 'http://x.test/cb' }));
    const written = [...lines, error.message, error.vendorMessage, error.stack].join('\n');
    expect(lines.length).toBeGreaterThan(4);
    for (const secret of [TOKEN, SECRET, 'c0de-of-dana']) expect(written).not.toContain(secret);
  });
});
