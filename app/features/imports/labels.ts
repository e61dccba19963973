import type { AdField } from '../../../server/domain/imports/schema.ts';

export const importKindLabels = {
  companies: 'Companies',
  contacts: 'Contacts',
  deals: 'Deals',
  creators: 'Creators',
  'ad-metrics': 'Ad figures',
} as const;

/** What a file of ad figures replaces. */
export const coverageLabels = {
  all: 'Every campaign of its days: those it does not name had no delivery',
  named: 'Some campaigns: the others keep their figures',
} as const;

export const importStatusLabels = {
  CHECKING: 'Checking',
  CHECKED: 'Ready to import',
  RUNNING: 'Importing',
  STOPPED: 'Stopped',
  DONE: 'Done',
  FAILED: 'Failed',
} as const;

export const importStatusTones = {
  CHECKING: 'info',
  CHECKED: 'accent',
  RUNNING: 'info',
  STOPPED: 'warning',
  DONE: 'success',
  FAILED: 'danger',
} as const;

export const dateOrderLabels = {
  'Y-M-D': 'Year, month, day: 2026-01-31',
  'D/M/Y': 'Day, month, year: 31/01/2026',
  'M/D/Y': 'Month, day, year: 1/31/2026',
} as const;

export const decimalLabels = { '.': 'A point: 1234.50', ',': 'A comma: 1234,50' } as const;

export const delimiterLabels = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' } as const;

/** What a column of an ads report becomes. */
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
