/**
 * What one campaign did on one day, as known at one moment. Whole numbers, at least 0; money in millionths of the
 * major unit.
 */
export interface DayFigures {
  impressions: number;
  spendMicros: number;
  /** All clicks; link clicks are a part of them. */
  clicks: number;
  linkClicks: number;
  reach: number;
  purchases: number;
  purchaseValueMicros: number;
  /** Purchases that the pixel did not see (app and shop). */
  otherPurchases: number;
  otherPurchaseValueMicros: number;
  leads: number;
  /** What the platform itself counts as conversions, in millionths: Google's are fractions. */
  conversionMicros: number;
  conversionValueMicros: number;
  /** Google's wider count, of all conversion actions, and those after a mere view. */
  allConversionMicros: number;
  viewThroughs: number;
  videoPlays: number;
  videoViews25: number;
  videoViews50: number;
  videoViews75: number;
  videoViews100: number;
}
