import type { World } from '../support/world.ts';
import { caller } from '../support/world.ts';
import { makeCreator } from '../support/creators.ts';
import { platformData, publishRates } from '../metrics/platform-data.ts';

/** Tuesday 10 March 2026, 01:30 in Dubai and still Monday in New York. */
export const NOW = new Date('2026-03-09T21:30:00Z');
export const DAYS = { from: '2026-03-02', to: '2026-03-10' };
/** Between the first reading and what changed it. */
export const EARLIER = '2026-03-08T12:00:00.000Z';

export interface Walked {
  summer: string;
  winter: string;
  accounts: { dirhams: string; dollars: string; euros: string; dinars: string };
}

/**
 * Two campaigns and what waits for one, over four accounts in four currencies, one of which has no rate; days that do
 * not tell conversions or views; a boost; rows that were restated, twice, taken away and added; the range before.
 */
export async function walkedWorld(world: World): Promise<Walked> {
  const demo = platformData(world, world.demo);
  const owner = caller(world, world.demo.people.owner.principal);
  await publishRates(world, {
    '2026-02-20': { USD: '1.0832', GBP: '0.83' },
    '2026-03-02': { USD: '1.0417', GBP: '0.8317' },
    '2026-03-05': { USD: '1.0793', GBP: '0.8391' },
    '2026-03-09': { USD: '1.0821', GBP: '0.8402' },
  });
  const { first, second } = world.demo.brands;
  const { id: summer } = await owner.campaigns.create({ name: 'Summer', brandId: first });
  const { id: winter } = await owner.campaigns.create({ name: 'Winter', brandId: second });
  const read = { newest: '2026-03-09', syncedAt: '2026-03-09T20:00:00Z' };
  const accounts = {
    dirhams: await demo.account({ ...read, name: 'Dirhams', newest: '2026-03-10' }),
    dollars: await demo.account({ ...read, name: 'Dollars', currency: 'USD', timeZone: 'America/New_York' }),
    euros: await demo.account({ ...read, name: 'Euros', currency: 'EUR', timeZone: 'Europe/Berlin' }),
    dinars: await demo.account({ ...read, name: 'Dinars', currency: 'KWD', timeZone: 'Asia/Kuwait' }),
  };
  const run = (text: string, values: unknown[]) => world.ownerDb.pool.query(text, values);
  await run(`update ad_accounts set platform = 'GOOGLE' where id = any ($1)`, [[accounts.dollars]]);
  await run(`update ad_accounts set platform = 'TIKTOK' where id = any ($1)`, [[accounts.dinars]]);
  const shop = await demo.platformCampaign(accounts.dirhams, { name: 'Shop', campaignId: summer });
  const brand = await demo.platformCampaign(accounts.dirhams, { name: 'Brand', campaignId: summer });
  const film = await demo.platformCampaign(accounts.dollars, { name: 'Film', campaignId: summer });
  const snow = await demo.platformCampaign(accounts.euros, { name: 'Snow', campaignId: winter });
  const gold = await demo.platformCampaign(accounts.dinars, { name: 'Gold', campaignId: winter });
  const waiting = await demo.platformCampaign(accounts.euros, { name: 'Waiting' });
  await asBoost(world, { campaignId: summer, platformCampaignId: brand });
  const figures = (date: string, spend: string, rest: object = {}) => ({
    ...{ date, spend, impressions: 3001, clicks: 37, conversions: '1.5', conversionValue: '99.123457' },
    ...{ videoViews: 11, ...rest },
  });
  const silent = { conversions: null, conversionValue: null };
  for (const [id, currency, days] of [
    [shop, 'AED', [figures('2026-03-02', '104.313131'), figures('2026-03-10', '9.99')]],
    [
      brand,
      'AED',
      [figures('2026-03-02', '70.7', silent), figures('2026-03-04', '13', { videoViews: null })],
    ],
    [film, 'USD', [figures('2026-03-02', '33.333333'), figures('2026-03-07', '0.000001', { clicks: 0 })]],
    [snow, 'EUR', [figures('2026-03-04', '21.07'), figures('2026-03-05', '-1.5', silent)]],
    [gold, 'KWD', [figures('2026-03-04', '8.125'), figures('2026-03-05', '4', { conversionValue: null })]],
    [waiting, 'EUR', [figures('2026-03-09', '61.803398', { impressions: 0, clicks: 0, conversions: '0' })]],
    // The nine days before, moved to the same weekdays.
    [shop, 'AED', [figures('2026-02-18', '55.55'), figures('2026-02-23', '12.5')]],
    [film, 'USD', [figures('2026-02-16', '9'), figures('2026-02-24', '17.77', silent)]],
    [gold, 'KWD', [figures('2026-02-18', '3')]],
  ] as const) {
    for (const day of days) await demo.day(id, { ...day, currency });
  }
  await run(
    `update campaign_metrics set fetched_at = date + interval '36 hours',
               attribution_setting = case when currency = 'AED' then '7d_click,1d_view' end`,
    [],
  );
  await demo.reach(snow, accounts.euros, { ...DAYS, reach: 1234 });
  await demo.reach(null, accounts.dirhams, { ...DAYS, reach: 4321 });
  await restated(world, {
    id: shop,
    date: '2026-03-02',
    at: '2026-03-07T04:00:00Z',
    spend: '100.5',
    clicks: 30,
  });
  await restated(world, {
    id: shop,
    date: '2026-03-02',
    at: '2026-03-09T04:00:00Z',
    spend: '101',
    clicks: 30,
  });
  await restated(world, {
    id: snow,
    date: '2026-03-04',
    at: '2026-03-09T05:00:00Z',
    spend: '25',
    clicks: 38,
  });
  await removed(world, {
    id: film,
    date: '2026-03-03',
    at: '2026-03-09T06:00:00Z',
    spend: '4.44',
    clicks: 5,
  });
  return { summer, winter, accounts };
}

