import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeConnection } from '../../server/domain/ad-accounts/revoke.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, connectMeta, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { type Agency, caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let demo: Agency;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  ({ demo } = world);
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);

describe('picking ad accounts', () => {
  it('takes them into use, each with a first sync, and knows them next time', async () => {
    const { api, connectionId, adAccounts, syncRunIds } = await connectAgency(world, demo);
    expect(syncRunIds).toHaveLength(adAccounts.length);
    const { accounts } = await api.adAccounts.found({ connectionId });
    expect(accounts.every(({ adAccountId }) => adAccountId !== null)).toBe(true);
    const again = await api.adAccounts.pick({
      connectionId,
      picks: [{ nativeId: accounts[0]?.nativeId ?? '' }],
    });
    expect(again.adAccounts[0]?.id).toBe(accounts[0]?.adAccountId);
    expect(again.adAccounts[0]?.brandId).toBe(demo.brands.first);
    expect(again.syncRunIds[0]).toBe(syncRunIds[0]);
  });

  it('knows no account that the connection did not find, and no foreign brand', async () => {
    const { api, connectionId, adAccounts } = await connectAgency(world, demo);
    const nativeId = adAccounts[0]?.nativeId ?? '';
    for (const picks of [[{ nativeId: '1234567890' }], [{ nativeId, brandId: world.rival.brands.first }]]) {
      await expect(api.adAccounts.pick({ connectionId, picks })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    }
  });

  it('is not for others than owners and admins, nor for another agency', async () => {
    const { connectionId, adAccounts } = await connectAgency(world, demo);
    const picks = [{ nativeId: adAccounts[0]?.nativeId ?? '' }];
    for (const name of ['member', 'viewer', 'client'] as const) {
      await expect(as(name).adAccounts.pick({ connectionId, picks })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const foreign = as('owner', world.rival);
    await expect(foreign.adAccounts.pick({ connectionId, picks })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(foreign.adAccounts.found({ connectionId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lets two agencies use accounts of one person each, unseen by the other', async () => {
    const mine = await connectAgency(world, demo, 'dana');
    const theirs = await connectAgency(world, world.rival, 'dana');
    const { items } = await theirs.api.adAccounts.list({});
    expect(items).toHaveLength(mine.adAccounts.length);
    const mineIds = new Set(mine.adAccounts.map(({ id }) => id));
    expect(items.some(({ id }) => mineIds.has(id))).toBe(false);
    await expect(
      theirs.api.adAccounts.byId({ adAccountId: mine.adAccounts[0]?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an ad account', () => {
  async function anAccount() {
    const { adAccounts } = await connectAgency(world, demo);
    const account = adAccounts[0];
    if (!account) throw new Error('no account');
    return account;
  }

  it('is changed by an admin and keeps its limits exactly', async () => {
    const account = await anAccount();
    const changed = await as('admin').adAccounts.update({
      adAccountId: account.id,
      dailyLimit: '1234.5',
      monthlyLimit: { amount: '30000.0001', currency: account.currency },
      ownerId: demo.people.member.userId,
    });
    expect(changed.dailyLimit).toEqual({ amount: '1234.50', currency: account.currency });
    expect(changed.monthlyLimit?.amount).toBe('30000.0001');
    expect(changed.version).toBe(account.version + 1);
    const same = await as('admin').adAccounts.update({ adAccountId: account.id, dailyLimit: '1234.50' });
    expect(same.version).toBe(changed.version);
  });

  it('takes no limit in another currency, no foreign owner and no stale version', async () => {
    const account = await anAccount();
    const adAccountId = account.id;
    const admin = as('admin').adAccounts;
    const foreign = world.rival.people.owner.userId;
    await expect(
      admin.update({ adAccountId, dailyLimit: { amount: '1', currency: 'ZAR' } }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(admin.update({ adAccountId, ownerId: foreign })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(
      admin.update({ adAccountId, name: 'New', expectedVersion: account.version + 7 }),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
  });

  it('is neither changed nor synced by a viewer or a client, nor by a member whom it does not concern', async () => {
    const { id: adAccountId } = await anAccount();
    for (const name of ['viewer', 'client'] as const) {
      await expect(as(name).adAccounts.update({ adAccountId, name: 'x' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(as(name).adAccounts.sync({ adAccountId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    for (const call of [
      () => as('unassigned').adAccounts.sync({ adAccountId }),
      () => as('unassigned').adAccounts.byId({ adAccountId }),
      () => as('unassigned').adAccounts.update({ adAccountId, name: 'x' }),
      () => as('owner', world.rival).adAccounts.sync({ adAccountId }),
      () => as('owner', world.rival).adAccounts.update({ adAccountId, name: 'x' }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is synced by a member of its brand, who sees the run and not the connection', async () => {
    const account = await anAccount();
    const member = as('member');
    const { syncRunId } = await member.adAccounts.sync({ adAccountId: account.id });
    expect((await member.syncRuns.byId({ syncRunId })).adAccountId).toBe(account.id);
    expect(await member.adAccounts.connections()).toEqual([]);
  });

  it('that is paused is not synced until it is resumed', async () => {
    const account = await anAccount();
    const adAccountId = account.id;
    const services = jobServices(world);
    const { syncRunId } = await as('admin').adAccounts.sync({ adAccountId });
    await as('admin').adAccounts.update({ adAccountId, isPaused: true });
    await expect(as('admin').adAccounts.sync({ adAccountId })).rejects.toMatchObject({ code: 'CONFLICT' });
    await runSync(services, { organizationId: demo.organizationId, syncRunId });
    expect((await as('admin').adAccounts.byId({ adAccountId })).syncStatus).toBe('PAUSED');
    const resumed = await as('admin').adAccounts.update({ adAccountId, isPaused: false });
    expect(resumed.syncStatus).toBe('SUCCESS');
  });

  it('keeps its version while it is synced', async () => {
    const account = await anAccount();
    const { version } = await as('admin').adAccounts.byId({ adAccountId: account.id });
    const { syncRunId } = await as('admin').adAccounts.sync({ adAccountId: account.id });
    await runSync(jobServices(world), { organizationId: demo.organizationId, syncRunId });
    expect((await as('admin').adAccounts.byId({ adAccountId: account.id })).version).toBe(version);
  });

  it('is listed by platform, brand and name, page by page', async () => {
    const { adAccounts } = await connectAgency(world, demo);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as('viewer').adAccounts.list({ limit: 2, platform: 'META', cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen)).toEqual(new Set(adAccounts.map(({ id }) => id)));
    expect(seen).toHaveLength(adAccounts.length);
    expect((await as('viewer').adAccounts.list({ platform: 'GOOGLE' })).items).toEqual([]);
    expect((await as('viewer').adAccounts.list({ brandId: demo.brands.second })).items).toEqual([]);
  });
});

describe('disconnecting', () => {
  it('ends the grant at the platform, destroys the tokens, and keeps the figures', async () => {
    const { api, connectionId, adAccounts, syncRunIds } = await connectAgency(world, demo);
    const services = jobServices(world);
    const [account] = adAccounts;
    const ref = { organizationId: demo.organizationId, syncRunId: syncRunIds[0] ?? '' };
    await runSync(services, ref);
    const ended = await api.adAccounts.disconnect({ connectionId });
    expect(ended.state).toBe('REVOKED');
    for (const syncRunId of syncRunIds) {
      expect(await runSync(services, { organizationId: demo.organizationId, syncRunId })).toBe('skipped');
    }
    await revokeConnection(services, { organizationId: demo.organizationId, connectionId, isLast: false });
    const { rows } = await world.ownerDb.pool.query(
      `select c.access_token, (select count(*) > 0 from campaign_metrics m where m.ad_account_id = $2) as has_figures
         from oauth_connections c where c.id = $1`,
      [connectionId, account?.id],
    );
    expect(rows).toEqual([{ access_token: null, has_figures: true }]);
    const calls = sandbox.state.calls.list('meta');
    expect(calls.some(({ method, path }) => method === 'DELETE' && path.endsWith('/permissions'))).toBe(true);
    await expect(api.adAccounts.sync({ adAccountId: account?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('keeps the tokens while the platform does not answer, and destroys them at the last try', async () => {
    const { api, connectionId } = await connectAgency(world, demo);
    const services = jobServices(world);
    const held = async () => {
      const { rows } = await world.ownerDb.pool.query<{ held: boolean }>(
        'select access_token is not null as held from oauth_connections where id = $1',
        [connectionId],
      );
      return rows[0]?.held;
    };
    await api.adAccounts.disconnect({ connectionId });
    sandbox.state.faults.arm({ platform: 'meta', kind: 'error_500' });
    const request = { organizationId: demo.organizationId, connectionId };
    await expect(revokeConnection(services, { ...request, isLast: false })).rejects.toThrow();
    expect(await held()).toBe(true);
    await revokeConnection(services, { ...request, isLast: true });
    expect(await held()).toBe(false);
  });

  it('is not for a member, a viewer or another agency', async () => {
    const { connectionId } = await connectMeta(world, demo.people.owner);
    for (const name of ['member', 'viewer', 'client'] as const) {
      await expect(as(name).adAccounts.disconnect({ connectionId })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    await expect(as('owner', world.rival).adAccounts.disconnect({ connectionId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
