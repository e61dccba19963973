import { sql } from 'kysely';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { routeWebhooks } from '../../jobs/tasks/handle-webhook.ts';
import type { Network } from '../../sandbox/world/networks.ts';
import { phylloHandler } from '../../server/domain/creator-sync/events.ts';
import { handleWebhook } from '../../server/domain/webhooks/handle.ts';
import { receiveWebhook } from '../../server/domain/webhooks/receive.ts';
import { connectAccount, newCreator, rowsOf, useCreatorWorld, usernameOf } from '../support/creator-world.ts';
import { WEBHOOK_TEST_URL } from '../support/phyllo.ts';
import { refusal } from '../support/refusal.ts';
import { caller, type PersonName } from '../support/world.ts';

const creators = useCreatorWorld();
const { world, phyllo, jobs } = creators;
const as = (name: PersonName) => caller(world(), world().demo.people[name].principal);
const nobody = () => caller(world(), null);
const NEUTRAL = 'This account is connected elsewhere already. Ask the agency.';

/** A creator whose account, written by hand, is the one that another one is about to connect. */
async function holderOf(handle: string): Promise<string> {
  const creatorId = await newCreator(world());
  return (await as('owner').creatorPlatforms.create({ creatorId, platform: 'INSTAGRAM', handle })).id;
}

const statusOf = (accountId: string) => phyllo.sandbox.state.phyllo.accounts.get(accountId)?.status;

/** Somebody opens a new creator's link and chooses an account in the window. */
async function chooseByLink(network: Network, handle: string) {
  const creatorId = await newCreator(world());
  const { connectUrl } = await as('owner').creatorConnect.connect({ creatorId });
  const token = connectUrl.split('/').at(-1) ?? '';
  const { userId } = await nobody().creatorInvitations.session({ token });
  const username = await usernameOf(phyllo, network, handle);
  const { accountId } = await phyllo.connect({ userId, network, username });
  return { creatorId, token, accountId };
}

describe('an account that another creator has', () => {
  it('is refused at a link’s door without a word of whose it is', async () => {
    await holderOf('sultan.lifts');
    const { token, accountId } = await chooseByLink('instagram', 'sultan.lifts');
    const refused = await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(refused).toMatchObject({ code: 'conflict', message: NEUTRAL });
    expect(JSON.stringify(refused)).not.toMatch(/noor|number|sultan/i);
  });

  it('is named to who sees that creator, and to nobody else of the agency', async () => {
    await holderOf('hessa.home');
    const { first } = world().demo.brands;
    const creatorId = await newCreator(world(), { brandId: first });
    const connect = (name: PersonName) =>
      connectAccount(creators, {
        creatorId,
        network: 'instagram',
        handle: 'hessa.home',
        who: world().demo.people[name],
      });
    const byMember = await refusal(connect('member'));
    expect(byMember).toMatchObject({ code: 'conflict', message: NEUTRAL });
    expect((await refusal(connect('owner'))).message).toContain('is an account of Noor Number');
  });
});

