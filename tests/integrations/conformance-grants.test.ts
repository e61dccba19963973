import { beforeEach, describe, expect, it } from 'vitest';
import { scopesIn } from '../../server/domain/ad-accounts/rules.ts';
import type { Grant } from '../../server/integrations/ad-platform.ts';
import {
  APP_SECRETS,
  codeOf,
  drain,
  failureOf,
  listAdAccounts,
  STAND_IN_IDS,
  Subject,
  useStandIns,
} from '../support/stand-ins.ts';

const { sandbox, clock, lines, open } = useStandIns();
const registry = open();
const range = { from: '2026-04-22', to: '2026-05-20' };

describe.each(STAND_IN_IDS)('%s', (id) => {
  const subject = new Subject(registry.get(id), sandbox);
  const { platform } = subject;
  let grant: Grant;
  const readDays = async () => drain(platform.dailyMetrics(grant, await subject.anAccount(grant), { range }));

  beforeEach(async () => {
    grant = await subject.connect();
  });

  it('hands the state to the person’s browser and gets a grant with what it needs', async () => {
    const answer = await subject.authorize('a b&c');
    expect(answer.get('state')).toBe('a b&c');
    const given = await subject.exchange(codeOf(answer));
    expect(given.scopes).toEqual(expect.arrayContaining([...platform.requiredScopes]));
    // Asked and granted go by the same names, or what was ticked would be called missing.
    const asked = scopesIn(platform.authorizationUrl({ state: '', redirectUri: subject.redirectUri }));
    expect(given.scopes).toEqual(expect.arrayContaining(asked));
    expect(given.nativeUserId).toBe(grant.nativeUserId);
    expect(JSON.stringify(given)).not.toContain(given.accessToken.reveal());
    // A code is good for one grant: asking again helps nobody.
    expect((await failureOf(subject.exchange(codeOf(answer)))).kind).not.toBe('retry');
  });

  it('takes a code for nobody who does not hold what it was asked for with', async () => {
    const code = codeOf(await subject.authorize());
    await failureOf(subject.exchange(`${code}x`));
    if (platform.takesPkce) await failureOf(subject.exchange(code, 'x'.repeat(43)));
  });

  it('shows a person who was given nothing no account, or says so', async () => {
    const bare = await subject.connect('noor');
    const found = await drain(platform.listAccounts(bare)).catch((error: unknown) => error);
    if (Array.isArray(found)) return expect(found).toEqual([]);
    expect(found).toMatchObject({
      kind: 'reauthorize',
      message: expect.stringMatching(/[Cc]onnect again/) as string,
    });
  });

  it.each(['expired_token', 'revoked_grant'] as const)('knows a dead grant (%s)', async (kind) => {
    const account = await subject.anAccount(grant);
    sandbox.state.calls.clear();
    subject.arm({ kind, times: 1 });
    const error = await failureOf(drain(platform.dailyMetrics(grant, account, { range })));
    expect(error).toMatchObject({
      kind: 'reauthorize',
      grant: kind === 'expired_token' ? 'EXPIRED' : 'REVOKED',
    });
    expect(error.message).toMatch(/[Cc]onnect again/);
    expect(subject.dailyCalls()).toBe(1);
  });

  it('renews an access that ran out, where it does, and no other', async () => {
    if (!platform.refresh) return expect(grant.refreshToken).toBeNull();
    const { refreshToken } = grant;
    if (!refreshToken) throw new Error('No refresh token was given.');
    clock.advanceHours(1.1);
    expect(await failureOf(listAdAccounts(platform, grant))).toMatchObject({
      kind: 'reauthorize',
      grant: 'EXPIRED',
    });
    const renewed = await platform.refresh(refreshToken);
    const accounts = await listAdAccounts(platform, { ...grant, accessToken: renewed.accessToken });
    expect(accounts.length).toBeGreaterThan(0);
    await platform.revoke({ ...grant, refreshToken });
    expect(await failureOf(platform.refresh(refreshToken))).toMatchObject({
      kind: 'reauthorize',
      grant: 'REVOKED',
    });
  });

  it('ends a grant for good, and takes one that is dead already for ended', async () => {
    const account = await subject.anAccount(grant);
    // Meta dates revocations to the second: a token of that second counts as given before.
    clock.advanceHours(0.01);
    await platform.revoke(grant);
    const error = await failureOf(drain(platform.dailyMetrics(grant, account, { range })));
    expect(error.kind).toBe('reauthorize');
    await platform.revoke(grant);
    clock.advanceHours(0.01);
  });

  it('writes no token, secret or code into a log line or an error', async () => {
    const code = codeOf(await subject.authorize());
    const { accessToken, refreshToken } = await subject.exchange(code);
    subject.arm({ kind: 'error_500', times: 3 });
    await readDays();
    subject.arm({ kind: 'expired_token', times: 1 });
    const error = await failureOf(readDays());
    const used = await failureOf(subject.exchange(code));
    const written = [error, used].flatMap(({ message, vendorMessage, stack }) => [
      message,
      vendorMessage,
      stack,
    ]);
    const text = [...lines, ...written].join('\n');
    expect(lines.length).toBeGreaterThan(3);
    const secrets = [grant.accessToken, grant.refreshToken, accessToken, refreshToken];
    for (const secret of [...APP_SECRETS, code, ...secrets.flatMap((token) => token?.reveal() ?? [])])
      expect(text).not.toContain(secret);
  });
});
