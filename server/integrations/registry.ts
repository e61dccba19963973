import { AppError } from '../kernel/errors.ts';
import type { Config } from '../kernel/config.ts';
import type { AdPlatform, AdPlatformId, PlatformFacts } from './ad-platform.ts';
import type { CreatorNetwork } from './creator-network.ts';
import { createGoogleAds, googleAdsFacts } from './google-ads/index.ts';
import type { HttpDeps } from './http.ts';
import { createMetaAds, metaAdsFacts } from './meta-ads/index.ts';
import { createPhyllo } from './phyllo/index.ts';
import { createTiktokAds, tiktokAdsFacts } from './tiktok-ads/index.ts';

interface PlatformEntry {
  facts: PlatformFacts;
  /** null where the platform's settings are unset. */
  open: (config: Config, deps: HttpDeps) => AdPlatform | null;
}

/** Every ad platform of the product, one line each. */
const entries: readonly PlatformEntry[] = [
  { facts: metaAdsFacts, open: (config, deps) => config.meta && createMetaAds(config.meta, deps) },
  { facts: googleAdsFacts, open: (config, deps) => config.google && createGoogleAds(config.google, deps) },
  { facts: tiktokAdsFacts, open: (config, deps) => config.tiktok && createTiktokAds(config.tiktok, deps) },
];

/** One platform as the product knows it, whether it is on or not. */
export interface PlatformStatus extends PlatformFacts {
  isOn: boolean;
  isStandIn: boolean;
}

/** The platforms that this installation can talk to. */
export interface PlatformRegistry {
  /** The platform, or null where it is off or not built. */
  find(platform: AdPlatformId): AdPlatform | null;
  /** Errors: `unprocessable`, saying which settings turn it on. */
  get(platform: AdPlatformId): AdPlatform;
  /** Every platform of the product, on or off. */
  list(): PlatformStatus[];
}

/** Builds the clients of the platforms whose settings are set. Makes no call. */
export function createPlatforms(config: Config, deps: HttpDeps): PlatformRegistry {
  const open = new Map<AdPlatformId, AdPlatform>();
  for (const { facts, open: openPlatform } of entries) {
    const platform = openPlatform(config, deps);
    if (platform) open.set(facts.id, platform);
  }
  return registryOf(open);
}

/** The service that reads creators' accounts; null where its settings are unset. Makes no call. */
export function createCreatorNetwork(config: Config, deps: HttpDeps): CreatorNetwork | null {
  return config.phyllo && createPhyllo(config.phyllo, deps);
}

function registryOf(open: ReadonlyMap<AdPlatformId, AdPlatform>): PlatformRegistry {
  return {
    find: (platform) => open.get(platform) ?? null,
    get(platform) {
      const found = open.get(platform);
      if (!found) throw platformOff(platform);
      return found;
    },
    list: () =>
      entries.map(({ facts }) => ({
        ...facts,
        isOn: open.has(facts.id),
        isStandIn: open.get(facts.id)?.isStandIn ?? false,
      })),
  };
}

function platformOff(platform: AdPlatformId): AppError {
  const entry = entries.find(({ facts }) => facts.id === platform);
  if (!entry) return new AppError('unprocessable', `${platform} cannot be connected yet.`);
  const { name, settings } = entry.facts;
  return new AppError(
    'unprocessable',
    `${name} is off here: an administrator sets ${settings.join(' and ')}.`,
  );
}