describe('what a refused account was granted', () => {
  it('ends at Phyllo, by whichever door it came', async () => {
    await holderOf('khalidrashed');
    const { token, accountId } = await chooseByLink('instagram', 'khalidrashed');
    expect(statusOf(accountId)).toBe('CONNECTED');
    await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(statusOf(accountId)).toBe('NOT_CONNECTED');
    const creatorId = await newCreator(world(), { brandId: world().demo.brands.first });
    const { userId } = await as('member').creatorConnect.session({ creatorId });
    const username = await usernameOf(phyllo, 'instagram', 'khalidrashed');
    const chosen = await phyllo.connect({ userId, network: 'instagram', username });
    await refusal(as('member').creatorConnect.confirm({ creatorId, accountId: chosen.accountId }));
    expect(statusOf(chosen.accountId)).toBe('NOT_CONNECTED');
  });

  it('may be granted anew once nobody else has the account', async () => {
    const creatorPlatformId = await holderOf('layla.mansoori');
    const { creatorId, token, accountId } = await chooseByLink('instagram', 'layla.mansoori');
    await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    await as('owner').creatorPlatforms.archive({ creatorPlatformId });
    const { userId } = await nobody().creatorInvitations.session({ token });
    const username = await usernameOf(phyllo, 'instagram', 'layla.mansoori');
    await phyllo.connect({ userId, network: 'instagram', username });
    await nobody().creatorInvitations.confirm({ token, accountId });
    expect(statusOf(accountId)).toBe('CONNECTED');
    expect(await as('owner').creatorPlatforms.list({ creatorId })).toMatchObject([{ isConnected: true }]);
  });

  it('stays where it is another creator’s connection, whoever names it', async () => {
    const other = await newCreator(world());
    const { accountId } = await connectAccount(creators, {
      creatorId: other,
      network: 'tiktok',
      handle: 'layla.mansoori',
    });
    const { token } = await chooseByLink('youtube', 'khalidrashed');
    await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(statusOf(accountId)).toBe('CONNECTED');
    const [account] = await as('owner').creatorPlatforms.list({ creatorId: other });
    expect(account?.isConnected).toBe(true);
  });

  it('is left where Phyllo does not answer; that is logged, and the refusal is the same', async () => {
    await holderOf('noura_kitchen');
    const { token, accountId } = await chooseByLink('instagram', 'noura_kitchen');
    const warn = vi.spyOn(world().services.log, 'warn');
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind: 'unauthorized', match: 'disconnect' });
    const refused = await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    expect(refused).toMatchObject({ code: 'conflict', message: NEUTRAL });
    const told = warn.mock.calls.filter((call) =>
      call.includes('a refused account could not be disconnected at Phyllo'),
    );
    warn.mockRestore();
    expect(told).toHaveLength(1);
    expect(statusOf(accountId)).toBe('CONNECTED');
  });
});

describe('what Phyllo tells of a refused account', () => {
  beforeAll(async () => {
    await jobs().creatorNetwork?.ensureWebhook(WEBHOOK_TEST_URL);
  });

  it('is ignored with a reason, before and after its end', async () => {
    await holderOf('mariambukhari');
    const { creatorId, token, accountId } = await chooseByLink('instagram', 'mariambukhari');
    await phyllo.later(5_000);
    await takeIn();
    expect(new Set((await handleAll(accountId)).values())).toEqual(
      new Set(['Another creator of the agency has this account already.']),
    );
    await phyllo.order('tick', { days: 1 });
    await refusal(nobody().creatorInvitations.confirm({ token, accountId }));
    await phyllo.settle();
    await takeIn();
    const after = await handleAll(accountId);
    expect([...after.keys()]).toContain('ACCOUNTS.DISCONNECTED');
    expect(new Set(after.values())).toEqual(new Set(['Its account was never connected here.']));
    expect(await as('owner').creatorPlatforms.list({ creatorId })).toEqual([]);
  });
});

/** Takes all that was sent, as the door does, and hands it to whose it is. */
async function takeIn(): Promise<void> {
  for (const { body, headers } of phyllo.received)
    await receiveWebhook(world().services, {
      source: 'PHYLLO',
      body: Buffer.from(body),
      header: (name) => headers.get(name) ?? undefined,
    });
  phyllo.received.length = 0;
  await routeWebhooks(jobs(), null);
}

/** Handles what came of an account and waits; each event's name with the reason why it was ignored. */
async function handleAll(accountId: string): Promise<Map<string, string | null>> {
  const { organizationId } = world().demo;
  const waiting = await rowsOf<{ id: string }>(
    world(),
    organizationId,
    sql`select id from webhook_events where state = 'RECEIVED'
      and replace(payload::text, '-', '') like ${`%${accountId.replaceAll('-', '')}%`} order by received_at, id`,
  );
  const ids = waiting.map(({ id }) => id);
  for (const webhookEventId of ids)
    await handleWebhook(
      jobs(),
      { organizationId, webhookEventId },
      { handlers: { PHYLLO: phylloHandler(jobs()) } },
    );
  const rows = await rowsOf<{ name: string; state: string; summary: string | null }>(
    world(),
    organizationId,
    sql`select name, state, summary from webhook_events where id = any(${ids}::uuid[])`,
  );
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'IGNORED'));
  return new Map(rows.map(({ name, summary }) => [name, summary]));
}
