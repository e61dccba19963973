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

export const adFieldLabels: Readonly<Record<AdField, string>> = {
  day: 'Day',
  periodStart: 'First day of the period',
  periodEnd: 'Last day of the period',
  accountId: 'Account id',
  accountName: 'Account',
  campaignId: 'Campaign id',
  campaignName: 'Campaign',
  levelId: 'Id below the campaign',
  levelName: 'Name below the campaign',
  currency: 'Currency',
  spend: 'Spend',
  impressions: 'Impressions',
  clicks: 'Clicks',
  conversions: 'Conversions',
  conversionValue: 'Conversion value',
  videoViews25: 'Video views to 25 %',
  videoViews50: 'Video views to 50 %',
  videoViews75: 'Video views to 75 %',
  videoViews100: 'Video views to 100 %',
  videoStarts: 'Video starts',
  reach: 'Reach',
  frequency: 'Frequency',
  attributionSetting: 'Attribution',
};

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
