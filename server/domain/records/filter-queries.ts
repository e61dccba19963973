import { type RawBuilder, type SqlBool } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { AppError, type Issue } from '../../kernel/errors.ts';
import { listCustomFields } from '../custom-fields/queries.ts';
import type { CustomField } from '../custom-fields/schema.ts';
import { customFieldName, type FieldDefinition, type FilterNode } from './fields.ts';
import { fieldColumn, typeOfKind } from './filter-columns.ts';
import { checkFilter } from './filter-check.ts';
import { parseFilter, readFilter } from './filter.ts';
import { filterSql } from './filter-sql.ts';
import { type FilteredTable, filteredTables } from './registry.ts';

declare const compiled: unique symbol;

/** A filter that was checked against the fields that there are. Only resolveFilter makes one, so that none is ignored. */
export interface CompiledFilter {
  where: RawBuilder<SqlBool>;
  readonly [compiled]: true;
}

export type Resolved<T> = Omit<T, 'filter'> & { filter?: CompiledFilter | undefined };

/**
 * Turns the text of a list's filter into its WHERE. The agency's own fields are read only where the filter names one.
 * Errors: `invalid`, each issue with its path: `filter.all.0.value`.
 */
export async function resolveFilter<T extends { filter?: string | undefined }>(
  tx: TenantTx,
  table: FilteredTable,
  input: T,
): Promise<Resolved<T>> {
  const { filter: text, ...rest } = input;
  if (!text) return rest;
  const node = readFilter(text);
  const fieldOf = await fieldFinder(tx, table, [text]);
  return { ...rest, filter: compileFilter(node, table, fieldOf) };
}

/** A filter's tree where it holds, else what is wrong with it; for a page that shows it and whoever typed its address. */
export async function examineFilter(
  tx: TenantTx,
  table: FilteredTable,
  text: string,
): Promise<{ node: FilterNode | null; issues: readonly Issue[] }> {
  const { node, issues } = parseFilter(text);
  if (!node) return { node, issues };
  const wrong = checkFilter(node, await fieldFinder(tx, table, [text]));
  return wrong.length > 0 ? { node: null, issues: wrong } : { node, issues: [] };
}

type FieldFinder = (name: string) => FieldDefinition | undefined;

function compileFilter(node: FilterNode, table: FilteredTable, fieldOf: FieldFinder): CompiledFilter {
  const issues = checkFilter(node, fieldOf).map(({ path, message }) => ({
    path: `filter.${path}`,
    message,
  }));
  const [first] = issues;
  if (first) throw new AppError('invalid', first.message, { issues });
  const where = filterSql(node, (name) => {
    const field = fieldOf(name);
    if (!field) throw new Error(`The filter's field ${name} was not checked.`);
    return fieldColumn(table, field);
  });
  return { where } as CompiledFilter;
}

/** Finds a table's fields by their names; of the agency's own where one of `texts` may name one. */
export async function fieldFinder(
  tx: TenantTx,
  table: FilteredTable,
  texts: readonly (string | undefined)[],
): Promise<FieldFinder> {
  const { noun, fields } = filteredTables[table];
  const isCustom = texts.some((text) => text?.includes(customFieldName('')));
  const own = isCustom ? (await listCustomFields(tx, noun)).map(toFieldDefinition) : [];
  const byName = new Map([...fields, ...own].map((field) => [field.name, field]));
  return (name) => byName.get(name);
}

/** One of the agency's own fields as lists see it. */
export function toFieldDefinition(
  custom: Pick<CustomField, 'key' | 'label' | 'kind' | 'options'>,
): FieldDefinition {
  const type = typeOfKind[custom.kind];
  return {
    name: customFieldName(custom.key),
    label: custom.label,
    type,
    ...(custom.options.length > 0 ? { choices: custom.options } : {}),
    isSortable: type !== 'several' && type !== 'user',
  };
}
