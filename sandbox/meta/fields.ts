import { invalidParameter } from './failures.ts';
import { type Json, type JsonObject } from './json.ts';

export interface Field {
  name: string;
  /** What was asked of a nested object, as in `business{id,name}`. */
  inner: readonly string[] | null;
}

export type FieldTable<T> = Readonly<Record<string, (source: T) => Json | undefined>>;

/** Reads `a,b{c,d},e`. Nesting deeper than one level is not known here. */
export function parseFields(text: string | null): Field[] {
  if (text === null || text.trim() === '') return [];
  const fields: Field[] = [];
  for (const part of text.match(/[^,{}]+(\{[^{}]*\})?/g) ?? []) {
    const [head = '', nested] = part.split('{');
    const inner =
      nested
        ?.replace('}', '')
        .split(',')
        .map((word) => word.trim()) ?? null;
    fields.push({ name: head.trim(), inner });
  }
  return fields.filter(({ name }) => name !== '');
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or each of a list, with the asked of its own fields alone. */
function narrowed(value: Json, inner: readonly string[]): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => narrowed(item, inner));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => inner.includes(key)))
    : value;
}

/** The asked fields of a node and no others; what has no value is left out, as the Graph API does. */
export function selectFields<T>(
  table: FieldTable<T>,
  source: T,
  fields: readonly Field[],
  node: string,
): JsonObject {
  const selected: JsonObject = {};
  for (const { name, inner } of fields) {
    const read = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!read) throw invalidParameter(`Tried accessing nonexisting field (${name}) on node type (${node})`);
    const value = read(source);
    if (value === undefined) continue;
    selected[name] = inner ? narrowed(value, inner) : value;
  }
  return selected;
}

/** A parameter that carries JSON inside of its text. */
export function jsonParameter(params: URLSearchParams, name: string): unknown {
  const text = params.get(name);
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidParameter(`param ${name} must be valid JSON.`);
  }
}

/** A parameter that carries a JSON array of texts. */
export function listParameter(params: URLSearchParams, name: string): string[] | undefined {
  const value = jsonParameter(params, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw invalidParameter(`param ${name} must be an array.`);
  return value.map(String);
}
