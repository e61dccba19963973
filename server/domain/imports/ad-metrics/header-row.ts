import type { AdPlatformId } from '../../../integrations/ad-platform.ts';
import { invalidField } from '../../../kernel/errors.ts';
import { normalize } from '../header.ts';
import type { AdField } from './fields.ts';
import { type AdPreset, adPresets } from './presets.ts';
import { isNothing, type Sheet, textOf } from './sheet.ts';

/** A sheet whose header is understood. */
export interface Table {
  preset: AdPreset;
  sheet: Sheet;
  /** Index of the header among the sheet's lines. */
  headerIndex: number;
  header: string[];
  /** Which column is which field. */
  columns: ReadonlyMap<AdField, number>;
}

export interface HeaderWish {
  /** What a person said the file is. */
  preset?: string | undefined;
  /** The account's platform: others' presets do not come into question. */
  platform?: AdPlatformId | undefined;
}

interface Candidate extends Table {
  score: number;
  missing: string[];
}

/** Above its header an export says what it is, for which period, and when it was made. */
const HEAD_LINES = 30;

/** Names of one report only: three fields that nobody else would put together. */
const LEAST_FIELDS = 3;

/**
 * Finds the header, on whichever of the first lines and sheets it stands, and what the file is: the preset whose
 * columns and own words fit best. Errors: `invalid` on `file` naming the columns wanted and found, or on `preset`
 * where two platforms' names fit alike.
 */
export function findTable(sheets: readonly Sheet[], wish: HeaderWish): Table {
  const presets = adPresets.filter(
    ({ id, platform }) =>
      (wish.preset === undefined || id === wish.preset) &&
      (wish.platform === undefined || wish.preset !== undefined || platform === wish.platform),
  );
  const found = sheets.flatMap((sheet) =>
    sheet.lines.slice(0, HEAD_LINES).flatMap((_line, index) => candidates(sheet, index, presets)),
  );
  const [best, ...others] = found.sort((a, b) => b.score - a.score);
  if (!best || best.columns.size < LEAST_FIELDS) throw notAReport(sheets, presets);
  if (best.missing.length > 0) throw incomplete(best);
  const rivals = others.filter(
    ({ score, preset }) => score === best.score && preset.platform !== best.preset.platform,
  );
  if (rivals.length > 0) throw undecided([best, ...rivals].map(({ preset }) => preset));
  return best;
}

function candidates(sheet: Sheet, headerIndex: number, presets: readonly AdPreset[]): Candidate[] {
  const header = (sheet.lines[headerIndex]?.cells ?? []).map((cell) =>
    textOf(cell).replaceAll('\0', '').trim(),
  );
  if (header.filter((name) => name !== '').length < LEAST_FIELDS) return [];
  const names = header.map(canonical);
  return presets.map((preset) => {
    const columns = new Map<AdField, number>();
    for (const [field, known] of Object.entries(preset.columns) as [AdField, readonly string[]][]) {
      const index = known.map((name) => names.indexOf(canonical(name))).find((at) => at !== -1);
      if (index !== undefined) columns.set(field, index);
    }
    const signs = preset.signs.filter((sign) => names.includes(canonical(sign))).length;
    const missing = missingIn(preset, columns);
    const score = columns.size * 2 + signs * 3 - missing.length * 20;
    return { preset, sheet, headerIndex, header, columns, score, missing };
  });
}

/** A column's name without its currency, "Amount spent (AED)", and without the number of an attribution's days. */
function canonical(name: string): string {
  return normalize(name.replace(/\s*\([A-Z]{3}\)\s*$/, '')).replace(/^\d+ day /, '{days} day ');
}

function missingIn(preset: AdPreset, columns: ReadonlyMap<AdField, number>): string[] {
  const identity: AdField[] = ['campaignId', 'campaignName'];
  if (preset.takesLowerLevel) identity.push('levelName');
  const missing: string[] = [];
  if (!identity.some((field) => columns.has(field)))
    missing.push(wordsOf(preset, ['campaignName', 'campaignId']));
  for (const field of ['spend', 'impressions'] as const) {
    if (!columns.has(field)) missing.push(wordsOf(preset, [field]));
  }
  return missing;
}

function wordsOf(preset: AdPreset, fields: readonly AdField[]): string {
  const names = fields.flatMap((field) => preset.columns[field]?.slice(0, 1) ?? []);
  return names.map((name) => `"${name}"`).join(' or ');
}

function incomplete({ preset, header, missing }: Candidate) {
  const how = preset.takesLowerLevel ? '' : ` ${preset.howToExport}`;
  return invalidField(
    'file',
    `This looks like a report of ${preset.name} without ${missing.join(' and without ')}. ` +
      `Add it to the export.${how} Found: ${foundIn(header)}.`,
  );
}

function notAReport(sheets: readonly Sheet[], presets: readonly AdPreset[]) {
  const line = sheets
    .flatMap((sheet) => sheet.lines.slice(0, HEAD_LINES))
    .find(({ cells }) => cells.some((cell) => !isNothing(cell)));
  const header = (line?.cells ?? []).map((cell) => textOf(cell).trim());
  const [only] = presets.length === 1 ? presets : [];
  const wanted = only
    ? (['day', 'campaignName', 'spend', 'impressions'] as const).map((field) => wordsOf(only, [field]))
    : [
        'a day ("Day", "Date")',
        'a campaign ("Campaign", "Campaign name", "Campaign ID")',
        'the spend ("Amount spent", "Cost", "Spend")',
        'the impressions ("Impressions", "Impr.")',
      ];
  return invalidField(
    'file',
    `This is no report ${only ? `of ${only.name}` : 'of an ad platform'} that is known here. ` +
      `Wanted columns: ${wanted.filter((words) => words !== '').join(', ')}. Found: ${foundIn(header)}.`,
  );
}

function foundIn(header: readonly string[]): string {
  const named = header.filter((name) => name !== '');
  const shown = named.slice(0, 30).map((name) => `"${name.slice(0, 60)}"`);
  const rest = named.length > shown.length ? ` and ${named.length - shown.length} more` : '';
  return shown.length === 0 ? 'nothing' : `${shown.join(', ')}${rest}`;
}

function undecided(presets: readonly AdPreset[]) {
  const names = [...new Set(presets.map(({ name }) => name))].join(' or ');
  return invalidField(
    'preset',
    `The columns fit ${names} alike. Say which it is: choose the report, or the ad account that it belongs to.`,
  );
}
