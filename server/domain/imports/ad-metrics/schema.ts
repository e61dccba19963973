import { z } from 'zod';
import { adPlatforms } from '../../../integrations/ad-platform.ts';
import { isTimeZone } from '../../../kernel/time-zones.ts';
import { currency, id, requiredText } from '../../records/schema.ts';
import { dateOrders, encodings } from '../mapping.ts';
import { adFields } from './fields.ts';
import { adPresets } from './presets.ts';

const presetIds = adPresets.map((preset) => preset.id);

/** An ad account whose figures come by files alone; it is made when its first file comes in. */
export const newFileAccount = z.strictObject({
  name: requiredText(200),
  /** Without one: the platform that the file is of. */
  platform: z.enum(adPlatforms).optional(),
  /** Without one: the currency that the file names. */
  currency: currency.optional(),
  /** IANA; without one the agency's own. The report's days are of this zone. */
  timeZone: z
    .string()
    .refine(isTimeZone, 'This is not a time zone: write its IANA name, for example Asia/Dubai.')
    .optional(),
  /** The platform's id of the account; without one the file's, where it names one account. */
  nativeId: requiredText(200).optional(),
  brandId: id.nullish(),
});
export type NewFileAccount = z.infer<typeof newFileAccount>;

/** How a file of ad figures is read, and whose figures they are. What is left out is found out or asked for. */
export const adFileSettings = z
  .strictObject({
    adAccountId: id.optional(),
    newAccount: newFileAccount.optional(),
    preset: z.enum(presetIds, 'There is no such report. Leave it out, and the columns decide.').optional(),
    decimal: z.enum(['.', ',']).optional(),
    dateOrder: z.enum(dateOrders).optional(),
    currency: currency.optional(),
    encoding: z.enum(encodings).optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    /**
     * true: the file holds every campaign of its days, so one that it does not name had no delivery on them. false: the
     * days of the campaigns that it names are replaced, all others stay.
     */
    holdsAllCampaigns: z.boolean().default(true),
  })
  .refine(({ adAccountId, newAccount }) => adAccountId === undefined || newAccount === undefined, {
    error: 'Pick an ad account or make a new one, not both.',
    path: ['newAccount'],
  });
export type AdFileSettings = z.infer<typeof adFileSettings>;

export const createAdFileInput = z.strictObject({
  fileName: requiredText(255),
  /** Bytes, so that the JSON door cannot take one: an upload comes as a form. */
  content: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Send the file itself.'),
  settings: adFileSettings.prefault({}),
});
export type CreateAdFileInput = z.infer<typeof createAdFileInput>;

export const recheckAdFileInput = z.strictObject({ importId: id, settings: adFileSettings.prefault({}) });

const decimal = z.string();

export const adTotals = z.object({
  /** Major units. */
  spend: decimal,
  impressions: z.number().int(),
  /** null where the report has no such column. */
  clicks: z.number().int().nullable(),
  /** Of the rows that tell it; null where none does. */
  conversions: decimal.nullable(),
  conversionValue: decimal.nullable(),
});
export type AdTotals = z.infer<typeof adTotals>;

/** What an import changes, in campaigns' days: what it would before it runs, and what it did after. */
export const adChange = z.object({
  created: z.number().int(),
  restated: z.number().int(),
  same: z.number().int(),
  /** Rows of these days that the file does not have. */
  removed: z.number().int(),
  /** Names of campaigns that lose rows though the file does not name them, at most ten. */
  removedCampaigns: z.array(z.string()),
});
export type AdChange = z.infer<typeof adChange>;

/** What a check found in a file of ad figures. */
export const adReport = z.object({
  presetId: z.string(),
  presetName: z.string(),
  platform: z.enum(adPlatforms),
  /** Of a workbook. */
  sheet: z.string().nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  /** The line of the file on which the columns are named. */
  headerLine: z.number().int(),
  columns: z.array(z.object({ name: z.string(), field: z.enum(adFields).nullable() })),
  decimal: z.enum(['.', ',']).nullable(),
  dateOrder: z.enum(dateOrders),
  /** What stands above the columns and below the rows. */
  preamble: z.array(z.string()),
  footer: z.array(z.string()),
  /** The days that the rows are of, or that the file says it is of; null where neither tells. */
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** How many days have delivery. */
  days: z.number().int(),
  campaigns: z.number().int(),
  /** null where the file names none and nobody said one. */
  currency: z.string().nullable(),
  totals: adTotals,
  dataRows: z.number().int(),
  totalRows: z.number().int(),
  /** Of other ad accounts. */
  foreignRows: z.number().int(),
  /** Campaigns' days that the rows come to. */
  metricRows: z.number().int(),
  /** null before the account is known. */
  change: adChange.nullable(),
});
export type AdReport = z.infer<typeof adReport>;

/** An import of ad figures, beside what imports.byId says of it. */
export const adFile = z.object({
  importId: z.string(),
  settings: adFileSettings,
  report: adReport.nullable(),
  /** Where the figures go, or went; null before it is known or made. */
  account: z
    .object({
      id: z.string(),
      name: z.string(),
      platform: z.enum(adPlatforms),
      currency: z.string(),
      timeZone: z.string(),
    })
    .nullable(),
  /** The run under which the figures stand; null before it has run. */
  syncRunId: z.string().nullable(),
});
export type AdFile = z.infer<typeof adFile>;

export const adFileGuide = z.object({
  presets: z.array(z.object({ id: z.string(), name: z.string(), platform: z.enum(adPlatforms) })),
  encodings: z.array(z.enum(encodings)),
  /** The ad accounts that live by files. */
  accounts: z.array(
    z.object({ id: z.string(), name: z.string(), platform: z.enum(adPlatforms), currency: z.string() }),
  ),
});
export type AdFileGuide = z.infer<typeof adFileGuide>;
