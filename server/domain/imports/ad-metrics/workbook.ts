import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { AppError } from '../../../kernel/errors.ts';
import { type Cell, type Line, MAX_LINES, type Sheet, tooManyLines } from './sheet.ts';
import { broken, listEntries, MAX_UNPACKED_BYTES, pack, unpack } from './zip.ts';

/** The parts that values are read from, in the order in which the reader wants them. */
const PARTS = [
  /^_rels\/\.rels$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/workbook\.xml$/,
  /^xl\/sharedStrings\.xml$/,
  /^xl\/styles\.xml$/,
  /^xl\/worksheets\/sheet\d+\.xml$/,
];
const NEEDED = [1, 2];
const MAX_SHEETS = 20;
const MAX_COLUMNS = 500;

/** The sheets of a workbook with their stored values: formulas by the result that was saved with them. */
export async function readWorkbook(archive: Buffer): Promise<Sheet[]> {
  const parts = await partsOf(archive);
  try {
    return await readSheets(pack(parts));
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Whatever the parser stumbles over is the file's doing: it is handed nothing else.
    throw broken();
  }
}

/**
 * Only what is read, unpacked within bounds and packed anew: a bomb does not go off, nothing is written to disk while a
 * sheet waits for its texts, and the reader sees the entries that the archive lists and no others.
 */
async function partsOf(archive: Buffer): Promise<{ name: string; content: Buffer }[]> {
  const entries = listEntries(archive);
  const chosen = PARTS.map((pattern) =>
    entries
      .filter(({ name }) => pattern.test(name))
      .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1)),
  );
  if (NEEDED.some((index) => chosen[index]?.length !== 1)) throw broken();
  const sheets = chosen.at(-1) ?? [];
  if (sheets.length === 0) throw broken();
  let left = MAX_UNPACKED_BYTES;
  const parts: { name: string; content: Buffer }[] = [];
  for (const entry of [...chosen.slice(0, -1).flat(), ...sheets.slice(0, MAX_SHEETS)]) {
    const content = await unpack(archive, entry, left);
    left -= content.length;
    parts.push({ name: entry.name, content });
  }
  return parts;
}

async function readSheets(archive: Buffer): Promise<Sheet[]> {
  const options = {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  } as const;
  const sheets: Sheet[] = [];
  for await (const worksheet of new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([archive]), options)) {
    const lines: Line[] = [];
    for await (const row of worksheet) {
      if (lines.length >= MAX_LINES) throw tooManyLines();
      lines.push(toLine(row));
    }
    sheets.push({ name: nameOf(worksheet), encoding: null, delimiter: null, lines });
  }
  return sheets;
}

/** The reader sets it from the workbook's list of sheets; its types do not say so. */
function nameOf(worksheet: unknown): string | null {
  const { name } = worksheet as { name?: unknown };
  return typeof name === 'string' ? name : null;
}

function toLine(row: ExcelJS.Row): Line {
  const problems: string[] = [];
  const count = Math.min(row.cellCount, MAX_COLUMNS);
  const cells = Array.from({ length: count }, (_, index) => {
    const read = toCell(row.findCell(index + 1)?.value);
    if (read.problem) problems.push(`Column ${index + 1}: ${read.problem}`);
    return read.cell;
  });
  return { line: row.number, cells, problem: problems.length > 0 ? problems.join(' ') : undefined };
}

interface Read {
  cell: Cell;
  problem?: string;
}

function toCell(value: ExcelJS.CellValue | undefined): Read {
  if (value === null || value === undefined) return { cell: '' };
  if (typeof value === 'string') return { cell: value };
  if (typeof value === 'number') return Number.isFinite(value) ? { cell: value } : unreadable('no number');
  if (typeof value === 'boolean') return { cell: String(value) };
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? unreadable('no day') : { cell: dayText(value) };
  if ('richText' in value) return { cell: value.richText.map(({ text }) => text).join('') };
  if ('error' in value) return unreadable(`the spreadsheet's error ${value.error}`);
  if ('formula' in value || 'sharedFormula' in value) {
    if (value.result === undefined)
      return unreadable(
        'a formula that was saved without its value; open the file in a spreadsheet and save it',
      );
    return toCell(value.result);
  }
  return 'text' in value ? toCell(value.text) : { cell: '' };
}

function unreadable(what: string): Read {
  return { cell: '', problem: `The cell holds ${what}.` };
}

/** A workbook's day has no zone: the reader gives it as UTC. Its time of day is kept for hourly reports. */
function dayText(day: Date): string {
  const [date = '', time = ''] = day.toISOString().slice(0, 19).split('T');
  return time === '00:00:00' ? date : `${date} ${time}`;
}
