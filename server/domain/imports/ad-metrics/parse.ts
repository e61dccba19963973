import { isCurrency } from '../../records/currencies.ts';
import { invalidField } from '../../../kernel/errors.ts';
import type { DateOrder } from '../mapping.ts';
import { quote } from '../values.ts';
import { decideOrder, parseReportDay } from './days.ts';
import {
  type AmountField,
  amountFields,
  type CountField,
  countFields,
  soleFields,
  type AdField,
} from './fields.ts';
import type { Table } from './header-row.ts';
import { decideMark, type DecimalMark, type Evidence, evidenceOf, parseFigure } from './numbers.ts';
import { type Cell, isNothing, type Line, textOf } from './sheet.ts';

type FigureField = AmountField | CountField | (typeof soleFields)[number];
const figureFields: readonly FigureField[] = [...amountFields, ...countFields, ...soleFields];

/** How the texts of a table are read, decided from all of them before the first is. */
export interface Reading {
  marks: ReadonlyMap<FigureField, DecimalMark>;
  order: DateOrder;
}

export interface ReadingWish {
  decimal?: DecimalMark | undefined;
  dateOrder?: DateOrder | undefined;
}

/** One row of the report with its figures as exact decimals; null is what it does not say. */
export interface ReportRow {
  line: Line;
  /** null in a report that is not of days. */
  day: string | null;
  campaignId: string | null;
  campaignName: string | null;
  accountId: string | null;
  accountName: string | null;
  currency: string | null;
  attributionSetting: string | null;
  figures: Readonly<Record<FigureField, string | null>>;
  /** Why it cannot be read; empty where it can. */
  reasons: string[];
}

/**
 * Decides the decimal sign of each column and the order of the days. Errors: `invalid` on `decimal` or `dateOrder`
 * where the cells leave it open or contradict each other.
 */
export function decideReading(table: Table, lines: readonly Line[], wish: ReadingWish): Reading {
  return { marks: decideMarks(table, lines, wish.decimal), order: decideDays(table, lines, wish.dateOrder) };
}

function decideMarks(table: Table, lines: readonly Line[], said: DecimalMark | undefined): Reading['marks'] {
  const present = figureFields.filter((field) => table.columns.has(field));
  if (said) return new Map(present.map((field) => [field, said]));
  const seen = new Map(
    present.map((field) => [field, evidenceOf(cellsOf(table, lines, field), isCount(field))] as const),
  );
  return new Map(
    present.map((field) => {
      const own = seen.get(field) ?? NO_EVIDENCE;
      const decided = decideMark(
        own,
        sum([...seen].filter(([other]) => other !== field).map(([, found]) => found)),
      );
      if ('mark' in decided) return [field, decided.mark];
      throw invalidField(
        'decimal',
        `The column ${nameOf(table, field)} ${decided.problem}. Say the decimal sign of this file: a point or a comma.`,
      );
    }),
  );
}

const NO_EVIDENCE: Evidence = { '.': 0, ',': 0, ambiguous: null };

function sum(all: readonly Evidence[]): Evidence {
  return all.reduce(
    (left, right) => ({ '.': left['.'] + right['.'], ',': left[','] + right[','], ambiguous: null }),
    NO_EVIDENCE,
  );
}

function decideDays(table: Table, lines: readonly Line[], said: DateOrder | undefined): DateOrder {
  if (said) return said;
  const decided = decideOrder(cellsOf(table, lines, 'day'));
  if ('order' in decided) return decided.order;
  throw invalidField(
    'dateOrder',
    `The column ${nameOf(table, 'day')} ${decided.problem}. Say how the dates of this file are written.`,
  );
}

function* cellsOf({ columns }: Table, lines: readonly Line[], field: AdField): Generator<Cell> {
  const index = columns.get(field);
  if (index === undefined) return;
  for (const { cells } of lines) yield cells[index] ?? '';
}

function nameOf({ header, columns }: Table, field: AdField): string {
  return quote(header[columns.get(field) ?? -1] ?? field);
}

function isCount(field: FigureField): field is CountField {
  return (countFields as readonly string[]).includes(field);
}

const MAX_NAME = 1000;
const MAX_ID = 200;

