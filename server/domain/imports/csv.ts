import { CsvError, parse, type Options } from 'csv-parse/sync';

/** One record of the file: its cells, or why it is none. `line` is where it begins; lines count from 1. */
export type CsvRecord =
  { line: number; cells: string[]; problem?: undefined } | { line: number; cells: string[]; problem: string };

const BLOCK_BYTES = 64 * 1024;
/** A longer record is refused, so that a file cannot claim memory by never ending a quote. */
const RECORD_BYTES = 1024 * 1024;

/** How much of a broken line is kept to be shown. */
const SHOWN_BYTES = 10_000;

const TOO_LONG = 'TOO_LONG';
const UNCLOSED = 'CSV_QUOTE_NOT_CLOSED';

const problems: Record<string, string> = {
  [TOO_LONG]: 'This line is longer than 1 MiB',
  [UNCLOSED]: 'A quote is opened on this line and not closed',
  CSV_INVALID_CLOSING_QUOTE:
    'A quote is closed in the middle of a cell; double it where it is part of the text',
};

/**
 * Reads the records of a CSV text one after the other. Blank lines are passed over. A record that is broken is given
 * with its problem, and reading goes on at the line after the one where it began, so one stray quote costs one row.
 * A quote inside a cell that does not begin with one is a character like others, as people write inches.
 */
export function* readRecords(text: Buffer, delimiter: string): Generator<CsvRecord> {
  let offset = 0;
  let line = 1;
  let bytes = BLOCK_BYTES;
  while (offset < text.length) {
    const block = takeBlock(text, offset, bytes);
    const { records, failure } = block ? parseBlock(block, delimiter) : { records: [], failure: TOO_LONG };
    let read = 0;
    for (const { cells, end } of records) {
      if (cells.length > 1 || cells[0] !== '') yield { line, cells };
      line += countLines(text, offset + read, offset + end);
      read = end;
    }
    const isCut = block !== null && failure === UNCLOSED && offset + block.length < text.length;
    if (isCut && (read > 0 || bytes < RECORD_BYTES)) {
      // The quote may close behind the block: begin the next block with this record, or take more at once.
      bytes = read > 0 ? BLOCK_BYTES : Math.min(bytes * 4, RECORD_BYTES);
      offset += read;
      continue;
    }
    offset += read;
    bytes = BLOCK_BYTES;
    if (failure === null) continue;
    const next = lineEnd(text, offset);
    yield broken(text.subarray(offset, next), line, failure);
    offset = next;
    line += 1;
  }
}

/** Whole lines, so that no delimiter of records is cut in two; null where one line alone is too long. */
function takeBlock(text: Buffer, offset: number, bytes: number): Buffer | null {
  if (offset + bytes >= text.length) return text.subarray(offset);
  const window = text.subarray(offset, offset + bytes);
  const last = Math.max(window.lastIndexOf(0x0a), window.lastIndexOf(0x0d));
  const end = lineEnd(text, last === -1 ? offset : offset + last);
  return end - offset > RECORD_BYTES + 1 ? null : text.subarray(offset, end);
}

interface Block {
  records: { cells: string[]; end: number }[];
  /** csv-parse's code of what ended the block early. */
  failure: string | null;
}

function parseBlock(block: Buffer, delimiter: string): Block {
  const records: Block['records'] = [];
  let start = 0;
  for (;;) {
    const from = start;
    const failure = attempt(block.subarray(from), delimiter, (cells, bytes) => {
      start = from + bytes;
      records.push({ cells, end: start });
    });
    if (failure !== 'INVALID_OPENING_QUOTE') return { records, failure };
    // csv-parse refuses a quote in the middle of an unquoted cell unless it is told to take it as a character.
    const before = start;
    const relaxed = attempt(
      block.subarray(before),
      delimiter,
      (cells, bytes) => {
        start = before + bytes;
        records.push({ cells, end: start });
      },
      { relax_quotes: true, to: 1 },
    );
    if (relaxed !== null || start === before) return { records, failure: relaxed ?? failure };
  }
}

function attempt(
  bytes: Buffer,
  delimiter: string,
  onRecord: (cells: string[], bytes: number) => void,
  options: Options = {},
): string | null {
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      ...options,
      on_record: (cells: string[], context) => {
        onRecord(cells, context.bytes);
        return null;
      },
    });
    return null;
  } catch (error) {
    if (error instanceof CsvError) return error.code;
    throw error;
  }
}

function broken(raw: Buffer, line: number, failure: string): CsvRecord {
  const shown = raw
    .subarray(0, SHOWN_BYTES)
    .toString('utf8')
    .replace(/[\r\n]+$/, '');
  return { line, cells: [shown], problem: problems[failure] ?? 'This line cannot be read as CSV' };
}

/** The offset behind the line that begins at `offset`. */
function lineEnd(text: Buffer, offset: number): number {
  for (let at = offset; at < text.length; at += 1) {
    if (text[at] === 0x0a) return at + 1;
    if (text[at] === 0x0d) return text[at + 1] === 0x0a ? at + 2 : at + 1;
  }
  return text.length;
}

function countLines(text: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) {
    if (text[at] === 0x0a || (text[at] === 0x0d && text[at + 1] !== 0x0a)) lines += 1;
  }
  return lines;
}
