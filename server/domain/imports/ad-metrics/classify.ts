import { adFields, amountFields, countFields, type AdField } from './fields.ts';
import { isPeriod, parseReportDay } from './days.ts';
import type { Table } from './header-row.ts';
import { type Cell, isNothing, type Line, textOf } from './sheet.ts';

/** The lines below a header, by what they are. */
export interface Sorted {
  data: Line[];
  /** Sums of other rows. */
  totals: Line[];
  /** Notes below the rows: when the report was made, how it was filtered. */
  footer: string[];
  /** Lines that cannot be read, each with its problem. */
  broken: Line[];
}

const FIGURES: readonly AdField[] = [...amountFields, ...countFields];
const NAMES: readonly AdField[] = ['campaignId', 'campaignName', 'levelId', 'levelName'];
/** "Total: Account", "Totals", "Grand total"; a campaign may well be called "Total Care Clinics". */
const TOTAL = /^(?:total:.*|(?:grand |overall |report |sub)?totals?:?)$/i;

/**
 * Tells rows from sums and notes. A sum names itself in a cell that is no campaign's, or names nobody and has no day of
 * its own; what has a day, a campaign and figures is a row whatever it is called.
 */
export function sortLines(table: Table): Sorted {
  const { sheet, headerIndex, header } = table;
  const sorted: Sorted = { data: [], totals: [], footer: [], broken: [] };
  const lines = sheet.lines
    .slice(headerIndex + 1)
    .filter(({ cells, problem }) => problem !== undefined || !cells.every(isNothing));
  const names = usedNames(table, lines);
  for (const line of lines) {
    if (line.problem !== undefined) sorted.broken.push(line);
    else if (isFooter(table, line))
      sorted.footer.push(line.cells.map(textOf).filter(Boolean).join(' ').slice(0, 300));
    else if (isTotal(table, line, names)) sorted.totals.push(line);
    else if (
      sheet.delimiter !== null &&
      line.cells.length !== header.length &&
      !isPadded(line, header.length)
    )
      sorted.broken.push({
        ...line,
        problem: `The row has ${line.cells.length} cells and the header ${header.length}.`,
      });
    else sorted.data.push(line);
  }
  return sorted;
}

/** The columns of names that hold any: an export at campaign level may carry an empty column for ad sets. */
function usedNames({ columns }: Table, lines: readonly Line[]): number[] {
  return NAMES.flatMap((field) => columns.get(field) ?? []).filter((index) =>
    lines.some(({ cells }) => !isNothing(cells[index])),
  );
}

function isFooter({ columns }: Table, { cells }: Line): boolean {
  const hasFigure = FIGURES.some((field) => {
    const index = columns.get(field);
    return index !== undefined && !isNothing(cells[index]);
  });
  if (hasFigure) return false;
  const day = columns.get('day');
  // Delivered to nobody, a campaign's row still has its day.
  return day === undefined ? cells.filter((cell) => !isNothing(cell)).length < 3 : !hasDay(cells[day]);
}

/** Orders other than year first count as well: what is no day in any order is no day. */
function hasDay(cell: Cell | undefined): boolean {
  return (['Y-M-D', 'D/M/Y', 'M/D/Y'] as const).some((order) => 'value' in parseReportDay(cell, order));
}

function isTotal({ preset, columns }: Table, { cells }: Line, names: readonly number[]): boolean {
  const campaign = [columns.get('campaignName'), columns.get('campaignId')];
  const day = columns.get('day');
  const isDayless = day === undefined || !hasDay(cells[day]);
  const figures = new Set(FIGURES.flatMap((field) => columns.get(field) ?? []));
  const saysTotal = cells.some((cell, index) => {
    if (figures.has(index) || typeof cell === 'number' || !TOTAL.test(cell.trim())) return false;
    if (!campaign.includes(index) && !names.includes(index)) return isDayless;
    // In a campaign's own cell only the wording of the report's sums is one, and only where no day says otherwise.
    return isDayless && (day !== undefined || /^total: ?(account|campaigns|filtered|all)/i.test(cell.trim()));
  });
  if (saysTotal) return true;
  const blank = names.filter((index) => isNothing(cells[index]));
  if (names.length > 0 && blank.length === names.length) return true;
  if (preset.isBlankNameTotal && isLevelBlank(columns, names, blank)) return true;
  return day !== undefined && isNothing(cells[day]);
}

/** Both name and id of one level blank: the row sums what is below it. */
function isLevelBlank(
  columns: Table['columns'],
  names: readonly number[],
  blank: readonly number[],
): boolean {
  const levels: readonly (readonly AdField[])[] = [
    ['campaignId', 'campaignName'],
    ['levelId', 'levelName'],
  ];
  return levels.some((level) => {
    const used = level.flatMap((field) => columns.get(field) ?? []).filter((index) => names.includes(index));
    return used.length > 0 && used.every((index) => blank.includes(index));
  });
}

function isPadded({ cells }: Line, width: number): boolean {
  return cells.length > width && cells.slice(width).every(isNothing);
}

/** The columns that are read as something, and those that are passed over. */
export function describeColumns({ header, columns }: Table): { name: string; field: AdField | null }[] {
  const fieldAt = new Map(
    adFields.flatMap((field) => {
      const index = columns.get(field);
      return index === undefined ? [] : [[index, field] as const];
    }),
  );
  return header.map((name, index) => ({ name: name.slice(0, 300), field: fieldAt.get(index) ?? null }));
}

/**
 * A report without a column of days whose every row is of a period of one day is daily all the same: the table with
 * that column as its day, or the table as it is.
 */
export function withDays(table: Table, data: readonly Line[]): Table {
  const { columns } = table;
  const [start, end] = [columns.get('periodStart'), columns.get('periodEnd')];
  if (columns.has('day') || start === undefined || end === undefined || data.length === 0) return table;
  const isDaily = data.every(
    ({ cells }) => hasDay(cells[start]) && textOf(cells[start]) === textOf(cells[end]),
  );
  return isDaily ? { ...table, columns: new Map([...columns, ['day', start]]) } : table;
}

/** Why a table without days of its own is none of daily figures, or null where its rows are days after all. */
export function aggregateProblem(table: Table, data: readonly Line[]): string | null {
  const { columns, preset } = table;
  const day = columns.get('day');
  const how = preset.howToExport;
  if (day !== undefined) {
    const period = data.map(({ cells }) => textOf(cells[day])).find(isPeriod);
    if (period === undefined) return null;
    return `The rows are of periods such as "${period}", not of days, and a period's figures cannot be told apart by day. ${how}`;
  }
  return `The rows have no day: each sums a whole period, which cannot be told apart by day. ${how}`;
}
