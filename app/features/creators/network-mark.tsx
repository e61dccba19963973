import type { platformLabels } from '../../../server/domain/creators/fields.ts';

export type Network = keyof typeof platformLabels;

const letters = {
  INSTAGRAM: 'Ig',
  TIKTOK: 'Tt',
  YOUTUBE: 'Yt',
  TWITTER: 'X',
  LINKEDIN: 'in',
  SNAPCHAT: 'Sc',
  PINTEREST: 'Pi',
  TWITCH: 'Tw',
  FACEBOOK: 'Fb',
} as const satisfies Record<Network, string>;

/** Letters in a network's place. Decoration: the network's name stands beside it, for eyes or for readers of the screen. */
export function NetworkMark({ platform }: { platform: Network }) {
  return (
    <span className="network-mark" data-network={platform} aria-hidden="true">
      {letters[platform]}
    </span>
  );
}
