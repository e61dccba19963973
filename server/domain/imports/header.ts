import { invalidField } from '../../kernel/errors.ts';
import { type CsvRecord, readRecords } from './csv.ts';
import type { Mapping } from './mapping.ts';

export type Delimiter = NonNullable<Mapping['delimiter']>;

const MAX_COLUMNS = 500;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/** A header or word as it is compared: case, outer and repeated spaces and Unicode's ways of composing do not count. */
export function normalize(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u00a0\ufeff]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The delimiter that stands most often outside quotes in the first line that holds anything; a comma where none does. */
export function detectDelimiter(text: Buffer): Delimiter {
  const head = text.subarray(0, 64 * 1024).toString('utf8');
  const line = head.split(/\r\n|\n|\r/).find((candidate) => candidate.trim() !== '') ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

export interface HeaderAndRows {
  header: string[];
  /** The records behind the header; they can be read once. */
  rows: Generator<CsvRecord>;
}

/**
 * Reads the header: the first line that is not blank.
 * Errors: `invalid` on `file` where it cannot be read, has too many columns, or names one twice.
 */
export function readHeader(text: Buffer, delimiter: string): HeaderAndRows {
  const rows = readRecords(text, delimiter);
  const first = firstFilled(rows);
  if (!first) throw invalidField('file', 'The file holds no text.');
  const { problem, cells, line } = first;
  if (problem !== undefined)
    throw invalidField('file', `The header on line ${line} cannot be read. ${problem}.`);
  if (cells.length > MAX_COLUMNS) {
    const count = cells.length.toLocaleString('en');
    throw invalidField('file', `The header has ${count} columns; at most ${MAX_COLUMNS} are read.`);
  }
  const header = cells.map((cell) => cell.replaceAll('\0', '').trim());
  const twice = header.find(
    (name, index) => name !== '' && header.findIndex((other) => normalize(other) === normalize(name)) < index,
  );
  if (twice !== undefined) throw invalidField('file', `The header names the column "${twice}" twice.`);
  return { header, rows };
}

/** Not by for…of, which would end the generator with the loop. */
function firstFilled(rows: Generator<CsvRecord>): CsvRecord | null {
  for (let next = rows.next(); !next.done; next = rows.next()) {
    if (next.value.problem !== undefined || next.value.cells.some((cell) => cell.trim() !== ''))
      return next.value;
  }
  return null;
}
