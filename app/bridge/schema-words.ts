import type { ApiField } from '../features/docs/api-docs.ts';

/** The part of JSON Schema that the procedures' schemas become. */
export interface JsonSchema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  required?: string[];
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'id',
  date: 'day (YYYY-MM-DD)',
  'date-time': 'time (ISO 8601)',
  email: 'mail address',
  uri: 'web address',
};

/** A schema as a few words: "text, at most 200 characters", "LEAD, QUALIFIED or null". */
export function typeOf(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const words = [...new Set(choices.map(typeOf))].filter((word) => word !== 'null');
    return [...words, ...(choices.some((choice) => typeOf(choice) === 'null') ? ['null'] : [])].join(' or ');
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(', ');
  if (Array.isArray(schema.type)) return typeOf({ anyOf: schema.type.map((type) => ({ ...schema, type })) });
  return simpleType(schema);
}

function simpleType(schema: JsonSchema): string {
  switch (schema.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number':
      return numberType(schema);
    case 'array':
      return `list of ${schema.items ? typeOf(schema.items) : 'values'}`;
    case 'object':
      return 'object';
    case 'string':
      if (schema.format && formats[schema.format]) return formats[schema.format] ?? schema.format;
      return schema.maxLength ? `text, at most ${schema.maxLength} characters` : 'text';
    default:
      return 'any value';
  }
}

/** Limits that every safe integer keeps say nothing. */
function numberType({ type, minimum, maximum }: JsonSchema): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  const isReal = (limit: number | undefined) =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  if (isReal(minimum) && isReal(maximum)) return `${word}, ${minimum} to ${maximum}`;
  return isReal(minimum) && minimum !== 0 ? `${word}, at least ${minimum}` : word;
}

const DEEPEST = 4;

/** Every field of a body, those of its parts behind them: "items[].id". */
export function fieldsOf(schema: JsonSchema | undefined, prefix = '', depth = 0): ApiField[] {
  if (!schema || depth > DEEPEST) return [];
  const { properties = {}, required = [] } = objectOf(schema);
  return Object.entries(properties).flatMap(([name, part]) => {
    const path = prefix + name;
    const list = part.type === 'array' ? part.items : undefined;
    const field: ApiField = {
      name: path,
      type: list && hasFields(list) ? 'list' : typeOf(part),
      isRequired: required.includes(name),
      description: [part.description, defaultOf(part)].filter(Boolean).join(' '),
    };
    return [field, ...fieldsOf(list ?? part, list ? `${path}[].` : `${path}.`, depth + 1)];
  });
}

function hasFields(schema: JsonSchema): boolean {
  return Object.keys(objectOf(schema).properties ?? {}).length > 0;
}

/** The object among the choices of one that may also be null. */
function objectOf(schema: JsonSchema): JsonSchema {
  if (schema.properties) return schema;
  return [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].find(({ properties }) => properties) ?? {};
}

/** "Default: 50.", or nothing. */
export function defaultOf({ default: value }: JsonSchema): string {
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isWord ? `Default: ${value}.` : '';
}

/** A value that fits, for the example of a required field. */
export function sampleOf(name: string, schema: JsonSchema): unknown {
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice) return sampleOf(name, choice);
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') return [sampleOf(name, schema.items ?? {})];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map((part) => [part, sampleOf(part, schema.properties?.[part] ?? {})]),
    );
  if (schema.format === 'uuid') return '0192f3c1-7a00-7000-8000-000000000001';
  return schema.format === 'date' ? '2026-01-31' : `A ${name}`;
}
