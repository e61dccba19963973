import {
  isUnknownFigure,
  parseCompactCount,
  parsePercent,
  parsePlatform,
} from '../creator-platforms/rules.ts';
import type { CsvRecord } from './csv.ts';
import { type Field, fieldLabel } from './fields.ts';
import { normalize } from './header.ts';
import { splitList, templateFields } from './mapping.ts';
import { type Plan, type PlannedColumn } from './plan.ts';
import { sizeOf } from './sizes.ts';
import { parseDay, parseDecimal, parseInteger, parseNumber, type Parsed, quote } from './values.ts';

export const references = ['company', 'contact', 'member', 'brand'] as const;
export type Reference = (typeof references)[number];

/** What one row says, before the database is asked. */
export interface Row {
  /** Where it begins in the file; lines count from 1. */
  line: number;
  /** As they stood in the file. */
  cells: readonly string[];
  /** What is wrong with it; a row with a reason is refused. */
  reasons: string[];
  /** By which it finds its record; null where it has none. */
  key: string | null;
  fields: Record<string, unknown>;
  custom: Record<string, string | number>;
  /** The text by which each reference is looked up. */
  references: Partial<Record<Reference, string>>;
}

/** A field's text after aliases, and the column that it came from. */
interface Draft extends Row {
  texts: Map<string, string>;
}

/** How often each alias was applied, by field. */
export type AliasCounts = Map<string, { from: string; to: string; field: string; count: number }>;

/** Reads one record by the plan. What does not fit becomes a reason that names the column, the text and what would. */
export function toRow(plan: Plan, record: CsvRecord, aliasCounts: AliasCounts): Row {
  const { line, cells } = record;
  const draft: Draft = {
    line,
    cells,
    reasons: [],
    key: null,
    fields: {},
    custom: {},
    references: {},
    texts: new Map(),
  };
  const problem = record.problem ?? widthProblem(plan, cells);
  if (problem !== undefined) {
    draft.reasons.push(`${problem}.`);
    return draft;
  }
  plan.columns.forEach((column, index) => {
    const text = cellText(plan, cells[index] ?? '');
    if (column && text !== '') readCell(plan, draft, { column, text, aliasCounts });
  });
  applyDefaults(plan, draft);
  nameByTemplate(plan, draft);
  return draft;
}

/** Columns behind the header's last are let pass while they hold nothing: many programs end lines with a delimiter. */
function widthProblem(plan: Plan, cells: readonly string[]): string | undefined {
  const width = plan.header.length;
  if (cells.length === width) return undefined;
  if (cells.length > width && cells.slice(width).every((cell) => cell === '')) return undefined;
  return `The row has ${cells.length} cells and the header ${width}`;
}

/** A quote before a formula's sign was put there by our own file of refused rows, and nobody meant it. */
function cellText(plan: Plan, cell: string): string {
  const text = cell.trim();
  return plan.isRefusals && /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}

interface CellInput {
  column: PlannedColumn;
  text: string;
  aliasCounts: AliasCounts;
}

function readCell(plan: Plan, draft: Draft, { column, text, aliasCounts }: CellInput): void {
  if (text.includes('\0')) {
    draft.reasons.push(`${column.header}: the text holds a NUL character.`);
    return;
  }
  for (const field of column.fields) {
    const alias = plan.aliases.get(field)?.get(normalize(text));
    if (alias !== undefined) countAlias(aliasCounts, { field, from: text, to: alias });
    setField(plan, draft, { field, text: alias ?? text, header: column.header });
  }
}

function countAlias(counts: AliasCounts, used: { field: string; from: string; to: string }): void {
  const key = JSON.stringify([used.field, used.from]);
  const known = counts.get(key);
  if (known) known.count += 1;
  else counts.set(key, { ...used, count: 1 });
}

interface Given {
  field: string;
  text: string;
  header: string;
}

function setField(plan: Plan, draft: Draft, given: Given): void {
  const table = plan.words.get(given.field);
  if (!table) return setText(plan, draft, given);
  const meaning = table.get(normalize(given.text));
  if (meaning === undefined) {
    const known = Object.keys(plan.mapping.values[given.field] ?? {}).map(quote);
    draft.reasons.push(
      `${given.header}: ${quote(given.text)} is not a known word. Known: ${known.join(', ')}.`,
    );
  } else if (typeof meaning === 'string') {
    setText(plan, draft, { ...given, text: meaning });
  } else if (meaning !== null) {
    for (const [field, text] of Object.entries(meaning)) setText(plan, draft, { ...given, field, text });
  }
}

