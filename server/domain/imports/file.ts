import { invalidField } from '../../kernel/errors.ts';
import type { CsvRecord } from './csv.ts';
import { decodeFile } from './encoding.ts';
import type { ImportKind } from './fields.ts';
import { type Delimiter, detectDelimiter, readHeader } from './header.ts';
import { type Mapping, type MappingOverrides, targetsOf } from './mapping.ts';
import { chooseMapping } from './mappings.ts';
import { makePlan, type Plan } from './plan.ts';
import { type AliasCounts, type Row, toRow } from './rows.ts';
import type { Note, Preview } from './schema.ts';
import { refuseRepeated, validateRow } from './validate.ts';
import { quote } from './values.ts';

export interface FileRequest {
  bytes: Uint8Array;
  kind: ImportKind | undefined;
  /** Without one a built-in mapping or the columns' names decide. */
  mapping: Mapping | undefined;
  overrides: MappingOverrides;
  /** Of amounts that come without a currency when nobody says one. */
  reportingCurrency: string;
}

/** A file that can be read: its header is understood. Rows come one at a time and can be read once. */
export interface ImportFile {
  plan: Plan;
  /** Every row in the file's order, those that are refused with their reasons. */
  rows(): Generator<Row>;
  /** Complete when the rows have been read. */
  notes(): Note[];
}

const SAMPLES = 5;

/**
 * Opens a file: its encoding, its delimiter, its header, and the mapping laid over it.
 * Errors: `invalid` on `file` (or `kind`) with what is wrong with the file as a whole.
 */
export function openFile(request: FileRequest): ImportFile {
  const { overrides } = request;
  const { text, encoding } = decodeFile(request.bytes, overrides.encoding ?? request.mapping?.encoding);
  const delimiter = overrides.delimiter ?? request.mapping?.delimiter ?? detectDelimiter(text);
  const { header, rows } = readHeader(text, delimiter);
  const chosen = request.mapping
    ? { mapping: request.mapping, origin: null }
    : chooseMapping(header, request.kind);
  const mapping = { ...override(chosen.mapping, overrides), encoding, delimiter };
  if (request.kind && mapping.kind !== request.kind)
    throw invalidField('mapping', `The mapping is of ${mapping.kind} and the file of ${request.kind}.`);
  const currencyNote = assumeCurrency(mapping, request.reportingCurrency);
  const plan = makePlan(mapping, header);
  if (chosen.origin) plan.notes.unshift({ kind: 'mapping', text: chosen.origin, count: null });
  if (currencyNote) plan.notes.push(currencyNote);
  return withRows(plan, rows);
}

/** What a person said of the file, over what its mapping says. */
function override(mapping: Mapping, { brand, ...overrides }: MappingOverrides): Mapping {
  const said = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const defaults = brand === undefined ? mapping.defaults : { ...mapping.defaults, brand };
  return { ...mapping, ...said, defaults };
}

/** Fills in the currency of bare amounts, so that a later run means the same, and says so. */
function assumeCurrency(mapping: Mapping, reportingCurrency: string): Note | null {
  const fields = new Set(Object.values(mapping.columns).flatMap(targetsOf));
  if (mapping.currency || !fields.has('amount')) return null;
  mapping.currency = reportingCurrency;
  const text = `Amounts without a currency are taken as ${reportingCurrency}, the agency's own.`;
  return { kind: 'currency', text, count: null };
}

function withRows(plan: Plan, records: Generator<CsvRecord>): ImportFile {
  const aliasCounts: AliasCounts = new Map();
  const seen = new Map<string, number>();
  let blank = 0;
  function* rows(): Generator<Row> {
    for (const record of records) {
      if (record.problem === undefined && record.cells.every((cell) => cell.trim() === '')) {
        blank += 1;
        continue;
      }
      const row = toRow(plan, record, aliasCounts);
      validateRow(plan, row);
      refuseRepeated(row, seen);
      yield row;
    }
  }
  const notes = (): Note[] => [
    ...plan.notes,
    ...aliasNotes(aliasCounts),
    ...roundedNotes(plan),
    ...blankNotes(blank),
  ];
  return { plan, rows, notes };
}

function aliasNotes(counts: AliasCounts): Note[] {
  return [...counts.values()].map(({ from, to, field, count }) => ({
    kind: 'alias',
    text: `${field.replace(/^custom:/, '')}: ${quote(from)} is read as ${quote(to)}.`,
    count,
  }));
}

function roundedNotes({ rounded: { count } }: Plan): Note[] {
  const text = 'Counts that are written short, such as 13.8M, are rounded: the true ones are near them.';
  return count === 0 ? [] : [{ kind: 'rounded', text, count }];
}

function blankNotes(count: number): Note[] {
  return count === 0 ? [] : [{ kind: 'blank-rows', text: 'Rows without any text are passed over.', count }];
}

/** The columns of a file with some cells, before any mapping. Errors: `invalid` on `file`. */
export function previewFile(bytes: Uint8Array, overrides: MappingOverrides): Preview {
  const { text, encoding } = decodeFile(bytes, overrides.encoding);
  const delimiter: Delimiter = overrides.delimiter ?? detectDelimiter(text);
  const { header, rows } = readHeader(text, delimiter);
  const samples: string[][] = [];
  for (const { cells, problem } of rows) {
    if (problem === undefined) samples.push(header.map((_name, index) => (cells[index] ?? '').slice(0, 200)));
    if (samples.length >= SAMPLES) break;
  }
  return { encoding, delimiter, header, samples };
}
