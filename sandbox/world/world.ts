import { type AdAccount, createAccounts } from './accounts.ts';
import { localMoment, type LocalMoment } from './calendar.ts';
import { type Campaign, campaignsExisting } from './campaigns.ts';
import { changesBy, isDropped, restatementsOf, type WorldChange } from './changes.ts';
import { type DayFigures } from './figures.ts';
import { type Manager } from './managers.ts';
import { type Person } from './people.ts';
import { type WorldPlatform } from './platforms.ts';
import { dayFigures } from './series.ts';
import { createSocialAccounts, type SocialAccount } from './social-accounts.ts';

/** Everything that exists behind the platforms' doors, made from one number. */
export interface World {
  readonly seed: number;
  readonly accounts: readonly AdAccount[];
  /** What creators have on the social networks. */
  readonly socialAccounts: readonly SocialAccount[];
  readonly changes: WorldChange[];
}

export interface Delivery {
  campaign: Campaign;
  day: number;
  figures: DayFigures;
}

/** The world of a seed (an unsigned 32-bit integer). The same seed gives the same world on every machine. */
export function createWorld(seed: number): World {
  return { seed, accounts: createAccounts(seed), socialAccounts: createSocialAccounts(seed), changes: [] };
}

export function accountsOn(world: World, platform: WorldPlatform): AdAccount[] {
  return world.accounts.filter((account) => account.platform === platform);
}

/** Takes Meta's ids with or without `act_`. */
export function findAccount(world: World, platform: WorldPlatform, accountId: string): AdAccount | undefined {
  const bare = accountId.replace(/^act_/, '');
  return world.accounts.find((account) => account.platform === platform && account.accountId === bare);
}

/** The ad accounts of a platform that a person reaches, directly or through what stands above them. */
export function accountsSeenBy(world: World, platform: WorldPlatform, person: Person): AdAccount[] {
  return accountsOn(world, platform).filter((account) => account.viewer.id === person.id);
}

/** What stands above the ad accounts that a person reaches, each once, a parent before its children. */
export function managersSeenBy(world: World, platform: WorldPlatform, person: Person): Manager[] {
  const known = new Map<string, Manager>();
  const add = (manager: Manager | null): void => {
    if (manager === null || known.has(manager.id)) return;
    add(manager.parent);
    known.set(manager.id, manager);
  };
  for (const { manager } of accountsSeenBy(world, platform, person)) add(manager);
  return [...known.values()];
}

export function accountMoment(account: AdAccount, asOf: Date): LocalMoment {
  return localMoment(account.timeZone, asOf);
}

/** The account's campaigns as they stand at a moment, without those taken away by then. */
export function campaignsOf(world: World, account: AdAccount, asOf: Date): Campaign[] {
  const existing = campaignsExisting(account, accountMoment(account, asOf).day);
  const changes = changesBy(world.changes, asOf);
  return existing.filter((campaign) => !isDropped(changes, campaign, existing[0]));
}

export interface CampaignQuestion {
  platform: WorldPlatform;
  campaignId: string;
  asOf: Date;
}

export function findCampaign(
  world: World,
  { platform, campaignId, asOf }: CampaignQuestion,
): Campaign | undefined {
  for (const account of accountsOn(world, platform)) {
    const found = campaignsOf(world, account, asOf).find((campaign) => campaign.id === campaignId);
    if (found) return found;
  }
  return undefined;
}

export interface DeliveryQuery {
  account: AdAccount;
  campaigns: readonly Campaign[];
  from: number;
  to: number;
  asOf: Date;
}

/** All delivery between two days, both included, day by day and in the campaigns' own order. */
export function deliveries(world: World, query: DeliveryQuery): Delivery[] {
  const { day: today, hour } = accountMoment(query.account, query.asOf);
  const changes = changesBy(world.changes, query.asOf);
  const outlook = { today, hour, restatements: 0 };
  const found: Delivery[] = [];
  for (let day = query.from; day <= Math.min(query.to, today); day += 1) {
    for (const campaign of query.campaigns) {
      outlook.restatements = changes.length === 0 ? 0 : restatementsOf(changes, campaign, day);
      const figures = dayFigures(campaign, day, outlook);
      if (figures) found.push({ campaign, day, figures });
    }
  }
  return found;
}
