import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withTenantClient } from '../../db/tenant.ts';
import { ingestDailyMetrics } from '../../server/domain/sync/ingest.ts';
import type { DailyMetric } from '../../server/integrations/ad-platform.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { type PlatformData, platformData } from './platform-data.ts';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
let adAccountId: string;
let campaigns: { one: string; two: string };

const WINDOW = { from: '2026-03-01', to: '2026-03-03' };

beforeAll(async () => {
  world = await createWorld(database());
  demo = platformData(world, world.demo);
});
afterAll(() => world.close());
beforeEach(async () => {
  adAccountId = await demo.account({ newest: WINDOW.to });
  campaigns = {
    one: await demo.platformCampaign(adAccountId, { name: 'One' }),
    two: await demo.platformCampaign(adAccountId, { name: 'Two' }),
  };
});

const owner = () => caller(world, world.demo.people.owner.principal);
const dashboard = (asOf?: string) =>
  owner().metrics.dashboard({
    ...{ ...WINDOW, adAccountId, by: 'PLATFORM_CAMPAIGN' as const },
    ...(asOf ? { asOf } : {}),
  });

type Spends = Partial<Record<'one' | 'two', Record<string, string>>>;

/** Replaces the window by these rows, and answers what the dashboard says then, and the moment after. */
async function sync(spends: Spends) {
  const { organizationId, people } = world.demo;
  const { rows: natives } = await world.ownerDb.pool.query<{ id: string; native_id: string }>(
    'select id, native_id from platform_campaigns where ad_account_id = $1',
    [adAccountId],
  );
  const nativeOf = new Map(natives.map((row) => [row.id, row.native_id]));
  const rows = Object.entries(spends).flatMap(([name, days]) =>
    Object.entries(days).map(([date, spend]) =>
      metric(nativeOf.get(campaigns[name as 'one' | 'two']) ?? '', date, spend),
    ),
  );
  await withTenantClient(world.jobsDb, { ...people.owner.principal, organizationId }, (tx, client) =>
    ingestDailyMetrics(tx, client, {
      ...{ organizationId, adAccountId, window: WINDOW, rows, source: 'API', syncRunId: null },
      campaignIds: new Map(natives.map((row) => [row.native_id, row.id])),
      fetchedAt: new Date(),
    }),
  );
  const { rows: moments } = await world.ownerDb.pool.query<{ at: Date }>(
    `select clock_timestamp() as at from pg_sleep(0.01)`,
  );
  return { at: moments[0]?.at.toISOString() ?? '', said: await dashboard() };
}

function metric(nativeCampaignId: string, date: string, spend: string): DailyMetric {
  return {
    ...{ nativeCampaignId, campaignName: 'Any', date, currency: 'AED', spend, impressions: 100, clicks: 7 },
    ...{ conversions: '1', conversionValue: '3', videoViews25: 4, videoViews50: 3, videoViews75: 2 },
    ...{ videoViews100: 1, videoStarts: null, reach: null, frequency: null, attributionSetting: null },
    platformData: null,
  };
}

function figuresOf({ totals, days, rows }: Awaited<ReturnType<typeof dashboard>>) {
  const dayFigures = days.map(({ state: _state, ...figures }) => figures);
  return { totals, days: dayFigures, rows: rows.map(({ state: _state, ...figures }) => figures) };
}

describe('a dashboard as of a moment', () => {
  test('says what it said then, over restatements, a row that was added and one that went', async () => {
    const start = new Date().toISOString();
    const said = [
      await sync({ one: { '2026-03-01': '10', '2026-03-02': '20' }, two: { '2026-03-01': '5' } }),
      // Restated, added.
      await sync({
        one: { '2026-03-01': '11', '2026-03-02': '20', '2026-03-03': '7' },
        two: { '2026-03-01': '5' },
      }),
      // Restated again, one gone.
      await sync({ one: { '2026-03-01': '12.5', '2026-03-02': '20', '2026-03-03': '7' } }),
      // Back again, and nothing else moved.
      await sync({
        one: { '2026-03-01': '12.5', '2026-03-02': '20', '2026-03-03': '7' },
        two: { '2026-03-01': '6' },
      }),
    ];
    expect(said.map((then) => then.said.totals.spend?.amount)).toEqual(['35.00', '43.00', '39.50', '45.50']);
    for (const { at, said: then } of said) expect(figuresOf(await dashboard(at))).toEqual(figuresOf(then));
    const { totals, days, rows } = await dashboard(start);
    expect(totals).toMatchObject({ spend: null, impressions: null });
    expect([days, rows]).toEqual([[], []]);
  });

  test('compares both ranges as they stood', async () => {
    const first = await sync({ one: { '2026-03-01': '10', '2026-03-03': '30' } });
    await sync({ one: { '2026-03-01': '11', '2026-03-03': '33' } });
    const answer = await owner().metrics.dashboard({
      ...{ adAccountId, from: '2026-03-03', to: '2026-03-03', compare: 'CUSTOM', compareFrom: '2026-03-01' },
      asOf: first.at,
    });
    expect([answer.totals.spend?.amount, answer.compared?.spend?.amount]).toEqual(['30.00', '10.00']);
  });

  test('has no reach that was fetched later', async () => {
    const { at } = await sync({ one: { '2026-03-01': '10' } });
    await demo.reach(campaigns.one, adAccountId, { ...WINDOW, reach: 40 });
    expect((await dashboard()).totals).toMatchObject({ reach: 40, frequency: '2.5' });
    expect((await dashboard(at)).totals).toMatchObject({ reach: null, frequency: null });
  });
});
