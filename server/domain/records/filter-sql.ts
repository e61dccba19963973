import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { type FilterCondition, type FilterNode, isCondition, partsOf, type ReferenceNoun } from './fields.ts';
import { customJson, type FieldColumn } from './filter-columns.ts';
import { dayRange, startOfDay } from './filter-days.ts';
import { beginningWith, containing, literally } from './queries.ts';

type Predicate = RawBuilder<SqlBool>;

/** The WHERE of a filter whose fields and values were checked. `columnOf` knows every field that the tree names. */
export function filterSql(node: FilterNode, columnOf: (name: string) => FieldColumn): Predicate {
  if (isCondition(node)) return conditionSql(columnOf(node.field), node);
  const parts = partsOf(node).map((part) => filterSql(part, columnOf));
  return sql<SqlBool>`(${sql.join(parts, 'all' in node ? sql` and ` : sql` or `)})`;
}

/** What a negative operator is the opposite of. `is not true` lets in the rows without a value, as its reader expects. */
const opposites: Partial<Record<FilterCondition['op'], FilterCondition['op']>> = {
  isNot: 'is',
  notContains: 'contains',
  ne: 'eq',
  noneOf: 'anyOf',
  hasNone: 'hasAny',
  isNotMe: 'isMe',
  notEmpty: 'empty',
};

function conditionSql(column: FieldColumn, condition: FilterCondition): Predicate {
  const opposite = opposites[condition.op];
  if (opposite) return sql<SqlBool>`(${conditionSql(column, { ...condition, op: opposite })} is not true)`;
  if (condition.op === 'empty') return emptySql(column);
  return byType[column.field.type](column, condition);
}

function emptySql({ field, value, table, customKey }: FieldColumn): Predicate {
  if (field.type === 'several') {
    return customKey === null
      ? sql<SqlBool>`cardinality(${value}) = 0`
      : sql<SqlBool>`coalesce(${customJson(table, customKey)}, '[]') in ('[]', 'null')`;
  }
  return field.type === 'text' ? sql<SqlBool>`coalesce(${value}, '') = ''` : sql<SqlBool>`${value} is null`;
}

const byType: Readonly<
  Record<FieldColumn['field']['type'], (column: FieldColumn, condition: FilterCondition) => Predicate>
> = {
  text: textSql,
  number: numberSql,
  money: numberSql,
  date: dateSql,
  instant: instantSql,
  choice: choiceSql,
  several: severalSql,
  user: idSql,
  reference: referenceSql,
};

/** Text is compared without regard to case; the wildcards of ILIKE are letters here. */
function textSql({ value }: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  const text = oneOf(sent);
  const pattern =
    op === 'contains' ? containing(text) : op === 'startsWith' ? beginningWith(text) : literally(text);
  return sql<SqlBool>`${value} ilike ${pattern}`;
}

const comparisons: Partial<Record<FilterCondition['op'], RawBuilder<unknown>>> = {
  eq: sql`=`,
  gt: sql`>`,
  gte: sql`>=`,
  lt: sql`<`,
  lte: sql`<=`,
};

function numberSql({ value }: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  if (op === 'between') {
    const [low, high] = listOf(sent);
    return sql<SqlBool>`${value} between ${low}::numeric and ${high}::numeric`;
  }
  return sql<SqlBool>`${value} ${comparisons[op]} ${oneOf(sent)}::numeric`;
}

function dateSql({ value, customKey }: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  const { from, until } = dayRange(op, sent);
  // A day of the agency's own stands as text, whose order is that of the days.
  const bound = (day: RawBuilder<unknown>) => (customKey === null ? day : sql`(${day})::date::text`);
  return within(value, from && bound(from), until && bound(until));
}

function instantSql({ value }: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  const { from, until } = dayRange(op, sent);
  return within(value, from && startOfDay(from), until && startOfDay(until));
}

function within(
  value: RawBuilder<unknown>,
  from: RawBuilder<unknown> | null,
  until: RawBuilder<unknown> | null,
): Predicate {
  if (from && until) return sql<SqlBool>`(${value} >= ${from} and ${value} < ${until})`;
  return from ? sql<SqlBool>`${value} >= ${from}` : sql<SqlBool>`${value} < ${until}`;
}

function choiceSql({ value }: FieldColumn, { value: sent }: FilterCondition): Predicate {
  // Listed and not an array: so the database reads each as the enum that the column is.
  return sql<SqlBool>`${value} in (${sql.join(listOf(sent))})`;
}

function severalSql(column: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  const { value, table, customKey } = column;
  if (op === 'contains') {
    return sql<SqlBool>`exists (select from ${itemsOf(column)} item where item ilike ${containing(oneOf(sent))})`;
  }
  const items = sql`${listOf(sent)}::text[]`;
  if (customKey === null) return sql<SqlBool>`${value} ${op === 'hasAll' ? sql`@>` : sql`&&`} ${items}`;
  return sql<SqlBool>`${customJson(table, customKey)} ${op === 'hasAll' ? sql`?&` : sql`?|`} ${items}`;
}

function itemsOf({ value, table, customKey }: FieldColumn): RawBuilder<unknown> {
  if (customKey === null) return sql`unnest(${value})`;
  const json = customJson(table, customKey);
  return sql`jsonb_array_elements_text(case jsonb_typeof(${json}) when 'array' then ${json} else '[]' end)`;
}

function idSql({ value, customKey }: FieldColumn, { op, value: sent }: FilterCondition): Predicate {
  const type = customKey === null ? sql`uuid` : sql`text`;
  if (op === 'isMe') return sql<SqlBool>`${value} = (select app.user_id()::${type})`;
  const ids = listOf(sent).map((id) => id.toLowerCase());
  return sql<SqlBool>`${value} = any(${ids}::${type}[])`;
}

const referenced: Readonly<Record<ReferenceNoun, RawBuilder<unknown>>> = {
  company: sql`companies`,
  contact: sql`contacts`,
  brand: sql`organizations`,
};

function referenceSql(column: FieldColumn, condition: FilterCondition): Predicate {
  if (condition.op !== 'nameContains') return idSql(column, condition);
  const { field, table, value } = column;
  const pattern = containing(oneOf(condition.value));
  // A brand is an organization itself; the records stand within the agency.
  const isOfAgency =
    field.reference === 'brand' ? sql`true` : sql`r.organization_id = ${sql.ref(`${table}.organization_id`)}`;
  return sql<SqlBool>`exists (select from ${referenced[field.reference ?? 'company']} r
    where ${isOfAgency} and r.id = ${value} and r.name ilike ${pattern})`;
}

function listOf(sent: FilterCondition['value']): string[] {
  if (typeof sent === 'string' || typeof sent === 'number') return [String(sent)];
  return Array.isArray(sent) ? (sent as readonly (string | number)[]).map(String) : [];
}

function oneOf(sent: FilterCondition['value']): string {
  return listOf(sent)[0] ?? '';
}
