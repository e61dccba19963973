import type { Database } from '../../db/client.ts';
import { withSystem } from '../../db/tenant.ts';
import { hashPassword } from '../auth/passwords.ts';
import { dayIn } from '../kernel/time-zones.ts';
import { loadConfig } from '../kernel/config.ts';
import { createLogger } from '../kernel/log.ts';
import { DEMO_PASSWORD, type DemoAgency, type DemoBrand, type DemoCampaign } from './demo/agency.ts';
import { makeCampaign } from './demo/campaigns.ts';
import { type Demo, openDemo, signInAs } from './demo/context.ts';
import { makeCreators } from './demo/creators.ts';
import { importOldCrm, makeClient } from './demo/crm.ts';
import { doDailyWork } from './demo/daily-work.ts';
import { demoAgency } from './demo/demo-agency.ts';
import { idOf, makeAgency } from './demo/people.ts';
import { makePlans } from './demo/plans.ts';
import { connectPlatforms } from './demo/platforms.ts';
import { rivalAgency } from './demo/rival-agency.ts';
import { CommandError, runCommand } from './launcher/command.ts';

/**
 * Fills a new database with the demo agencies. Everything but the agencies themselves goes through the product's own
 * doors: files are imported, the platforms are connected at the sandbox, the figures come by syncs. The launcher keeps the
 * database only where this ends well, so that there is a whole demo or none.
 */
await runCommand(async () => {
  const config = loadConfig();
  const log = createLogger({ name: 'seed-demo', level: config.logLevel });
  const demo = openDemo(config, log);
  try {
    if (await holdsAgencies(demo.ownerDb))
      throw new CommandError('The demo fills an empty database alone; this one holds agencies.');
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await Promise.all([
      fill(demo, demoAgency, { passwordHash, bringsCrm: true }),
      fill(demo, rivalAgency, { passwordHash, bringsCrm: false }),
    ]);
  } finally {
    await demo.close();
  }
});

async function holdsAgencies(ownerDb: Database): Promise<boolean> {
  const row = await withSystem(ownerDb, (tx) =>
    tx.selectFrom('organizations').select('id').where('type', '=', 'AGENCY').executeTakeFirst(),
  );
  return row !== undefined;
}

interface Filling {
  passwordHash: string;
  bringsCrm: boolean;
}

async function fill(demo: Demo, agency: DemoAgency, filling: Filling): Promise<void> {
  const made = await makeAgency(demo.ownerDb, agency, filling.passwordHash);
  const actor = await signInAs(demo, made.ownerId);
  const today = dayIn(agency.timeZone, demo.services.now());
  const dealIds = new Map<string, string>();
  for (const brand of agency.brands) {
    const brandId = idOf(made.brandIds, brand.slug);
    for (const [name, dealId] of await makeClient(actor, brand, { brandId, today }))
      dealIds.set(name, dealId);
  }
  if (agency.dailyWorkBy) {
    const member = await signInAs(demo, idOf(made.userIds, agency.dailyWorkBy));
    await doDailyWork({ owner: actor, member }, { dealIds, today });
    await member.signOut();
  }
  await Promise.all([
    filling.bringsCrm ? importOldCrm(demo, actor) : undefined,
    connectPlatforms(demo, actor, { agency, made }),
  ]);
  const campaignIds = new Map<string, string>();
  for (const campaign of agency.campaigns) {
    const brand = brandOf(agency, campaign);
    const at = { brandId: idOf(made.brandIds, brand.slug), dealId: idOf(dealIds, campaign.deal) };
    campaignIds.set(campaign.name, await makeCampaign(actor, campaign, { ...at, brand, today }));
  }
  const places = { brandIds: made.brandIds, campaignIds, today };
  await makeCreators(actor, agency.creators, places);
  if (agency.plans) await makePlans(actor, agency.plans, places);
  await actor.signOut();
  demo.services.log.info({ organizationId: made.organizationId }, `agency ${agency.slug} is filled`);
}

function brandOf(agency: DemoAgency, campaign: DemoCampaign): DemoBrand {
  const brand = agency.brands.find(({ slug }) => slug === campaign.brand);
  if (!brand) throw new Error(`Agency ${agency.slug} has no brand ${campaign.brand}.`);
  return brand;
}
