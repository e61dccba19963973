import type { AppLoadContext } from '@remix-run/node';
import type { Api } from './api.server.ts';
import { type FormFailure, type ShownConflict, submit } from './forms.server.ts';

type Fields = Record<string, unknown>;

/** What an edit form says: the fields that its person changed, and what they saw of each. */
export interface Edit<T> {
  changes: Partial<T>;
  /** Undefined where the form carried none. */
  base?: Partial<T>;
}

const BASE = 'base.';
const RESOLUTION = 'resolution.';
const SEEN = 'seen.';

/**
 * Reads an edit form twice, by the one `read`: what stands in its fields, and what stood there when it was opened (its
 * hidden `base.<name>`). Only what differs is a change. Answers to a conflict (`resolution.<field>`) are followed: theirs
 * leaves the field alone, mine writes it over the value that was shown.
 */
export function readEdit<T extends Fields>(form: FormData, read: (form: FormData) => T): Edit<T> {
  const [own, seen] = [new FormData(), new FormData()];
  for (const [name, value] of form) {
    if (name.startsWith(BASE)) seen.append(name.slice(BASE.length), value);
    else if (!name.startsWith(RESOLUTION) && !name.startsWith(SEEN)) own.append(name, value);
  }
  const values = read(own);
  if ([...seen.keys()].length === 0) return { changes: values };
  const base: Fields = { ...read(seen) };
  const changes = changedFields(values, base);
  for (const [name, choice] of form) {
    if (!name.startsWith(RESOLUTION)) continue;
    const field = name.slice(RESOLUTION.length);
    if (choice === 'theirs') dropField(changes, field);
    if (choice === 'mine') setSeen(base, field, form.get(SEEN + field));
  }
  return { changes: changes as Partial<T>, base: base as Partial<T> };
}

/** An amount and its currency are one value. */
const partner: Readonly<Record<string, string>> = { amount: 'currency', budget: 'currency' };
const CUSTOM = 'customFields';

function changedFields(values: Fields, base: Fields): Fields {
  const changes: Fields = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === CUSTOM && isFields(value)) {
      const own = changedFields(value, isFields(base[CUSTOM]) ? base[CUSTOM] : {});
      if (Object.keys(own).length > 0) changes[CUSTOM] = own;
    } else if (!(name in base) || written(value) !== written(base[name])) changes[name] = value;
  }
  for (const [amount, currency] of Object.entries(partner)) {
    if (!(amount in values) || !(amount in changes || currency in changes)) continue;
    changes[amount] = values[amount];
    if (values[currency]) changes[currency] = values[currency];
  }
  return changes;
}

function dropField(changes: Fields, field: string): void {
  const own = changes[CUSTOM];
  if (field.startsWith(`${CUSTOM}.`) && isFields(own)) delete own[field.slice(CUSTOM.length + 1)];
  delete changes[field];
  const beside = partner[field];
  if (beside) delete changes[beside];
}

/** What the person saw of a conflicting field is by now what the conflict told them. */
function setSeen(base: Fields, field: string, json: FormDataEntryValue | null): void {
  const value = parse(json);
  if (value === undefined) return;
  if (field.startsWith(`${CUSTOM}.`)) {
    base[CUSTOM] = {
      ...(isFields(base[CUSTOM]) ? base[CUSTOM] : {}),
      [field.slice(CUSTOM.length + 1)]: value,
    };
    return;
  }
  base[field] = value;
  const beside = partner[field];
  if (beside) delete base[beside];
}

/** Undefined where it is none: the conflict is then asked again. */
function parse(json: FormDataEntryValue | null): unknown {
  try {
    return typeof json === 'string' ? (JSON.parse(json) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(value: unknown): string {
  return JSON.stringify(value ?? null);
}

interface EditRequest {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/** As `submit`; a conflict's ids come with the names of what they mean. */
export async function submitEdit<T>({ context, caller, form }: EditRequest, work: () => Promise<T>) {
  const result = await submit(context, form, work);
  if (!('failure' in result) || !result.failure.conflicts) return result;
  return { ...result, failure: await withNames(caller, result.failure) };
}

async function withNames(caller: Api, failure: FormFailure): Promise<FormFailure> {
  return { ...failure, names: await namesOfConflicts(caller, failure.conflicts ?? []) };
}

/** What the ids in these conflicts are called. */
export function namesOfConflicts(caller: Api, conflicts: readonly ShownConflict[]) {
  const values = conflicts.flatMap(({ base, current, yours }) => [base, current, yours]);
  return namesIn(
    caller,
    values.map((json) => JSON.parse(json) as unknown),
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_NAMES = 500;

/** What the ids among these values are called, as far as the reader sees them. */
export function namesIn(caller: Api, values: readonly unknown[]): Promise<Record<string, string>> {
  const ids = new Set(
    values.flat().filter((value): value is string => typeof value === 'string' && UUID.test(value)),
  );
  if (ids.size === 0) return Promise.resolve({});
  return caller.records.names({ ids: [...ids].slice(0, MOST_NAMES) });
}
