import { invalidField } from '../../../kernel/errors.ts';
import { readRecords } from '../csv.ts';
import { decodeFile } from '../encoding.ts';
import { type Delimiter, normalize } from '../header.ts';
import type { Encoding } from '../mapping.ts';
import { readWorkbook } from './workbook.ts';

/** A number stands only where a workbook stored one; every other cell is text, days of a workbook as YYYY-MM-DD. */
export type Cell = string | number;

/** One line of a table. `problem`: why it cannot be read, in words. */
export interface Line {
  line: number;
  cells: readonly Cell[];
  problem?: string | undefined;
}

/** A table as it stands in the file, with whatever is above and below its rows. */
export interface Sheet {
  /** Of a workbook. */
  name: string | null;
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  lines: readonly Line[];
}

export interface SheetRequest {
  bytes: Uint8Array;
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
}

/** More rows than this are several exports in one. */
export const MAX_LINES = 300_000;
const HEAD_LINES = 30;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * The tables of a file: one of a CSV, each sheet of a workbook in its order. Errors: `invalid` on `file` where it
 * cannot be read or is too large.
 */
export async function openSheets(request: SheetRequest): Promise<Sheet[]> {
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return readWorkbook(bytes);
  refuseOldWorkbook(bytes);
  const { text, encoding } = decodeFile(bytes, request.encoding);
  const delimiter = request.delimiter ?? delimiterOf(text);
  return [{ name: null, encoding, delimiter, lines: readCsv(text, delimiter) }];
}

function readCsv(text: Buffer, delimiter: Delimiter): Line[] {
  const lines: Line[] = [];
  for (const { line, cells, problem } of readRecords(text, delimiter)) {
    if (lines.length >= MAX_LINES) throw tooManyLines();
    // PostgreSQL keeps no NUL in a text.
    lines.push({ line, cells: cells.map((cell) => cell.replaceAll('\0', '')), problem });
  }
  return lines;
}

/** The delimiter that makes the widest line of the first ones: above a header stand lines of one cell. */
function delimiterOf(text: Buffer): Delimiter {
  const head = text
    .subarray(0, 256 * 1024)
    .toString('utf8')
    .split(/\r\n|\n|\r/)
    .slice(0, HEAD_LINES);
  const bare = head.map((line) => line.replace(/"[^"]*"/g, ''));
  const widths = DELIMITERS.map((delimiter) => Math.max(...bare.map((line) => line.split(delimiter).length)));
  return DELIMITERS[widths.indexOf(Math.max(...widths))] ?? ',';
}

/** The binary workbook of before 2007 (OLE compound file) and gzip have marks of their own. */
function refuseOldWorkbook(bytes: Buffer): void {
  const mark = bytes.subarray(0, 4).toString('hex');
  if (mark === 'd0cf11e0')
    throw invalidField(
      'file',
      'This is a workbook of the old kind (XLS) or one with a password. Save it as XLSX or CSV.',
    );
  if (mark.startsWith('1f8b')) throw invalidField('file', 'The file is packed with gzip. Unpack it first.');
}

export function tooManyLines() {
  const most = MAX_LINES.toLocaleString('en');
  return invalidField('file', `The file has more than ${most} rows. Export fewer days at once.`);
}

/** A cell as it is shown and compared as text. */
export function textOf(cell: Cell | undefined): string {
  return typeof cell === 'number' ? String(cell) : (cell ?? '');
}

/** What ad managers write where there is no figure. */
const NOTHING: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  'n/a',
  'na',
  'null',
  '(not set)',
]);

export function isNothing(cell: Cell | undefined): boolean {
  return typeof cell !== 'number' && NOTHING.has(normalize(cell ?? ''));
}
