import { isValid, parseISO } from 'date-fns';
import { MOST_PASTED_LINES, pastedColumns } from './fields.ts';

/** One pasted line as it is kept; a cell that is empty is unknown. */
export interface PastedResult {
  /** From 1, as a spreadsheet counts them. */
  line: number;
  date: string;
  clicks: number | null;
  conversions: string | null;
  value: string | null;
}

export interface LineProblem {
  line: number;
  message: string;
}

type Column = 'date' | 'clicks' | 'conversions' | 'value';

const names: Readonly<Record<string, Column>> = {
  date: 'date',
  day: 'date',
  clicks: 'clicks',
  conversions: 'conversions',
  orders: 'conversions',
  sales: 'conversions',
  value: 'value',
  revenue: 'value',
  amount: 'value',
};

/**
 * Lines of a spreadsheet, their cells apart by tabs, semicolons or commas. Every line that is wrong is named with why;
 * `today` is the agency's day, after which there are no results yet.
 */
export function parseResultLines(
  text: string,
  today: string,
): { rows: PastedResult[]; problems: LineProblem[] } {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((content, at) => ({ line: at + 1, cells: cellsOf(content) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first] = lines;
  const header = first && headerOf(first.cells);
  const body = header ? lines.slice(1) : lines;
  if (body.length === 0) return { rows: [], problems: [{ line: 1, message: 'No line with a day is here.' }] };
  if (body.length > MOST_PASTED_LINES)
    return {
      rows: [],
      problems: [{ line: MOST_PASTED_LINES + 1, message: `At most ${MOST_PASTED_LINES} lines at once.` }],
    };
  if (header && 'unknown' in header)
    return { rows: [], problems: [{ line: first?.line ?? 1, message: header.unknown }] };
  const columns = header?.columns ?? [...pastedColumns];
  const rows: PastedResult[] = [];
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of body) {
    const read = readLine(cells, columns, today);
    if ('message' in read) {
      problems.push({ line, message: read.message });
      continue;
    }
    const earlier = seen.get(read.date);
    if (earlier !== undefined)
      problems.push({ line, message: `${read.date} stands in line ${earlier} already.` });
    else rows.push({ line, ...read });
    seen.set(read.date, earlier ?? line);
  }
  return { rows, problems };
}

function cellsOf(content: string): string[] {
  const separator = content.includes('\t') ? '\t' : content.includes(';') ? ';' : ',';
  return content.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

/** The columns that a first line names; undefined where it names none and is a line like others. */
function headerOf(cells: readonly string[]): { columns: Column[] } | { unknown: string } | undefined {
  const words = cells.map((cell) => cell.toLowerCase());
  if (!words.some((word) => word in names)) return undefined;
  const columns = words.flatMap((word) => names[word] ?? []);
  const unknown = words.find((word) => !(word in names));
  if (unknown !== undefined)
    return { unknown: `There is no column “${unknown}”: date, clicks, conversions and value are known.` };
  if (new Set(columns).size < columns.length) return { unknown: 'A column stands here twice.' };
  if (!columns.includes('date')) return { unknown: 'A column with the day is missing.' };
  return { columns };
}

function readLine(
  cells: readonly string[],
  columns: readonly Column[],
  today: string,
): Omit<PastedResult, 'line'> | { message: string } {
  const filled = cells.findLastIndex((cell) => cell !== '') + 1;
  if (filled > columns.length)
    return {
      message: `${filled} cells; write ${columns.join(', ')}. Numbers with thousands separators need tabs between cells.`,
    };
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? '';
  const date = dayOf(cell('date'));
  if (date === null) return { message: 'Write the day as YYYY-MM-DD.' };
  if (date > today) return { message: `${date} is still to come.` };
  const [clicks, conversions, value] = [
    numberOf(cell('clicks'), 0),
    numberOf(cell('conversions'), 6),
    numberOf(cell('value'), 4),
  ];
  if (clicks === undefined) return { message: 'Write the clicks as a whole number.' };
  if (conversions === undefined)
    return { message: 'Write the conversions as a number with a point, at most six decimals.' };
  if (value === undefined)
    return {
      message: 'Write the value as a number with a point, at most four decimals, without a currency.',
    };
  if (clicks === null && conversions === null && value === null)
    return { message: 'Nothing is counted on this line.' };
  return { date, clicks: clicks === null ? null : Number(clicks), conversions, value };
}

/** A day as YYYY-MM-DD, or DD.MM.YYYY; with slashes nobody knows which is the month. */
function dayOf(cell: string): string | null {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell);
  const written = dotted
    ? `${dotted[3] ?? ''}-${(dotted[2] ?? '').padStart(2, '0')}-${(dotted[1] ?? '').padStart(2, '0')}`
    : cell;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || !isValid(parseISO(written))) return null;
  return written < '1900-01-01' || written > '2200-12-31' ? null : written;
}

/** Digits with a point, thousands apart by commas or spaces; null: empty; undefined: no such number. */
function numberOf(cell: string, decimals: number): string | null | undefined {
  if (cell === '') return null;
  const bare = /^\d{1,3}([,  ]\d{3})+(\.\d+)?$/.test(cell) ? cell.replace(/[,  ]/g, '') : cell;
  const wanted = decimals === 0 ? /^\d{1,15}$/ : new RegExp(`^\\d{1,12}(\\.\\d{1,${decimals}})?$`);
  return wanted.test(bare) ? bare : undefined;
}