function setText(plan: Plan, draft: Draft, given: Given): void {
  const { field, text, header } = given;
  draft.texts.set(field, text);
  const parsed = field.startsWith('custom:') ? parseCustom(plan, field, text) : parseField(plan, field, text);
  if ('problem' in parsed) {
    draft.reasons.push(`${header}: ${parsed.problem}.`);
    return;
  }
  const { type } = plan.spec.fields[field] ?? { type: 'text' };
  if (field.startsWith('custom:')) draft.custom[field.slice('custom:'.length)] = parsed.value as string;
  else if (isReference(type)) draft.references[type] = text;
  else if (Array.isArray(parsed.value))
    draft.fields[field] = [
      ...((draft.fields[field] as string[] | undefined) ?? []),
      ...(parsed.value as string[]),
    ];
  else draft.fields[field] = parsed.value;
}

function isReference(type: Field['type']): type is Reference {
  return (references as readonly string[]).includes(type);
}

function parseCustom(plan: Plan, field: string, text: string): Parsed<unknown> {
  return plan.mapping.customTypes[field] === 'number'
    ? parseNumber(text, plan.mapping.decimal)
    : { value: text };
}

function parseField(plan: Plan, field: string, text: string): Parsed<unknown> {
  const { type, words = [] } = plan.spec.fields[field] ?? { type: 'text' };
  const { decimal, dateOrder } = plan.mapping;
  switch (type) {
    case 'day':
      return parseDay(text, dateOrder);
    case 'decimal':
      return parseDecimal(text, decimal);
    case 'integer':
      return parseInteger(text, decimal);
    case 'list':
      return { value: splitList(plan.mapping, field, text) };
    case 'count':
      return parseCount(plan, text);
    case 'rate':
      return parseRate(text);
    case 'platform': {
      const platform = parsePlatform(text);
      return platform === null
        ? { problem: `${quote(text)} is no platform that we know` }
        : { value: platform };
    }
    case 'people': {
      const people = parseInteger(text, decimal);
      return 'value' in people ? sizeOf(people.value) : parseWord(text, words);
    }
    case 'word':
      return parseWord(text, words);
    default:
      return { value: text };
  }
}

/** What the file does not know stays unknown. */
function parseCount(plan: Plan, text: string): Parsed<number | null> {
  if (isUnknownFigure(text)) return { value: null };
  const parsed = parseCompactCount(text);
  if (!parsed) return { problem: `${quote(text)} is no count, such as 13.8M, 845.8K or 12,345` };
  if (parsed.isRounded) plan.rounded.count += 1;
  return { value: parsed.count };
}

function parseRate(text: string): Parsed<string | null> {
  if (isUnknownFigure(text)) return { value: null };
  const ratio = parsePercent(text);
  return ratio === null
    ? { problem: `${quote(text)} is no percentage; write it with its sign, such as 3.4%` }
    : { value: ratio };
}

/** Without a table of the file's words, our own are taken: "Do not contact" is DO_NOT_CONTACT. */
function parseWord(text: string, words: readonly string[]): Parsed<string> {
  const value = words.find(
    (word) => normalize(word.replaceAll('_', ' ')) === normalize(text.replaceAll('_', ' ')),
  );
  return value === undefined
    ? { problem: `${quote(text)} is not a known word. Known: ${words.join(', ')}` }
    : { value };
}

function applyDefaults(plan: Plan, draft: Draft): void {
  for (const [field, text] of Object.entries(plan.mapping.defaults)) {
    if (!draft.texts.has(field))
      setText(plan, draft, { field, text, header: fieldLabel(plan.mapping.kind, field) });
  }
}

/** The first template all of whose fields hold something gives the name, where no column did. */
function nameByTemplate(plan: Plan, draft: Draft): void {
  if (draft.texts.has('name')) return;
  const template = plan.mapping.nameTemplates.find((candidate) =>
    templateFields(candidate).every((field) => draft.texts.has(field)),
  );
  if (template === undefined) return;
  draft.fields.name = template.replace(
    /\{([^{}]+)\}/g,
    (_all, field: string) => draft.texts.get(field) ?? '',
  );
}
