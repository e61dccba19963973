/** What an OpenAPI schema says, as far as a smallest fitting body needs it. */
export interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  minItems?: number;
}

/** The smallest body that fits: what is required, and `also` wherever it may stand. Ids are asked for by their names. */
export function minimalBody(
  schema: Schema,
  idOf: (name: string) => string,
  also = '',
): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const wanted = properties.filter(
    ([name, one]) => (schema.required ?? []).includes(name) || name === also || idNames(one).includes(also),
  );
  return Object.fromEntries(wanted.map(([name, one]) => [name, valueOf(one, { name, idOf, also })]));
}

/** The names of every field below that holds an id or a list of them. */
export function idNames(schema: Schema): string[] {
  const here = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    isId(one) ? [name] : idNames(one),
  );
  return [...here, ...(schema.items ? idNames(schema.items) : []), ...(schema.anyOf ?? []).flatMap(idNames)];
}

function isId(schema: Schema): boolean {
  return schema.format === 'uuid' || (schema.items ? isId(schema.items) : (schema.anyOf ?? []).some(isId));
}

function valueOf(
  schema: Schema,
  field: { name: string; idOf: (name: string) => string; also: string },
): unknown {
  const [choice] = schema.anyOf ?? [];
  if (schema.enum) return schema.enum[0];
  if (choice) return valueOf(choice, field);
  if (schema.format === 'uuid') return field.idOf(field.name);
  if (schema.format === 'date') return '2026-01-01';
  if (schema.type === 'array') return schema.items ? [valueOf(schema.items, field)] : [];
  if (schema.type === 'object') return minimalBody(schema, field.idOf, field.also);
  if (schema.type === 'number' || schema.type === 'integer') return 1;
  if (schema.type === 'boolean') return true;
  return textOf(schema.pattern);
}

/** The least text that fits a pattern: a word, an amount or a fraction. */
function textOf(pattern = ''): string {
  return ['x', '1', '0.1'].find((text) => new RegExp(pattern).test(text)) ?? 'x';
}
