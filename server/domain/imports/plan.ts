import { invalidField } from '../../kernel/errors.ts';
import { fieldLabel, type KindSpec, kindSpecs, type MatchKey, type RecordKind } from './fields.ts';
import { normalize } from './header.ts';
import { type Mapping, targetsOf } from './mapping.ts';
import type { Note } from './schema.ts';

/** One column of the file and the fields that its cells fill. */
export interface PlannedColumn {
  header: string;
  fields: string[];
}

export type Meaning = string | null | Record<string, string>;

/** A mapping laid over the header of one file. */
export interface Plan {
  mapping: Mapping;
  spec: KindSpec;
  header: readonly string[];
  /** By the cell's place in the row; undefined is ignored. */
  columns: readonly (PlannedColumn | undefined)[];
  matchKey: MatchKey;
  words: ReadonlyMap<string, ReadonlyMap<string, Meaning>>;
  aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The file is one that we wrote with refused rows: its text was escaped against formulas. */
  isRefusals: boolean;
  notes: Note[];
  /** How many counts were written short, so far. */
  rounded: { count: number };
}

/** The column that our own files of refused rows end with. */
export const REASONS_COLUMN = 'reasons';

/**
 * Lays a mapping over a header.
 * Errors: `invalid` on `file` where a column that is needed is missing, naming it and what was found.
 */
export function makePlan(mapping: Mapping, header: readonly string[]): Plan {
  const spec = kindSpecs[mapping.kind];
  const targets = new Map(
    Object.entries(mapping.columns).map(([name, target]) => [normalize(name), targetsOf(target)]),
  );
  const isRefusals = normalize(header.at(-1) ?? '') === REASONS_COLUMN && !targets.has(REASONS_COLUMN);
  const columns = header.map((name): PlannedColumn | undefined => {
    const fields = targets.get(normalize(name));
    return fields && fields.length > 0 ? { header: name, fields } : undefined;
  });
  const matchKey = matchKeyOf(mapping, spec);
  requireColumns({ mapping, spec, header, columns, matchKey });
  return {
    mapping,
    spec,
    header,
    columns,
    matchKey,
    words: normalizedTables(mapping.values),
    aliases: normalizedTables(mapping.aliases),
    isRefusals,
    notes: columnNotes(mapping, header, isRefusals),
    rounded: { count: 0 },
  };
}

function normalizedTables<T>(tables: Record<string, Record<string, T>>): Map<string, Map<string, T>> {
  return new Map(
    Object.entries(tables).map(([field, table]) => [
      field,
      new Map(Object.entries(table).map(([word, meant]) => [normalize(word), meant])),
    ]),
  );
}

/** The fields of a record by which it is matched. */
export function keyFields(matchKey: MatchKey, spec: KindSpec): readonly string[] {
  if (matchKey === 'email') return ['emails'];
  return matchKey === 'name' ? spec.required : ['externalId'];
}

function matchKeyOf(mapping: Mapping, spec: KindSpec): MatchKey {
  if (mapping.matchKey) return mapping.matchKey;
  const fields = new Set(Object.values(mapping.columns).flatMap(targetsOf));
  const held = spec.matchKeys.find((key) => keyFields(key, spec).every((field) => fields.has(field)));
  return held ?? 'name';
}

/** The kind of a plan whose rows are one record each. */
export function recordKindOf({ mapping: { kind } }: Pick<Plan, 'mapping'>): RecordKind {
  if (kind === 'creators') throw new Error('A row of creators is no single record.');
  return kind;
}

type Coverage = Pick<Plan, 'mapping' | 'spec' | 'header' | 'columns' | 'matchKey'>;

function requireColumns({ mapping, spec, header, columns, matchKey }: Coverage): void {
  const held = new Set(columns.flatMap((column) => column?.fields ?? []));
  Object.keys(mapping.defaults).forEach((field) => held.add(field));
  if (mapping.nameTemplates.length > 0) held.add('name');
  // A file that is matched by id may change records without naming them again.
  const needed = keyFields(matchKey, spec);
  const missing = needed.filter((field) => !held.has(field));
  if (missing.length === 0) return;
  const names = missing.map((field) => {
    const expected = Object.entries(mapping.columns)
      .filter(([, target]) => targetsOf(target).includes(field))
      .map(([name]) => `"${name}"`);
    return expected.length > 0
      ? expected.join(' or ')
      : `for the ${fieldLabel(mapping.kind, field).toLowerCase()}`;
  });
  const found = header.map((name) => `"${name}"`).slice(0, 30);
  const rest = header.length > found.length ? ` and ${header.length - found.length} more` : '';
  throw invalidField(
    'file',
    `The header has no column ${names.join(' and no column ')}, by which ${spec.nouns} are matched. ` +
      `Found: ${found.join(', ')}${rest}.`,
  );
}

function columnNotes(mapping: Mapping, header: readonly string[], isRefusals: boolean): Note[] {
  const mapped = new Set(Object.keys(mapping.columns).map(normalize));
  const present = new Set(header.map(normalize));
  const ignored = header
    .map((name, index) => ({ name, index }))
    .filter(({ name, index }) => !mapped.has(normalize(name)) && !(isRefusals && index === header.length - 1))
    .map(({ name, index }): Note => ({
      kind: 'ignored-column',
      text:
        name === '' ? `Column ${index + 1} has no name and is ignored.` : `The column "${name}" is ignored.`,
      count: null,
    }));
  const missing = Object.entries(mapping.columns)
    .filter(([name, target]) => target !== null && !present.has(normalize(name)))
    .map(([name]): Note => ({
      kind: 'missing-column',
      text: `The mapping's column "${name}" is not in the file.`,
      count: null,
    }));
  return [...ignored, ...missing];
}
