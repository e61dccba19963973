/** A byte order mark tells spreadsheets that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * A cell as a spreadsheet may open it: what it would run as a formula begins with an apostrophe, which an import takes off
 * again. A plain number stays one, whatever its sign. Source: OWASP, "CSV Injection".
 */
export function cell(value: string): string {
  return FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

/** The names in a list's `columns`: "name:240,type" is name and type. */
export function columnNames(columns: string | undefined): string[] {
  return (columns ?? '').split(',').flatMap((column) => column.replace(/:\d+$/, '').trim() || []);
}
