import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { up } from '../../migrations/20261122T190000-unknown-conversions.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';
import { type PlatformData, platformData } from './platform-data.ts';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database());
  demo = platformData(world, world.demo);
});
afterAll(() => world.close());

test('a zero that was stored for TikTok’s dash is taken back, and one that TikTok said stays', async () => {
  const id = await demo.platformCampaign(await demo.account());
  const sent = [
    { conversion: '2', total_complete_payment_rate: null },
    { conversion: null, total_complete_payment_rate: '5' },
    { conversion: '0', total_complete_payment_rate: '0.00' },
    null,
  ];
  for (const [index, platformData] of sent.entries()) {
    const date = `2026-03-0${index + 1}`;
    await demo.day(id, { date, conversions: '0', conversionValue: '0' });
    await world.ownerDb.pool.query(
      `update campaign_metrics set platform_data = $3 where platform_campaign_id = $1 and date = $2`,
      [id, date, platformData && JSON.stringify(platformData)],
    );
  }
  await up(new Kysely({ dialect: new PostgresDialect({ pool: world.ownerDb.pool }) }));
  const { rows } = await world.ownerDb.pool.query(
    `select conversions::float8, conversion_value::float8 as value from campaign_metrics
      where platform_campaign_id = $1 order by date`,
    [id],
  );
  expect(rows).toEqual([
    { conversions: 0, value: null },
    { conversions: null, value: 0 },
    { conversions: 0, value: 0 },
    { conversions: 0, value: 0 },
  ]);
});
