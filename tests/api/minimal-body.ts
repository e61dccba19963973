/** What an OpenAPI schema says, as far as a smallest fitting body needs it. */
export interface Schema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  minItems?: number;
}

/** The smallest body that fits: what is required and no more. Ids are asked for by their names. */
export function minimalBody(schema: Schema, idOf: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    (schema.required ?? []).map((name) => [name, valueOf(name, schema.properties?.[name] ?? {}, idOf)]),
  );
}

function valueOf(name: string, schema: Schema, idOf: (name: string) => string): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return valueOf(name, schema.anyOf[0], idOf);
  if (schema.format === 'uuid') return idOf(name);
  if (schema.type === 'array') return schema.items ? [valueOf(name, schema.items, idOf)] : [];
  if (schema.type === 'object') return minimalBody(schema, idOf);
  if (schema.type === 'number' || schema.type === 'integer') return 1;
  if (schema.type === 'boolean') return true;
  return 'x';
}