/** Reads one row. Whatever is wrong with it stands in its reasons, each naming the column and the text. */
export function parseRow(table: Table, line: Line, reading: Reading): ReportRow {
  const reasons: string[] = [];
  const cell = (field: AdField): Cell | undefined => {
    const index = table.columns.get(field);
    return index === undefined ? undefined : line.cells[index];
  };
  const text = (field: AdField, most: number): string | null => {
    const found = cell(field);
    if (isNothing(found)) return null;
    const value = textOf(found).replaceAll('\0', '').trim();
    if (value.length > most) reasons.push(`${nameOf(table, field)} is longer than ${most} characters.`);
    return value;
  };
  const figures = Object.fromEntries(
    figureFields.map((field) => [field, readFigure({ table, reading, reasons }, field, cell(field))]),
  ) as ReportRow['figures'];
  const row: ReportRow = {
    line,
    day: readDay({ table, reading, reasons }, cell('day')),
    campaignId: readId({ table, reading, reasons }, 'campaignId', cell('campaignId')),
    campaignName:
      text('campaignName', MAX_NAME) ?? (lacksCampaign(table) ? text('levelName', MAX_NAME) : null),
    accountId: readId({ table, reading, reasons }, 'accountId', cell('accountId')),
    accountName: text('accountName', MAX_NAME),
    currency: readCurrency({ table, reading, reasons }, cell('currency')),
    attributionSetting: text('attributionSetting', MAX_NAME),
    figures,
    reasons,
  };
  if (row.campaignId === null && row.campaignName === null) reasons.push('The row names no campaign.');
  return row;
}

/** An ad set stands for its campaign where the report names no campaign at all. */
export function lacksCampaign({ columns }: Table): boolean {
  return !columns.has('campaignId') && !columns.has('campaignName');
}

interface Context {
  table: Table;
  reading: Reading;
  reasons: string[];
}

function readDay({ table, reading, reasons }: Context, cell: Cell | undefined): string | null {
  if (!table.columns.has('day')) return null;
  const parsed = parseReportDay(cell, reading.order);
  if ('value' in parsed) return parsed.value;
  reasons.push(`${nameOf(table, 'day')}: ${parsed.problem}.`);
  return null;
}

function readFigure(
  { table, reading, reasons }: Context,
  field: FigureField,
  cell: Cell | undefined,
): string | null {
  const mark = reading.marks.get(field);
  if (mark === undefined) return null;
  const figure = parseFigure(cell, mark);
  if ('problem' in figure) {
    reasons.push(`${nameOf(table, field)}: ${figure.problem}.`);
    return null;
  }
  const { value } = figure;
  if (value === null || field === 'frequency') return value;
  if (isCount(field) || field === 'reach') {
    const isWhole = /^-?\d+(\.0+)?$/.test(value);
    if (!isWhole || value.startsWith('-') || Number(value) > Number.MAX_SAFE_INTEGER) {
      reasons.push(`${nameOf(table, field)}: ${quote(textOf(cell))} is no count.`);
      return null;
    }
    return value.replace(/\.0+$/, '');
  }
  return value;
}

/** Spreadsheets keep fifteen digits of a number: a longer id that passed through one has lost its end. */
function readId({ table, reasons }: Context, field: AdField, cell: Cell | undefined): string | null {
  if (isNothing(cell)) return null;
  const value = textOf(cell).trim();
  const isLost =
    typeof cell === 'number'
      ? !Number.isSafeInteger(cell) || cell >= 1e15
      : /^\d(\.\d+)?e\+\d+$/i.test(value);
  if (isLost)
    reasons.push(
      `${nameOf(table, field)}: ${quote(value)} lost its last digits in a spreadsheet. Import the file as it was exported.`,
    );
  if (value.length > MAX_ID) reasons.push(`${nameOf(table, field)} is longer than ${MAX_ID} characters.`);
  return value;
}

function readCurrency({ table, reasons }: Context, cell: Cell | undefined): string | null {
  if (isNothing(cell)) return null;
  const value = textOf(cell).trim().toUpperCase();
  if (isCurrency(value)) return value;
  reasons.push(`${nameOf(table, 'currency')}: ${quote(textOf(cell))} is no currency.`);
  return null;
}
