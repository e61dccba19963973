import { describe, expect, it } from 'vitest';
import { SANDBOX_PHYLLO_CLIENT_SECRET } from '../../sandbox/phyllo/app.ts';
import {
  type CreatorNetwork,
  networkAccount,
  networkAudience,
  networkContent,
  networkProfile,
} from '../../server/integrations/creator-network.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createCreatorNetwork } from '../../server/integrations/registry.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { TestClock } from '../support/meta.ts';
import { PHYLLO, usePhyllo, WEBHOOK_TEST_URL } from '../support/phyllo.ts';

const clock = new TestClock();
const phyllo = usePhyllo(clock);
const lines: string[] = [];
const log = createLogger({
  name: 'test',
  level: 'trace',
  destination: { write: (line) => lines.push(line) },
});
const open = (settings: Readonly<Record<string, string>> = {}): CreatorNetwork => {
  const sleep = () => Promise.resolve();
  const network = createCreatorNetwork(loadConfig({ ...PHYLLO, ...settings }), {
    log,
    sleep,
    maxWaitMs: 90_000,
  });
  if (!network) throw new Error('Phyllo is on here.');
  return network;
};
const network = open();

let users = 0;
async function newUser(): Promise<string> {
  users += 1;
  return network.ensureUser({ externalId: `creator-${users}`, name: 'Somebody' });
}

async function refusalOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}

async function allContents(accountId: string, from: string | null = null, to: string | null = null) {
  const found = [];
  for await (const page of network.contents(accountId, { from, to })) found.push(...page);
  return found;
}

it('is off without its settings', () => {
  expect(createCreatorNetwork(loadConfig({}), { log })).toBeNull();
});

it('knows itself from a stand-in by its host, also under its new name', () => {
  expect(network.isStandIn).toBe(true);
  expect(open({ PHYLLO_API_URL: 'https://api.getphyllo.com' }).isStandIn).toBe(false);
  expect(open({ PHYLLO_API_URL: 'https://api.staging.insightiq.ai' }).isStandIn).toBe(false);
  expect(open({ PHYLLO_API_URL: 'https://getphyllo.com.evil.test' }).isStandIn).toBe(true);
});

describe('a user', () => {
  it('is one however often and by however many it is asked for at once', async () => {
    const creator = { externalId: 'the-same', name: 'Noor' };
    const made = await Promise.all([1, 2, 3].map(() => network.ensureUser(creator)));
    expect(new Set([...made, await network.ensureUser(creator)]).size).toBe(1);
  });

  it('opens a session for one network, or for all', async () => {
    const userId = await newUser();
    const session = await network.connectSession({ userId, platform: 'TIKTOK' });
    expect(session).toMatchObject({
      userId,
      environment: 'sandbox',
      workPlatformId: phyllo.workPlatformId('tiktok'),
      scriptUrl: PHYLLO.PHYLLO_CONNECT_SCRIPT_URL,
    });
    expect(session.expiresAt && session.expiresAt > clock.now()).toBe(true);
    expect((await network.connectSession({ userId, platform: null })).workPlatformId).toBeNull();
  });

  it('opens none for a network that cannot be connected', async () => {
    const userId = await newUser();
    expect(network.supports('PINTEREST')).toBe(false);
    expect(network.supports('LINKEDIN')).toBe(true);
    expect((await refusalOf(network.connectSession({ userId, platform: 'SNAPCHAT' }))).kind).toBe('stop');
  });
});

