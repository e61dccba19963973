import { type JsonObject } from '../meta/json.ts';
import { type Network } from '../world/networks.ts';

/** A platform as Phyllo lists it. The ids are Phyllo's own, the same in every environment (live list, June 2026). */
export interface WorkPlatform {
  id: string;
  name: string;
  category: string;
  url: string;
  /** The network of the world behind it; null where nobody has an account. */
  network: Network | null;
  /** What it tells: profile, who follows, posts, who sees posts. */
  identity: boolean;
  audience: boolean;
  engagement: boolean;
  engagementAudience: boolean;
}

type Line = readonly [id: string, name: string, category: string, url: string, network: Network | null];

const line = ([id, name, category, url, network]: Line, products: string): WorkPlatform => ({
  ...{ id, name, category, url, network },
  identity: products.includes('i'),
  audience: products.includes('a'),
  engagement: products.includes('e'),
  engagementAudience: products.includes('v'),
});

export const WORK_PLATFORMS: readonly WorkPlatform[] = [
  line(
    ['de55aeec-0dc8-4119-bf90-16b3d1f0c987', 'TikTok', 'SOCIAL', 'https://www.tiktok.com', 'tiktok'],
    'iae',
  ),
  line(
    [
      '9bb8913b-ddd9-430b-a66a-d74d846e6c66',
      'Instagram',
      'SOCIAL',
      'https://www.instagram.com/',
      'instagram',
    ],
    'iaev',
  ),
  line(
    [
      '14d9ddf5-51c6-415e-bde6-f8ed36ad7054',
      'YouTube',
      'ENTERTAINMENT',
      'https://www.youtube.com/',
      'youtube',
    ],
    'iaev',
  ),
  line(['7645460a-96e0-4192-a3ce-a1fc30641f72', 'X', 'SOCIAL', 'https://twitter.com', 'x'], 'ie'),
  line(
    ['ad2fec62-2987-40a0-89fb-23485972598c', 'Facebook', 'SOCIAL', 'https://www.facebook.com', 'facebook'],
    'ie',
  ),
  line(
    ['e4de6c01-5b78-4fc0-a651-24f44134457b', 'Twitch', 'ENTERTAINMENT', 'https://www.twitch.tv', 'twitch'],
    'ie',
  ),
  line(
    ['36410629-f907-43ba-aa0d-434ca9c0501a', 'LinkedIn', 'BUSINESS', 'https://www.linkedin.com', 'linkedin'],
    'i',
  ),
  line(['ee3c8d7a-3207-4f56-945f-f942b34c96e1', 'Snapchat', 'SOCIAL', 'https://www.snapchat.com', null], ''),
  line(
    [
      'd3badb09-a81f-4444-bc27-1a994d939e00',
      'Instagram Direct',
      'SOCIAL',
      'https://www.instagram.com/',
      null,
    ],
    'iaev',
  ),
  line(
    ['fb7cafcf-60ed-468a-ad6d-6bb6899d0871', 'Instagram Lite', 'SOCIAL', 'https://www.instagram.com/', null],
    'ie',
  ),
  line(
    ['7f9c3e9a-6d2f-4b77-9b47-3c8f5a1d4e62', 'Tiktok Shop', 'SOCIAL', 'https://www.tiktok.com/shop', null],
    '',
  ),
  line(['1db0b86c-a547-4119-9834-da927171a685', 'Spotify', 'SOCIAL', 'https://www.spotify.com', null], ''),
  line(['fbf76083-710b-439a-8b8c-956f607ef2c1', 'Substack', 'SOCIAL', 'https://substack.com/', null], 'ie'),
  line(
    ['24fcaa09-0a79-4deb-b074-d8efd900265b', 'Beehiiv', 'PUBLICATION', 'https://www.beehiiv.com/', null],
    'ie',
  ),
  line(
    ['3e6f4cdd-2119-4125-aa0d-86eee4e20fcc', 'AdSense', 'SOCIAL', 'https://www.google.com/adsense/', null],
    'i',
  ),
];

/** The platforms on which somebody of the world has an account. */
export const CONNECTABLE = WORK_PLATFORMS.filter(({ network }) => network !== null);

export function workPlatformOf(network: Network): WorkPlatform {
  const found = WORK_PLATFORMS.find((platform) => platform.network === network);
  if (!found) throw new Error(`no work platform for ${network}`);
  return found;
}

const logoOf = ({ name }: WorkPlatform): string =>
  `https://cdn.getphyllo.com/platforms_logo/logos/logo_${name.toLowerCase().replaceAll(' ', '_')}.png`;

/** As it stands in everything that belongs to an account. */
export const platformAttribute = (platform: WorkPlatform): JsonObject => ({
  ...{ id: platform.id, name: platform.name, logo_url: logoOf(platform) },
});

export function platformJson(platform: WorkPlatform): JsonObject {
  const { category, url, identity, audience, engagement, engagementAudience } = platform;
  const at = '2021-10-30T11:31:57.886681';
  const no = { is_supported: false };
  return {
    ...platformAttribute(platform),
    ...{ category, status: 'ACTIVE', url, created_at: at, updated_at: at },
    products: {
      identity: { is_supported: identity, audience: { is_supported: audience } },
      engagement: { is_supported: engagement, audience: { is_supported: engagementAudience } },
      ...{ income: no, switch: no, activity: no, publish_content: no },
    },
  };
}
