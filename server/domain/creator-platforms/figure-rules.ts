import { Big } from 'big.js';
import type { EngagementBasis } from '../../../db/types.ts';
import type { Engagement } from './schema.ts';

/** The figures of one published piece, as far as its network tells them. */
export interface PieceFigures {
  views: number | null;
  likes: number | null;
  comments: number | null;
}

export interface Means {
  meanViews: string | null;
  meanLikes: string | null;
  meanComments: string | null;
  measuredPosts: number | null;
}

/** How many of the newest pieces the means are over, at most, and how old they may be. */
export const MOST_MEASURED = 30;
export const MEASURED_DAYS = 90;

/** The means of pieces, each over those that tell it; null where none does. A piece that tells nothing is not measured. */
export function meansOf(pieces: readonly PieceFigures[]): Means {
  const measured = pieces.filter(({ views, likes, comments }) =>
    [views, likes, comments].some((n) => n !== null),
  );
  const mean = (figure: keyof PieceFigures) => {
    const told = measured.map((piece) => piece[figure]).filter((value) => value !== null);
    if (told.length === 0) return null;
    return told
      .reduce((sum, value) => sum.plus(value), new Big(0))
      .div(told.length)
      .toFixed(2);
  };
  return {
    meanViews: mean('views'),
    meanLikes: mean('likes'),
    meanComments: mean('comments'),
    measuredPosts: measured.length === 0 ? null : measured.length,
  };
}

interface Rated {
  engagement_rate: string | null;
  measured_posts: number | null;
  stated_engagement_rate: string | null;
  stated_engagement_basis: EngagementBasis | null;
}

const BASES: Readonly<Record<EngagementBasis, string>> = {
  FOLLOWERS: 'as stated, by followers',
  REACH: 'as stated, by reach',
  VIEWS: 'as stated, by views',
  UNSTATED: 'as stated; what it is by was not said',
};

/** The rate that counts and what it is: the computed one, else the one that was stated. */
export function engagementOf(row: Rated): Engagement | null {
  if (row.engagement_rate !== null) {
    const over = row.measured_posts === null ? '' : ` over the ${row.measured_posts} newest posts`;
    return {
      rate: plainDecimal(row.engagement_rate),
      basis: 'FOLLOWERS',
      origin: 'COMPUTED',
      definition: `(mean likes + mean comments) / followers${over}`,
    };
  }
  const { stated_engagement_rate: rate, stated_engagement_basis: basis } = row;
  if (rate === null || basis === null) return null;
  return { rate: plainDecimal(rate), basis, origin: 'STATED', definition: BASES[basis] };
}

/** A decimal without the zeros that its column adds. */
export function plainDecimal(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}
