import type { DailyMetric } from '../../../integrations/ad-platform.ts';
import type { Note } from '../schema.ts';
import { aggregateProblem, describeColumns, sortLines, withDays } from './classify.ts';
import { fold, fromUnits, spendOf, type Sums } from './fold.ts';
import { findTable, type Table } from './header-row.ts';
import { currencyOf } from './money.ts';
import { notesOf } from './notes.ts';
import { decideReading, parseRow, type ReportRow } from './parse.ts';
import { type FileAccount, type Parts, sumOf } from './parts.ts';
import { type Preamble, readPreamble, statedByRows } from './preamble.ts';
import type { AdFileSettings, AdReport, AdTotals } from './schema.ts';
import { type Line, openSheets, textOf } from './sheet.ts';

export interface ReadRequest {
  bytes: Uint8Array;
  settings: AdFileSettings;
  account: FileAccount | null;
}

export interface RefusedRow {
  line: number;
  cells: string[];
  reasons: string[];
}

/** A file of ad figures, read to its end. */
export interface ReadFile {
  report: Omit<AdReport, 'change'>;
  header: string[];
  /** Campaigns' days, as a platform would send them. */
  rows: DailyMetric[];
  refused: RefusedRow[];
  notes: Note[];
  /** Why it cannot come in as it is; its totals stand all the same. */
  problem: string | null;
  /** The one account that the file names. */
  namedAccount: { nativeId: string | null; name: string | null } | null;
}

/**
 * Reads a file of ad figures. Errors: `invalid` on `file`, `preset`, `decimal` or `dateOrder` where it cannot be
 * understood at all; what is understood and may not come in has a `problem`.
 */
export async function readAdFile({ bytes, settings, account }: ReadRequest): Promise<ReadFile> {
  const { encoding, delimiter } = settings;
  const sheets = await openSheets({ bytes, encoding, delimiter });
  const platform = account?.platform ?? undefined;
  const found = findTable(sheets, { preset: settings.preset, platform });
  const first = sortLines(found);
  const table = withDays(found, first.data);
  const sorted = table === found ? first : sortLines(table);
  const reading = decideReading(table, [...sorted.data, ...sorted.totals], settings);
  const all = sorted.data.map((line) => parseRow(table, line, reading));
  const accounts = new Map(all.map((row) => [accountKey(row), row]));
  const isOwn = ownAccount(account, accounts.size);
  const own = all.filter(isOwn);
  const foreign = all.filter((row) => !isOwn(row));
  return assemble({ table, sorted, reading, settings, account, all, own, foreign, accounts });
}

function assemble(parts: Parts): ReadFile {
  const { table, sorted, settings, account, own, foreign, accounts } = parts;
  const preamble = readPreamble(table);
  const isMicros = table.preset.money === 'micros';
  const money = currencyOf(parts, preamble);
  const folded = fold(
    own.filter(({ reasons }) => reasons.length === 0),
    { currency: money.currency ?? 'XXX', isMicros },
  );
  const sums = sumOf(own);
  const unreadable = own.filter(({ reasons }) => reasons.length > 0).length + sorted.broken.length;
  const [named] = accounts.size === 1 ? [...accounts.values()] : [];
  return {
    report: {
      ...describe(parts, preamble),
      ...measure(parts, folded.rows, preamble),
      currency: money.currency,
      totals: totalsOf(table, sums, isMicros),
      metricRows: folded.rows.length,
    },
    header: table.header,
    rows: folded.rows,
    refused: refusedRows(parts),
    notes: notesOf(parts, { folded, money }),
    namedAccount: named ? { nativeId: named.accountId, name: named.accountName } : null,
    problem:
      aggregateProblem(table, sorted.data) ??
      platformProblem(table, settings, account) ??
      accountProblem(parts) ??
      rowsProblem({ unreadable, rows: own.length, foreign: foreign.length }) ??
      money.problem,
  };
}

/** Which rows are the account's own. A file of one account that says no other's id is taken at the person's word. */
function ownAccount(account: FileAccount | null, accounts: number): (row: ReportRow) => boolean {
  if (!account) return () => true;
  return (row) => {
    if (row.accountId !== null && account.nativeId !== null)
      return plainId(row.accountId) === plainId(account.nativeId);
    if (accounts <= 1) return true;
    return row.accountName !== null && row.accountName.toLowerCase() === account.name.toLowerCase();
  };
}

/** Ids as people and platforms write them: act_12, 123-456-7890. */
export function plainId(nativeId: string): string {
  return nativeId
    .replace(/^act_/, '')
    .replace(/^(\d{3})-(\d{3})-(\d{4})$/, '$1$2$3')
    .toLowerCase();
}

