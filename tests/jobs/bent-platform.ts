import type { SyncServices } from '../../server/domain/sync/services.ts';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';

/** The same services, with some of what every platform does done otherwise. */
export function bend<T extends SyncServices>(
  services: T,
  change: (platform: AdPlatform) => Partial<AdPlatform>,
): T {
  const { platforms } = services;
  return {
    ...services,
    platforms: {
      ...platforms,
      find: (id) => {
        const platform = platforms.find(id);
        return platform && { ...platform, ...change(platform) };
      },
    },
  };
}
