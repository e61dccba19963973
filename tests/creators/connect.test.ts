import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { moveConnections } from '../../server/domain/creator-sync/poll.ts';
import { refusal } from '../support/refusal.ts';
import { connectAccount, newCreator, rowsOf, useCreatorWorld, workOff } from '../support/creator-world.ts';
import { caller, createWorld, type PersonName } from '../support/world.ts';
import { useTestDatabase } from '../support/database.ts';
import { PHYLLO } from '../support/phyllo.ts';
import { assign } from './made.ts';

const creators = useCreatorWorld();
const bare = useTestDatabase();
const { world, phyllo, clock } = creators;
const as = (name: PersonName) => caller(world(), world().demo.people[name].principal);
const nobody = () => caller(world(), null);

const tokenIn = (url: string) => url.split('/').at(-1) ?? '';

describe('a session for the connect window', () => {
  it('is opened for the creator’s one user at Phyllo, and says whose window it is', async () => {
    const creatorId = await newCreator(world());
    const first = await as('owner').creatorConnect.session({ creatorId, platform: 'INSTAGRAM' });
    const second = await as('admin').creatorConnect.session({ creatorId });
    expect(first).toMatchObject({
      environment: 'sandbox',
      workPlatformId: phyllo.workPlatformId('instagram'),
      scriptUrl: PHYLLO.PHYLLO_CONNECT_SCRIPT_URL,
      clientDisplayName: 'Agency demo',
    });
    expect(second).toMatchObject({ userId: first.userId, workPlatformId: null });
  });

  it('makes the user anew where Phyllo does not know it any more', async () => {
    const creatorId = await newCreator(world());
    const { userId } = await as('owner').creatorConnect.session({ creatorId });
    phyllo.sandbox.state.phyllo.users.delete(userId);
    expect((await as('owner').creatorConnect.session({ creatorId })).token).not.toBe('');
  });

  it('makes what was written by hand wait for its creator', async () => {
    const creatorId = await newCreator(world());
    const api = as('owner');
    await api.creatorPlatforms.create({ creatorId, platform: 'TIKTOK', handle: 'waits.for.it' });
    await api.creatorPlatforms.create({ creatorId, platform: 'YOUTUBE', handle: 'does.not' });
    await api.creatorConnect.session({ creatorId, platform: 'TIKTOK' });
    const states = async () =>
      Object.fromEntries(
        (await api.creatorPlatforms.list({ creatorId })).map(({ platform, connectionState }) => [
          platform,
          connectionState,
        ]),
      );
    expect(await states()).toEqual({ TIKTOK: 'CONNECTING', YOUTUBE: 'NEVER' });
    await world().ownerDb.pool.query(
      `update creator_platforms set connecting_until = now() - interval '1 second' where handle = 'waits.for.it'`,
    );
    clock.at = new Date(clock.at.getTime() + 400 * 86_400_000);
    await moveConnections(creators.jobs());
    clock.at = new Date(clock.at.getTime() - 400 * 86_400_000);
    expect((await states()).TIKTOK).toBe('NEVER');
  });

  it('is refused for a network that cannot be connected', async () => {
    const creatorId = await newCreator(world());
    const refused = await refusal(as('owner').creatorConnect.session({ creatorId, platform: 'PINTEREST' }));
    expect(refused).toMatchObject({ code: 'invalid', issues: [{ path: 'platform' }] });
  });

  it('says what is missing where Phyllo is off', async () => {
    const off = await createWorld(bare());
    try {
      const creatorId = await newCreator(off);
      const owner = caller(off, off.demo.people.owner.principal);
      const refused = await refusal(owner.creatorConnect.session({ creatorId }));
      expect(refused.code).toBe('unprocessable');
      expect(refused.message).toContain('PHYLLO_CLIENT_ID');
      expect(await owner.creatorConnect.options({})).toEqual({
        isOn: false,
        isStandIn: false,
        platforms: [],
      });
    } finally {
      await off.close();
    }
  });
});