function accountKey({ accountId, accountName }: ReportRow): string {
  return accountId === null ? `name ${accountName ?? ''}` : `id ${plainId(accountId)}`;
}

function accountProblem({ account, own, foreign, accounts }: Parts): string | null {
  const names = [...accounts.values()]
    .map(({ accountId, accountName }) => accountName ?? accountId ?? 'one without a name')
    .slice(0, 5);
  if (!account && accounts.size > 1)
    return `The file holds figures of ${accounts.size} ad accounts (${names.join(', ')}). Say which one comes in: the rows of the others stay out.`;
  if (account && own.length === 0 && foreign.length > 0)
    return `No row of the file is of the ad account ${account.name}; they are of ${names.join(', ')}.`;
  return null;
}

function platformProblem(
  { preset }: Table,
  { preset: said }: AdFileSettings,
  account: FileAccount | null,
): string | null {
  if (!account?.platform || account.platform === preset.platform) return null;
  return `${said === undefined ? 'The file is' : 'You said that the file is'} a report of ${preset.name}, and the ad account ${account.name} is one of ${account.platform}.`;
}

function rowsProblem({
  unreadable,
  rows,
  foreign,
}: {
  unreadable: number;
  rows: number;
  foreign: number;
}): string | null {
  if (unreadable > 0)
    return (
      `${unreadable === 1 ? 'One row cannot be read' : `${unreadable} rows cannot be read`}. Nothing comes in without ` +
      `${unreadable === 1 ? 'it' : 'them'}, since its day would be too low. Correct the file, or say how it is read.`
    );
  return rows + foreign === 0 ? 'The file has columns and no rows.' : null;
}

function describe({ table, sorted, reading, all, foreign }: Parts, preamble: Preamble) {
  const { preset, sheet, headerIndex } = table;
  const marks = new Set(reading.marks.values());
  const [mark = null] = marks.size === 1 ? [...marks] : [];
  return {
    presetId: preset.id,
    presetName: preset.name,
    platform: preset.platform,
    sheet: sheet.name,
    encoding: sheet.encoding,
    delimiter: sheet.delimiter,
    headerLine: sheet.lines[headerIndex]?.line ?? 1,
    columns: describeColumns(table),
    decimal: reading.marks.get('spend') ?? mark,
    dateOrder: reading.order,
    preamble: preamble.lines,
    footer: sorted.footer.slice(0, 20),
    dataRows: all.length + sorted.broken.length,
    totalRows: sorted.totals.length,
    foreignRows: foreign.length,
  };
}

/** The days that a file covers: those of its rows, and those that it says it is of. */
function measure({ table, own }: Parts, rows: readonly DailyMetric[], preamble: Preamble) {
  const days = own.flatMap(({ day }) => day ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const stated = preamble.period ?? statedByRows(table, own);
  const isStated =
    stated !== null && stated.from <= (first ?? stated.from) && stated.to >= (last ?? stated.to);
  return {
    firstDay: isStated ? stated.from : (first ?? null),
    lastDay: isStated ? stated.to : (last ?? null),
    days: new Set(rows.map(({ date }) => date)).size,
    campaigns: new Set(own.map(({ campaignId, campaignName }) => campaignId ?? campaignName)).size,
  };
}

function totalsOf({ columns }: Table, { amounts, counts }: Sums, isMicros: boolean): AdTotals {
  return {
    spend: atLeastCents(spendOf(amounts.spend, isMicros)),
    impressions: counts.impressions ?? 0,
    clicks: columns.has('clicks') ? (counts.clicks ?? 0) : null,
    conversions: amounts.conversions === null ? null : fromUnits(amounts.conversions),
    conversionValue: amounts.conversionValue === null ? null : fromUnits(amounts.conversionValue),
  };
}

/** "2410.8" as money is written: 2410.80. */
function atLeastCents(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function refusedRows({ sorted, own, foreign }: Parts): RefusedRow[] {
  const asRefused = (line: Line, reasons: string[]) => ({
    line: line.line,
    cells: line.cells.map(textOf),
    reasons,
  });
  return [
    ...sorted.broken.map((line) => asRefused(line, [line.problem ?? ''])),
    ...own.filter(({ reasons }) => reasons.length > 0).map(({ line, reasons }) => asRefused(line, reasons)),
    ...foreign.map(({ line, accountName, accountId }) =>
      asRefused(line, [
        `The row is of another ad account: ${accountName ?? accountId ?? 'one without a name'}.`,
      ]),
    ),
  ].sort((a, b) => a.line - b.line);
}
