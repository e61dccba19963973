import { type Campaign } from '../world/campaigns.ts';

/** How a campaign was bought. Source: API for Business, campaign/get, buying_types. */
export const BUYING_TYPES = ['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW'] as const;
export type BuyingType = (typeof BUYING_TYPES)[number];

/** TopView shows up nowhere unless it alone is asked for. Source: campaign/get and report/integrated/get. */
export const UNASKED: readonly BuyingType[] = ['AUCTION', 'RESERVATION_RF'];

/** The first ordinal of a campaign for a season; those before it run on and on. */
const FIRST_SEASON = 100;

export function buyingTypeOf({ objective, ordinal }: Campaign): BuyingType {
  if (objective === 'RF_REACH') return 'RESERVATION_RF';
  return objective === 'VIDEO_VIEWS' && ordinal >= FIRST_SEASON ? 'RESERVATION_TOP_VIEW' : 'AUCTION';
}

export function isBuyingType(text: unknown): text is BuyingType {
  return BUYING_TYPES.some((type) => type === text);
}