describe('confirming an account', () => {
  it('makes it the creator’s, connected and not yet synced, and has it read', async () => {
    const creatorId = await newCreator(world());
    const { account } = await connectAccount(creators, {
      creatorId,
      network: 'instagram',
      handle: 'layla.mansoori',
    });
    expect(account).toMatchObject({
      creatorId,
      platform: 'INSTAGRAM',
      handle: 'layla.mansoori',
      connectionState: 'CONNECTED',
      isConnected: true,
      followers: null,
      lastSyncedAt: null,
    });
    expect(account.expiresAt).not.toBeNull();
    const { items } = await as('owner').creatorSync.list({ creatorId });
    expect(items).toMatchObject([{ kind: 'EVERYTHING', trigger: 'CONNECT', status: 'QUEUED' }]);
  });

  it('twice makes it once', async () => {
    const creatorId = await newCreator(world());
    const { account, accountId } = await connectAccount(creators, {
      creatorId,
      network: 'tiktok',
      handle: 'layla.mansoori',
    });
    const again = await as('owner').creatorConnect.confirm({ creatorId, accountId: accountId.toUpperCase() });
    expect(again.id).toBe(account.id);
    expect(await as('owner').creatorPlatforms.list({ creatorId })).toHaveLength(1);
  });

  it('of somebody else’s finds none, the same as one that nobody has', async () => {
    const [creatorId, other] = [await newCreator(world()), await newCreator(world())];
    const { accountId } = await connectAccount(creators, {
      creatorId: other,
      network: 'facebook',
      handle: 'hessa.home',
    });
    await as('owner').creatorConnect.session({ creatorId });
    const confirm = (id: string) => refusal(as('owner').creatorConnect.confirm({ creatorId, accountId: id }));
    const stolen = await confirm(accountId);
    expect(stolen.code).toBe('not_found');
    expect(stolen).toEqual(await confirm(randomUUID()));
    expect(await as('owner').creatorPlatforms.list({ creatorId })).toEqual([]);
  });

  it('takes the account that was written by hand for the same one', async () => {
    const creatorId = await newCreator(world());
    const byHand = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'TIKTOK',
      handle: '@MariamBukhari',
      followers: 5,
    });
    const { account } = await connectAccount(creators, {
      creatorId,
      network: 'tiktok',
      handle: 'mariambukhari',
    });
    expect(account).toMatchObject({ id: byHand.id, connectionState: 'CONNECTED', followers: 5 });
  });

  it('of one that another creator of the agency has is refused in words', async () => {
    const [creatorId, other] = [await newCreator(world()), await newCreator(world())];
    await as('owner').creatorPlatforms.create({
      creatorId: other,
      platform: 'INSTAGRAM',
      handle: 'sultan.lifts',
    });
    const refused = await refusal(
      connectAccount(creators, { creatorId, network: 'instagram', handle: 'sultan.lifts' }),
    );
    expect(refused.code).toBe('conflict');
    expect(refused.message).toContain('Noor Number');
  });

  it('of the same person at another agency stands beside it', async () => {
    const { rival } = world();
    const creatorId = await newCreator(world(), { agency: rival });
    const { account } = await connectAccount(creators, {
      creatorId,
      network: 'instagram',
      handle: 'layla.mansoori',
      who: rival.people.owner,
    });
    expect(account.connectionState).toBe('CONNECTED');
  });

  it('that is disconnected there is refused', async () => {
    const creatorId = await newCreator(world());
    const { userId } = await as('owner').creatorConnect.session({ creatorId });
    const choice = { userId, network: 'instagram', username: 'mariambukhari' } as const;
    const { accountId } = await phyllo.connect(choice);
    await phyllo.order('disconnect', { accountId });
    const refused = await refusal(as('owner').creatorConnect.confirm({ creatorId, accountId }));
    expect(refused.code).toBe('conflict');
  });
});

