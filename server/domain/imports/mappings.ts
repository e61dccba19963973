import { invalidField } from '../../kernel/errors.ts';
import { creatorHeaders, withoutLooseFigures } from './creators/fields.ts';
import { type ImportKind, importKinds, kindSpecs, type RecordKind } from './fields.ts';
import { normalize } from './header.ts';
import { type Mapping, mapping, type MappingInput } from './mapping.ts';
import generic from './mappings/generic.json' with { type: 'json' };
import mavenAccounts from './mappings/maven-accounts.json' with { type: 'json' };
import mavenPipeline from './mappings/maven-sales-pipeline.json' with { type: 'json' };

/** Mappings that are known without being sent: a file whose header holds all their columns is read by them. */
export const builtInMappings: readonly Mapping[] = [mavenAccounts, mavenPipeline].map((document) =>
  mapping.parse(document),
);

/** The headers, per kind and field, by which a file is read that no mapping was written for. */
const genericHeaders: Readonly<Record<ImportKind, Record<string, string[]>>> = {
  ...(generic as Record<RecordKind, Record<string, string[]>>),
  creators: creatorHeaders(),
};

export interface Chosen {
  mapping: Mapping;
  /** Where it came from, for the notes; null where it was sent. */
  origin: string | null;
}

/**
 * The built-in mapping whose columns all stand in this header, else the fields whose names or labels its columns
 * carry. Errors: `invalid` on `kind` where no kind was given and no built-in mapping fits.
 */
export function chooseMapping(header: readonly string[], kind: ImportKind | undefined): Chosen {
  const names = new Set(header.map(normalize));
  const fitting = builtInMappings
    .filter((candidate) => kind === undefined || candidate.kind === kind)
    .filter((candidate) => Object.keys(candidate.columns).every((column) => names.has(normalize(column))))
    .sort((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0];
  if (fitting) return { mapping: fitting, origin: `Read by the built-in mapping "${fitting.name ?? ''}".` };
  if (kind === undefined)
    throw invalidField('kind', `Say what the rows are: ${importKinds.join(', ')}. The header does not tell.`);
  return {
    mapping: genericMapping(header, kind),
    origin: 'Read by the names of its columns, since no mapping was given.',
  };
}

function genericMapping(header: readonly string[], kind: ImportKind): Mapping {
  const taken = new Set<string>();
  const columns: MappingInput['columns'] = {};
  for (const name of header.filter((candidate) => candidate !== '')) {
    const field = Object.entries(genericHeaders[kind]).find(([, known]) =>
      known.some((word) => normalize(word) === normalize(name)),
    )?.[0];
    if (!field || (taken.has(field) && kindSpecs[kind].fields[field]?.type !== 'list')) continue;
    taken.add(field);
    columns[name] = field;
  }
  return mapping.parse({ kind, columns: kind === 'creators' ? withoutLooseFigures(columns) : columns });
}
