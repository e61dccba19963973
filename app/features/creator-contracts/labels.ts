import type { Contract } from '../../../server/domain/creator-contracts/schema.ts';

export const exclusivityLabels = {
  NONE: 'None',
  CATEGORY: 'By category or competitor',
  PLATFORM: 'By network',
  FULL: 'Full: no other client at all',
} as const satisfies Record<Contract['exclusivity'], string>;

export const channelLabels = {
  ORGANIC_SOCIAL: 'Organic social',
  PAID_SOCIAL: 'Paid social',
  WEBSITE: 'Website',
  EMAIL: 'Email',
  TELEVISION: 'Television',
  OUT_OF_HOME: 'Out of home',
  PRINT: 'Print',
  RETAIL: 'Retail',
} as const satisfies Record<Contract['usageRights'][number]['channel'], string>;

/** Three permissions of paid social, none of which stands for another. */
export const adPermissionLabels = {
  PARTNERSHIP_AD: 'Partnership ads (Meta)',
  ALLOWLISTING: 'Allowlisting',
  SPARK_CODE: 'Spark code (TikTok)',
} as const satisfies Record<NonNullable<Contract['usageRights'][number]['adPermission']>, string>;

/** "AE, SA"; no country named is everywhere. */
export function territoryWords(territories: readonly string[]): string {
  return territories.length === 0 ? 'Everywhere' : territories.join(', ');
}

export function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
