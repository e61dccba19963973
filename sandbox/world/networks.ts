/** The social networks on which the world's creators have accounts. */
export const NETWORKS = ['instagram', 'tiktok', 'youtube', 'x', 'facebook', 'twitch', 'linkedin'] as const;
export type Network = (typeof NETWORKS)[number];

export type PostKind =
  'image' | 'carousel' | 'reel' | 'story' | 'video' | 'short' | 'tweet' | 'thread' | 'note' | 'stream';

interface Habits {
  /** Posts a day, from the laziest account to the busiest. */
  postsADay: readonly [number, number];
  /** What is posted; a kind that is named twice comes twice as often. */
  kinds: readonly [PostKind, ...PostKind[]];
}

export const NETWORK_HABITS: Record<Exclude<Network, 'linkedin'>, Habits> = {
  instagram: { postsADay: [0.4, 2.2], kinds: ['reel', 'story', 'image', 'carousel', 'story', 'reel'] },
  tiktok: { postsADay: [0.3, 1.4], kinds: ['video'] },
  youtube: { postsADay: [0.12, 0.5], kinds: ['video', 'short', 'short'] },
  x: { postsADay: [0.4, 1.8], kinds: ['tweet', 'tweet', 'tweet', 'thread'] },
  facebook: { postsADay: [0.15, 0.6], kinds: ['note', 'video', 'image'] },
  twitch: { postsADay: [0.2, 0.6], kinds: ['stream'] },
};

interface Pace {
  /** After so many hours a post has nearly two thirds of what it will ever have. */
  hours: number;
  /** Views of an ordinary post for each follower. */
  viewsPerFollower: number;
  likesPerView: number;
  /** When it goes, with all that it could still have gathered; left out: never. */
  lifeHours?: number;
}

export const PACES: Record<PostKind, Pace> = {
  image: { hours: 30, viewsPerFollower: 0.22, likesPerView: 0.085 },
  carousel: { hours: 40, viewsPerFollower: 0.26, likesPerView: 0.075 },
  reel: { hours: 90, viewsPerFollower: 0.6, likesPerView: 0.05 },
  story: { hours: 7, viewsPerFollower: 0.05, likesPerView: 0.012, lifeHours: 24 },
  video: { hours: 150, viewsPerFollower: 0.35, likesPerView: 0.045 },
  short: { hours: 110, viewsPerFollower: 0.5, likesPerView: 0.04 },
  tweet: { hours: 14, viewsPerFollower: 0.12, likesPerView: 0.018 },
  thread: { hours: 22, viewsPerFollower: 0.16, likesPerView: 0.02 },
  note: { hours: 28, viewsPerFollower: 0.08, likesPerView: 0.03 },
  stream: { hours: 60, viewsPerFollower: 0.1, likesPerView: 0 },
};