async function asBoost(
  world: World,
  { campaignId, platformCampaignId }: { campaignId: string; platformCampaignId: string },
): Promise<void> {
  const { creatorId } = await makeCreator(world, world.demo, { brandId: world.demo.brands.first });
  const { rows } = await world.ownerDb.pool.query<{ id: string }>(
    `insert into campaign_creators (organization_id, campaign_id, creator_id) values ($1, $2, $3) returning id`,
    [world.demo.organizationId, campaignId, creatorId],
  );
  await world.ownerDb.pool.query(
    `update platform_campaigns set is_boost = true, campaign_creator_id = $2 where id = $1`,
    [platformCampaignId, rows[0]?.id],
  );
}

interface Past {
  id: string;
  date: string;
  /** When what it said was replaced. */
  at: string;
  /** What it said. */
  spend: string;
  clicks: number;
}

/** The row said something else before: that is kept as a revision, and the row is as new as what replaced it. */
async function restated(world: World, past: Past): Promise<void> {
  await keep(world, past, false);
  await world.ownerDb.pool.query(
    `update campaign_metrics set fetched_at = $3 where platform_campaign_id = $1 and date = $2`,
    [past.id, past.date, past.at],
  );
}

/** There was a row on a day on which there is none any more. */
async function removed(world: World, past: Past): Promise<void> {
  await world.ownerDb.pool.query(
    `insert into campaign_metrics (organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions,
       clicks, source, fetched_at)
     select p.organization_id, p.ad_account_id, p.id, $2, a.currency, 0, 0, 0, 'API', $2::date + interval '36 hours'
       from platform_campaigns p join ad_accounts a on a.id = p.ad_account_id where p.id = $1`,
    [past.id, past.date],
  );
  await keep(world, past, true);
  await world.ownerDb.pool.query(
    `delete from campaign_metrics where platform_campaign_id = $1 and date = $2`,
    [past.id, past.date],
  );
}

async function keep(world: World, { id, date, at, spend, clicks }: Past, wasRemoved: boolean): Promise<void> {
  await world.ownerDb.pool.query(
    `insert into campaign_metric_revisions (organization_id, ad_account_id, platform_campaign_id, date, currency, spend,
       impressions, clicks, conversions, conversion_value, source, fetched_at, was_removed, replaced_at)
     select organization_id, ad_account_id, platform_campaign_id, date, currency, $3, impressions, $4, conversions,
            conversion_value, source, fetched_at, $5, $6
       from campaign_metrics where platform_campaign_id = $1 and date = $2`,
    [id, date, spend, clicks, wasRemoved, at],
  );
}
