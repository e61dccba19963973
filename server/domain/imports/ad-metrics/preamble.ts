import { isCurrency } from '../../records/currencies.ts';
import { parseReportDay } from './days.ts';
import type { Table } from './header-row.ts';
import { isNothing, type Line, textOf } from './sheet.ts';

/** What an export says of itself outside its rows. */
export interface Preamble {
  /** The lines above the header, as they stand. */
  lines: string[];
  period: { from: string; to: string } | null;
  currency: string | null;
}

/** The lines above the header: the report's name, its period, its currency. */
export function readPreamble({ sheet, headerIndex }: Table): Preamble {
  const lines = sheet.lines
    .slice(0, headerIndex)
    .map(({ cells }) =>
      cells
        .filter((cell) => !isNothing(cell))
        .map(textOf)
        .join(' ')
        .trim()
        .slice(0, 300),
    )
    .filter((line) => line !== '');
  return { lines, period: periodOf(lines), currency: currencyOf(lines) };
}

function periodOf(lines: readonly string[]): Preamble['period'] {
  for (const line of lines) {
    const halves = line.replace(/^[^:]{1,40}: ?/, '').split(/ (?:-|–|to) /);
    const [from, to] = halves.map(dayOf);
    if (halves.length === 2 && from && to && from <= to) return { from, to };
  }
  const from = lines
    .map((line) => /\bstart[^:]*:\s*(.+)$/i.exec(line)?.[1])
    .map(dayOf)
    .find(Boolean);
  const to = lines
    .map((line) => /\bend[^:]*:\s*(.+)$/i.exec(line)?.[1])
    .map(dayOf)
    .find(Boolean);
  return from && to && from <= to ? { from, to } : null;
}

/** Only days that read the same in every order. */
function dayOf(text: string | undefined): string | null {
  const day = parseReportDay(text?.trim() ?? '', 'Y-M-D');
  return 'value' in day ? day.value : null;
}

function currencyOf(lines: readonly string[]): string | null {
  for (const line of lines) {
    const code = /\bcurrency\b[^A-Z]{0,20}([A-Z]{3})\b/i.exec(line)?.[1]?.toUpperCase();
    if (code !== undefined && isCurrency(code)) return code;
  }
  return null;
}

/** The currency in brackets behind the name of the spend's column: "Amount spent (AED)". */
export function headerCurrency({ header, columns }: Table): string | null {
  const name = header[columns.get('spend') ?? -1] ?? '';
  const code = /\(([A-Z]{3})\)\s*$/.exec(name)?.[1];
  return code !== undefined && isCurrency(code) ? code : null;
}

/** The period that every row of a report repeats, as Meta's do: from the first beginning to the last end. */
export function statedByRows({ columns }: Table, rows: readonly { line: Line }[]): Preamble['period'] {
  const [start, end] = [columns.get('periodStart'), columns.get('periodEnd')];
  if (start === undefined || end === undefined) return null;
  const [from] = rows.flatMap(({ line }) => dayOf(textOf(line.cells[start])) ?? []).sort();
  const to = rows
    .flatMap(({ line }) => dayOf(textOf(line.cells[end])) ?? [])
    .sort()
    .at(-1);
  return from !== undefined && to !== undefined && from <= to ? { from, to } : null;
}