describe('an account that is connected', () => {
  it('is not written by hand nor taken off before it is disconnected; its figures stay', async () => {
    const creatorId = await newCreator(world());
    const { account, accountId } = await connectAccount(creators, {
      creatorId,
      network: 'instagram',
      handle: 'hessa.home',
    });
    await workOff(creators);
    const api = as('owner');
    const creatorPlatformId = account.id;
    const before = await api.creatorPlatforms.byId({ creatorPlatformId });
    expect(before.connectionState).toBe('SYNCED');
    for (const call of [
      () => api.creatorPlatforms.update({ creatorPlatformId, followers: 1 }),
      () => api.creatorPlatforms.update({ creatorPlatformId, handle: 'else' }),
      () => api.creatorPlatforms.archive({ creatorPlatformId }),
    ])
      expect((await refusal(call())).code).toBe('conflict');
    const ended = await api.creatorConnect.disconnect({ creatorPlatformId });
    expect(ended).toMatchObject({
      connectionState: 'REVOKED',
      followers: before.followers,
      isConnected: false,
    });
    expect(phyllo.sandbox.state.phyllo.accounts.get(accountId)?.status).toBe('NOT_CONNECTED');
    expect((await refusal(api.creatorConnect.disconnect({ creatorPlatformId }))).code).toBe('conflict');
    expect((await api.creatorPlatforms.update({ creatorPlatformId, followers: 1 })).source).toBe('MANUAL');
  });
});

describe('a link for a creator without a login', () => {
  async function newLink(platform?: 'TIKTOK') {
    const creatorId = await newCreator(world());
    const made = await as('owner').creatorConnect.connect({ creatorId, ...(platform ? { platform } : {}) });
    return { creatorId, ...made, token: tokenIn(made.connectUrl) };
  }

  it('opens the creator’s accounts for two weeks, and its secret is kept nowhere', async () => {
    const { connectUrl, token, expiresAt, session, creatorId } = await newLink();
    expect(connectUrl).toMatch(/^http:\/\/spokestack\.test\/connect\/[\w-]{43}$/);
    expect(session).toBeNull();
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(14);
    const kept = await rowsOf<{ row: string }>(
      world(),
      world().demo.organizationId,
      sql`select l::text as row from creator_connect_links l union all select a::text from activities a`,
    );
    expect(kept.every(({ row }) => !row.includes(token))).toBe(true);
    const invitation = await nobody().creatorInvitations.byToken({ token });
    expect(invitation).toMatchObject({ agencyName: 'Agency demo', platform: null, accounts: [] });
    expect(invitation.platforms).toContain('INSTAGRAM');
    const opened = await nobody().creatorInvitations.session({ token, platform: 'YOUTUBE' });
    expect(opened.workPlatformId).toBe(phyllo.workPlatformId('youtube'));
    const choice = { userId: opened.userId, network: 'instagram', username: 'noura_kitchen' } as const;
    const { accountId } = await phyllo.connect(choice);
    expect(await nobody().creatorInvitations.confirm({ token, accountId })).toEqual({
      platform: 'INSTAGRAM',
      handle: 'noura_kitchen',
    });
    const [link] = await as('owner').creatorConnect.links({ creatorId });
    expect(link).toMatchObject({
      state: 'OPEN',
      openedAt: expect.any(String) as string,
      usedAt: expect.any(String) as string,
    });
    const { accounts } = await nobody().creatorInvitations.byToken({ token });
    expect(accounts).toMatchObject([{ platform: 'INSTAGRAM', connectionState: 'CONNECTED' }]);
  });

  it('for one network stays at that one', async () => {
    const { token } = await newLink('TIKTOK');
    const opened = await nobody().creatorInvitations.session({ token, platform: 'YOUTUBE' });
    expect(opened.workPlatformId).toBe(phyllo.workPlatformId('tiktok'));
  });

  it('does not take in an account of another creator', async () => {
    const other = await newCreator(world());
    const { accountId } = await connectAccount(creators, {
      creatorId: other,
      network: 'x',
      handle: 'khalidrashed',
    });
    const { token } = await newLink();
    await nobody().creatorInvitations.session({ token });
    const refused = await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(refused.code).toBe('not_found');
  });

  it('is dead once it is taken back, is too old, or its creator is gone, and says the same of one that never was', async () => {
    const [back, old, gone] = [await newLink(), await newLink(), await newLink()];
    const open = (token: string) => refusal(nobody().creatorInvitations.byToken({ token }));
    const withdrawn = await as('owner').creatorConnect.withdrawLink({
      creatorConnectLinkId: back.creatorConnectLinkId,
    });
    expect(withdrawn.state).toBe('WITHDRAWN');
    await world().ownerDb.pool.query(
      `update creator_connect_links set expires_at = now() - interval '1 second' where id = $1`,
      [old.creatorConnectLinkId],
    );
    await as('owner').creators.archive({ creatorId: gone.creatorId });
    const never = await open('x'.repeat(43));
    expect(never.code).toBe('not_found');
    for (const { token } of [back, old, gone]) expect(await open(token)).toEqual(never);
    for (const { token } of [back, old, gone]) {
      const confirm = nobody().creatorInvitations.confirm({ token, accountId: randomUUID() });
      expect(await refusal(confirm)).toEqual(never);
      expect(await refusal(nobody().creatorInvitations.session({ token }))).toEqual(never);
    }
  });

  it('that is taken back lets nobody be waited for any more', async () => {
    const creatorId = await newCreator(world());
    const api = as('owner');
    await api.creatorPlatforms.create({ creatorId, platform: 'TIKTOK', handle: 'no.longer' });
    const { creatorConnectLinkId } = await api.creatorConnect.connect({ creatorId });
    const state = async () => (await api.creatorPlatforms.list({ creatorId }))[0]?.connectionState;
    expect(await state()).toBe('CONNECTING');
    await api.creatorConnect.withdrawLink({ creatorConnectLinkId });
    expect(await state()).toBe('NEVER');
  });
});

