import { readAdFile, type ReadFile, type ReadRequest } from '../../server/domain/imports/ad-metrics/read.ts';

type ReadSettings = Partial<ReadRequest['settings']>;

/** A report as it would be checked, without a database. */
export function readReport(
  content: string | Buffer,
  settings: ReadSettings = {},
  account: ReadRequest['account'] = null,
): Promise<ReadFile> {
  const bytes = Buffer.from(content);
  return readAdFile({ bytes, settings: { holdsAllCampaigns: true, ...settings }, account });
}

export const csv = (...lines: string[]) => lines.join('\n');

/** The least header of a report of Google Ads. */
export const GOOGLE_HEADER = 'Day,Campaign,Currency code,Cost,Impr.,Clicks';

/** Four campaigns' days of Google Ads, as lines. */
export const REPORT = [
  'Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions',
  '2026-03-01,Alpha,EUR,10.00,100,5,1',
  '2026-03-01,Beta,EUR,20.00,200,6,0.5',
  '2026-03-02,Alpha,EUR,30.00,300,7,2',
  '2026-03-02,Gamma,EUR,40.00,400,8,3',
];
