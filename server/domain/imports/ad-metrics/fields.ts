/** What a column of an ads report may be. The rest of a report (rates, costs per something) is computed here or ignored. */
export const adFields = [
  'day',
  'periodStart',
  'periodEnd',
  'accountId',
  'accountName',
  'campaignId',
  'campaignName',
  'levelId',
  'levelName',
  'currency',
  'spend',
  'impressions',
  'clicks',
  'conversions',
  'conversionValue',
  'videoViews25',
  'videoViews50',
  'videoViews75',
  'videoViews100',
  'videoStarts',
  'reach',
  'frequency',
  'attributionSetting',
] as const;
export type AdField = (typeof adFields)[number];

/** Whole numbers. */
export const countFields = [
  'impressions',
  'clicks',
  'videoViews25',
  'videoViews50',
  'videoViews75',
  'videoViews100',
  'videoStarts',
] as const satisfies readonly AdField[];
export type CountField = (typeof countFields)[number];

/** Amounts that rows of one campaign and day add up to, exactly. */
export const amountFields = ['spend', 'conversions', 'conversionValue'] as const satisfies readonly AdField[];
export type AmountField = (typeof amountFields)[number];

/** Of one row alone: never summed. */
export const soleFields = ['reach', 'frequency'] as const satisfies readonly AdField[];