describe('who may not connect', () => {
  it.each([
    ['viewer', 'forbidden'],
    ['client', 'forbidden'],
    ['unassigned', 'not_found'],
  ] as const)('%s is refused as %s', async (name, code) => {
    const creatorId = await newCreator(world(), { brandId: world().demo.brands.first });
    const { creatorConnectLinkId } = await as('owner').creatorConnect.connect({ creatorId });
    const row = await as('owner').creatorPlatforms.create({
      creatorId,
      platform: 'TWITTER',
      handle: `h${randomUUID().slice(0, 8)}`,
    });
    const api = as(name).creatorConnect;
    for (const call of [
      () => api.connect({ creatorId }),
      () => api.session({ creatorId }),
      () => api.confirm({ creatorId, accountId: randomUUID() }),
      () => api.disconnect({ creatorPlatformId: row.id }),
      () => api.withdrawLink({ creatorConnectLinkId }),
      () => api.links({ creatorId }),
      () => as(name).creatorSync.refresh({ creatorPlatformId: row.id }),
      () => as(name).creatorSync.fetchHistory({ creatorPlatformId: row.id, from: '2026-01-01' }),
    ])
      expect((await refusal(call())).code).toBe(code);
  });

  it('who sees the creator through a campaign alone is refused', async () => {
    const { first, second } = world().demo.brands;
    const creatorId = await newCreator(world(), { brandId: second });
    const campaign = await as('owner').campaigns.create({ name: 'Through', brandId: first });
    await assign(world(), { campaignId: campaign.id, creatorId });
    const api = as('member').creatorConnect;
    for (const call of [() => api.connect({ creatorId }), () => api.session({ creatorId })])
      expect((await refusal(call())).code).toBe('forbidden');
  });

  it('another agency finds neither creator nor link nor account', async () => {
    const creatorId = await newCreator(world());
    const { creatorConnectLinkId } = await as('owner').creatorConnect.connect({ creatorId });
    const { account } = await connectAccount(creators, {
      creatorId,
      network: 'tiktok',
      handle: 'noura_kitchen',
    });
    const rival = caller(world(), world().rival.people.owner.principal);
    for (const [ask, id] of [
      [(each: string) => rival.creatorConnect.connect({ creatorId: each }), creatorId],
      [(each: string) => rival.creatorConnect.session({ creatorId: each }), creatorId],
      [(each: string) => rival.creatorConnect.links({ creatorId: each }), creatorId],
      [
        (each: string) => rival.creatorConnect.withdrawLink({ creatorConnectLinkId: each }),
        creatorConnectLinkId,
      ],
      [(each: string) => rival.creatorConnect.disconnect({ creatorPlatformId: each }), account.id],
      [(each: string) => rival.creatorSync.refresh({ creatorPlatformId: each }), account.id],
    ] as const)
      expect(await refusal(ask(id))).toEqual(await refusal(ask(randomUUID())));
  });
});