describe('what is read of an account', () => {
  it.each([
    ['instagram', 'layla.mansoori', 'INSTAGRAM', 'layla.mansoori'],
    ['tiktok', 'layla.mansoori', 'TIKTOK', 'layla.mansoori'],
    ['youtube', 'layla.mansoori', 'YOUTUBE', 'layla.mansoori'],
    ['x', 'khalidrashed', 'TWITTER', 'khalidrashed'],
    ['facebook', 'hessa.home', 'FACEBOOK', 'hessa.home'],
    ['linkedin', 'fahad.builds', 'LINKEDIN', 'fahad.builds'],
  ] as const)('on %s is what is true of it', async (where, handle, platform, shown) => {
    const userId = await newUser();
    const people = await phyllo.people();
    const person = people.find((each) => each.handle === handle && each.network === where);
    const username = person?.username ?? '';
    const { accountId } = await phyllo.connectAndSync({ userId, network: where, username });
    const account = networkAccount.parse(await network.account(accountId));
    expect(account).toMatchObject({ accountId, userId, platform, state: 'CONNECTED', profileSync: 'SYNCED' });
    const truth = await phyllo.truth(accountId);
    const profile = networkProfile.parse(await network.profile(accountId));
    expect(profile).toMatchObject({
      handle: shown,
      followers: truth.profile.followers,
      following: truth.profile.following,
      posts: truth.profile.contentCount,
      likes: truth.profile.likes,
    });
    const contents = await allContents(accountId);
    for (const content of contents) networkContent.parse(content);
    const figures = (
      list: readonly { views: number | null; likes: number | null; comments: number | null }[],
    ) => list.map(({ views, likes, comments }) => [views, likes, comments]);
    const told = new Map(contents.map((content) => [content.contentId, content]));
    const wanted = account.contentsSync === 'NOT_SUPPORTED' ? [] : truth.contents;
    expect([...told.keys()].sort()).toEqual(wanted.map(({ id }) => id).sort());
    expect(figures(wanted.map(({ id }) => told.get(id)).flatMap((each) => each ?? []))).toEqual(
      figures(wanted),
    );
    const audience = await network.audience(accountId);
    const isTold = account.audienceSync !== 'NOT_SUPPORTED' && truth.audience.countries.length > 0;
    expect(audience && networkAudience.parse(audience).countries.map(({ code }) => code)).toEqual(
      isTold ? truth.audience.countries.map(({ code }) => code) : null,
    );
  });

  it('is nothing before it was synced', async () => {
    const userId = await newUser();
    const { accountId } = await phyllo.connect({ userId, network: 'instagram', username: 'hessa.home' });
    const account = await network.account(accountId);
    expect(['IN_PROGRESS', 'NOT_SYNCED']).toContain(account.profileSync);
    expect(await network.profile(accountId)).toBeNull();
    expect(await allContents(accountId)).toEqual([]);
  });

  it('comes by ids too, and what is gone is absent', async () => {
    const userId = await newUser();
    const choice = { userId, network: 'tiktok', username: 'mariambukhari' } as const;
    const { accountId } = await phyllo.connectAndSync(choice);
    const [first, second] = await allContents(accountId);
    const ids = [first?.contentId ?? '', second?.contentId ?? '', '00000000-0000-4000-8000-000000000000'];
    const found = await network.contentsByIds(ids);
    expect(found.map(({ contentId }) => contentId).sort()).toEqual(ids.slice(0, 2).sort());
    expect(await network.contentsByIds([])).toEqual([]);
    await expect(network.contentsByIds(Array.from({ length: 101 }, () => ids[0] ?? ''))).rejects.toThrow(
      RangeError,
    );
  });

  it('is kept to the days that are asked for', async () => {
    const userId = await newUser();
    const choice = { userId, network: 'instagram', username: 'khalidrashed' } as const;
    const { accountId } = await phyllo.connectAndSync(choice);
    const found = await allContents(accountId, '2026-05-01', '2026-05-10');
    const days = found.map(({ publishedAt }) => publishedAt?.toISOString().slice(0, 10) ?? '');
    expect(days.length).toBeGreaterThan(0);
    expect(days.every((day) => day >= '2026-05-01' && day <= '2026-05-10')).toBe(true);
  });
});

describe('the webhook', () => {
  it('is made once, set right where it fell silent, and told of all that is needed', async () => {
    const made = await network.ensureWebhook(WEBHOOK_TEST_URL);
    expect(made).toMatchObject({ url: WEBHOOK_TEST_URL, isActive: true });
    expect(made.events).toContain('CONTENTS.ADDED');
    const webhook = phyllo.sandbox.state.phyllo.webhooks.get(made.webhookId);
    if (!webhook) throw new Error('The webhook is not there.');
    webhook.isActive = false;
    webhook.events = ['CONTENTS.ADDED'];
    expect((await network.webhooks())[0]?.isActive).toBe(false);
    const mended = await network.ensureWebhook(WEBHOOK_TEST_URL);
    expect(mended).toMatchObject({ webhookId: made.webhookId, isActive: true });
    expect([...mended.events].sort()).toEqual([...made.events].sort());
    expect(await network.webhooks()).toHaveLength(1);
  });
});

describe('trouble', () => {
  it('of the service is tried again', async () => {
    const userId = await newUser();
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind: 'error_500', times: 2 });
    expect(await network.accounts(userId)).toEqual([]);
  });

  it('with the credentials stops, and no secret stands in the error or the log', async () => {
    const userId = await newUser();
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind: 'unauthorized', times: 1 });
    const error = await refusalOf(network.accounts(userId));
    expect(error.kind).toBe('stop');
    const pair = Buffer.from(`${PHYLLO.PHYLLO_CLIENT_ID}:${PHYLLO.PHYLLO_CLIENT_SECRET}`).toString('base64');
    const words = [error.message, error.vendorMessage, ...lines].join('\n');
    for (const secret of [SANDBOX_PHYLLO_CLIENT_SECRET, pair]) expect(words).not.toContain(secret);
  });

  it('with an account that is gone is to be left out', async () => {
    const error = await refusalOf(network.account('00000000-0000-4000-8000-000000000000'));
    expect(error).toMatchObject({ kind: 'skip', code: 'incorrect_account_id' });
  });
});
