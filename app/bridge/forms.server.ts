import type { AppLoadContext } from '@remix-run/node';
import { TRPCError } from '@trpc/server';
import type { z } from 'zod';
import { toPublicError } from '../../server/api/errors.ts';
import type { DuplicateCandidate } from '../../server/domain/duplicates/schema.ts';
import type { FieldConflict } from '../../server/kernel/errors.ts';

/** What a form is shown again with: its message, the message of each field, and what was typed. */
export interface FormFailure {
  ok: false;
  message: string;
  fields: Record<string, string>;
  values: Record<string, string>;
  /** What the person saw when the form was opened: its hidden `base.<name>` fields. See edits.server.ts. */
  base?: [string, string][];
  /** The fields that somebody else changed meanwhile; the form asks which value stays. */
  conflicts?: ShownConflict[];
  /** The records that a new one may be, where that stopped it. */
  duplicates?: DuplicateCandidate[];
  /** What the ids in the conflicts are called. */
  names?: Record<string, string>;
}

/** A conflict of one field; the values are JSON texts, since they may be of any kind. */
export type ShownConflict = Record<keyof FieldConflict, string>;

/** The form of a request. Errors: a 400 Response where its body is none. */
export async function readFormData(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response('Send a form.', { status: 400, statusText: 'The body is no form.' });
  }
}

/** A form's texts; an empty one is left out, so that an optional field stays unset. */
export function readForm(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string' && value !== '') values[name] = value;
  return values;
}

/** As readForm, but an empty field is null: a change that empties it. */
export function readChanges(form: FormData, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    names
      .filter((name) => form.has(name))
      .map((name) => {
        const value = form.get(name);
        return [name, typeof value === 'string' && value !== '' ? value : null];
      }),
  );
}

/**
 * Runs an action's call. A refusal that the person can mend comes back as the form's failure, with the procedure's own
 * messages at their fields; anything else is thrown.
 */
export async function submit<T>(
  context: AppLoadContext,
  form: FormData,
  work: () => Promise<T>,
): Promise<
  { ok: true; value: T } | { failure: FormFailure; status: number; headers: Record<string, string> }
> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const known = toPublicError(error);
    if (known.status >= 500) context.reportError(error);
    const fields = Object.fromEntries(known.issues.map((issue) => [issue.path, issue.message]));
    return {
      status: known.status,
      headers:
        known.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(known.retryAfterSeconds) },
      failure: {
        ok: false,
        message: inWords(known),
        fields,
        values: typedValues(form),
        ...seenOf(form, known),
      },
    };
  }
}

function seenOf(form: FormData, known: { conflicts?: readonly FieldConflict[] }) {
  const base = [...form].filter(
    (entry): entry is [string, string] => entry[0].startsWith('base.') && typeof entry[1] === 'string',
  );
  return {
    ...(base.length > 0 ? { base } : {}),
    ...(known.conflicts ? { conflicts: known.conflicts.map(toShown) } : {}),
  };
}

export function toShown({ field, base, current, yours }: FieldConflict): ShownConflict {
  const [seen = 'null', now = 'null', own = 'null'] = [base, current, yours].map((value) =>
    JSON.stringify(value ?? null),
  );
  return { field, base: seen, current: now, yours: own };
}

/** The refusal without the names that a schema has for its fields: each field says its own part. */
function inWords({ message, issues }: { message: string; issues: readonly { message: string }[] }): string {
  return issues.length === 0 ? message : [...new Set(issues.map((issue) => issue.message))].join(' ');
}

/** What was typed, without what must not stand in a page; several inputs of one name are lines of one text. */
export function typedValues(form: FormData): Record<string, string> {
  const names = Object.keys(readForm(form)).filter((name) => !/password/i.test(name));
  return Object.fromEntries(names.map((name) => [name, linesUnder(form, name)]));
}

function linesUnder(form: FormData, name: string): string {
  const texts = form.getAll(name).filter((value): value is string => typeof value === 'string');
  return texts.length === 1 ? (texts[0] ?? '') : texts.join('\n');
}

/**
 * A page's query as its procedure takes it. What does not fit is left out, since an address is typed and shared by
 * people: a filter that means nothing filters nothing.
 */
export function readQuery<S extends z.ZodType>(
  schema: S,
  query: Readonly<Record<string, unknown>>,
): z.output<S> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  return schema.parse(Object.fromEntries(Object.entries(query).filter(([name]) => !wrong.has(name))));
}
