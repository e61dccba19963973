import { type Json, type JsonObject } from '../meta/json.ts';
import { listParameter, type TiktokCall } from './call.ts';
import { invalidParameter } from './failures.ts';

export type FieldTable<T> = Readonly<Record<string, (source: T) => Json>>;

/** The names that `fields` asks for, all of them where it is left out. */
export function askedFields<T>(call: TiktokCall, table: FieldTable<T>): readonly string[] {
  const asked = listParameter(call, 'fields') ?? Object.keys(table);
  const wrong = asked.find((name) => !Object.hasOwn(table, name));
  if (wrong !== undefined) throw invalidParameter(`fields: ${wrong} is not a valid field.`);
  return asked;
}

export function writeFields<T>(table: FieldTable<T>, source: T, names: readonly string[]): JsonObject {
  const written: JsonObject = {};
  for (const name of names) {
    const value = table[name]?.(source);
    if (value !== undefined) written[name] = value;
  }
  return written;
}
