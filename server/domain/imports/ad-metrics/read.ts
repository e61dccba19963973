import type { AdPlatformId, DailyMetric } from '../../../integrations/ad-platform.ts';
import type { Note } from '../schema.ts';
import { aggregateProblem, describeColumns, sortLines, type Sorted, withDays } from './classify.ts';
import { amountFields } from './fields.ts';
import { addRow, emptySums, fold, fromUnits, spendOf, type Sums, toUnits } from './fold.ts';
import { findTable, type Table } from './header-row.ts';
import { decideReading, lacksCampaign, parseRow, type Reading, type ReportRow } from './parse.ts';
import { headerCurrency, type Preamble, readPreamble, statedByRows } from './preamble.ts';
import type { AdFileSettings, AdReport, AdTotals } from './schema.ts';
import { type Line, openSheets, textOf } from './sheet.ts';

/** What is known of the account that a file belongs to, before or after it is made. */
export interface FileAccount {
  platform: AdPlatformId | null;
  /** null where it has none of its platform's. */
  nativeId: string | null;
  name: string;
  currency: string | null;
}

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

interface Parts {
  table: Table;
  sorted: Sorted;
  reading: Reading;
  settings: AdFileSettings;
  account: FileAccount | null;
  all: readonly ReportRow[];
  own: readonly ReportRow[];
  foreign: readonly ReportRow[];
  accounts: ReadonlyMap<string, ReportRow>;
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
    notes: notesOf(parts, { folded, money, preamble }),
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

interface Money {
  currency: string | null;
  note: string | null;
  problem: string | null;
}

/** The file's own word counts first: its column, the head of its spend, a line above; then what a person said. */
function currencyOf({ table, own, settings, account }: Parts, preamble: Preamble): Money {
  const inRows = [...new Set(own.flatMap(({ currency }) => currency ?? []))].sort();
  if (inRows.length > 1)
    return {
      currency: null,
      note: null,
      problem: `The rows are in ${inRows.join(' and ')}. An ad account has one currency: export each by itself.`,
    };
  const inFile = inRows[0] ?? headerCurrency(table) ?? preamble.currency;
  const said = account?.currency ?? settings.currency ?? null;
  if (inFile && said && inFile !== said)
    return {
      currency: inFile,
      note: null,
      problem: `The file is in ${inFile} and ${account?.currency ? `the ad account ${account.name}` : 'the currency that was said'} in ${said}. Nothing is converted: pick the account in ${inFile}.`,
    };
  if (inFile) return { currency: inFile, note: null, problem: null };
  if (said)
    return {
      currency: said,
      note: `The file names no currency: its amounts are taken as ${said}.`,
      problem: null,
    };
  return {
    currency: null,
    note: null,
    problem: 'The file names no currency. Say which one its amounts are in.',
  };
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

function sumOf(rows: readonly ReportRow[]): Sums {
  const sums = emptySums();
  for (const row of rows) addRow(sums, row);
  return sums;
}

function totalsOf({ columns }: Table, { amounts, counts }: Sums, isMicros: boolean): AdTotals {
  return {
    spend: atLeastCents(spendOf(amounts.spend, isMicros)),
    impressions: counts.impressions ?? 0,
    clicks: columns.has('clicks') ? (counts.clicks ?? 0) : null,
    conversions: columns.has('conversions') ? fromUnits(amounts.conversions ?? 0n) : null,
    conversionValue: columns.has('conversionValue') ? fromUnits(amounts.conversionValue ?? 0n) : null,
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

interface Found {
  folded: ReturnType<typeof fold>;
  money: Money;
  preamble: Preamble;
}

function notesOf(parts: Parts, { folded, money }: Found): Note[] {
  const { table, sorted, own } = parts;
  const note = (text: string, count: number | null = null): Note => ({ kind: 'ad-figures', text, count });
  const { columns, header } = table;
  const notes = [note(`Read as a report of ${table.preset.name}.`)];
  if (money.note) notes.push(note(money.note));
  if (lacksCampaign(table)) {
    const name = header[columns.get('levelName') ?? -1] ?? '';
    notes.push(
      note(
        `The file names no campaigns: each "${name}" comes in as a campaign of its own. Add the campaign's name to the export to have them together.`,
      ),
    );
  }
  if (sorted.totals.length > 0) notes.push(note('Rows that sum others are left out.', sorted.totals.length));
  if (folded.summed > 0)
    notes.push(note('Rows of one campaign and day are summed; their reach is not.', folded.summed));
  if (folded.idle > 0)
    notes.push(note("Campaigns' days without any delivery are left out, as the platforms do.", folded.idle));
  const silent = (['clicks', 'conversions', 'conversionValue'] as const).filter(
    (field) => !columns.has(field),
  );
  const words = { clicks: 'clicks', conversions: 'conversions', conversionValue: "conversions' value" };
  if (silent.length > 0)
    notes.push(
      note(`The file says nothing of ${silent.map((field) => words[field]).join(', ')}: they count as 0.`),
    );
  return [...notes, ...totalNotes(parts, own)];
}

/** A report's own sums are held against its rows: of a day where the sum has one, else of all. */
function totalNotes({ table, sorted, reading }: Parts, own: readonly ReportRow[]): Note[] {
  const spendOfRows = (rows: readonly ReportRow[]) => sumOf(rows).amounts.spend ?? 0n;
  const checked = sorted.totals
    .map((line) => parseRow(table, line, reading))
    .filter(({ figures }) => figures.spend !== null);
  if (checked.length === 0 || !amountFields.includes('spend')) return [];
  const agrees = checked.some(({ day, figures }) => {
    const rows = day === null ? own : own.filter((row) => row.day === day);
    return toUnits(figures.spend ?? '0') === spendOfRows(rows);
  });
  if (agrees) return [];
  const [shown] = checked;
  const text = `The file's own total of the spend (${shown?.figures.spend ?? ''}) is not the sum of its rows (${fromUnits(spendOfRows(own))}): the export may not hold all of them.`;
  return [{ kind: 'ad-figures', text, count: null }];
}
