import { type AppLoadContext, json } from '@remix-run/node';
import { safeReturnTo } from '../lib/paths.ts';
import { type Api, api } from './api.server.ts';
import { namesOfConflicts } from './edits.server.ts';
import { readFormData, type ShownConflict, submit } from './forms.server.ts';
import { redirectDone, redirectWithNotice } from './notice.server.ts';

/** How the change of one field ended. */
export type FieldAnswer =
  | { ok: true; field: string }
  | {
      ok: false;
      field: string;
      message: string;
      conflict: ShownConflict | null;
      /** What the ids in the conflict are called. */
      names: Record<string, string>;
    };

/** A change of one field, as an update procedure takes it beside the record's id. */
export type FieldChange = Record<string, unknown> & { base: Record<string, unknown> };

const CUSTOM = 'customFields.';
const notFields: ReadonlySet<string> = new Set(['base', 'expectedVersion']);

/**
 * Changes one field of a record: the form names the field, its new value and what its person saw, both as JSON texts.
 * Answers as data for the page's script; with `returnTo` it leads there, and a refusal's words go with it.
 */
export async function answerFieldEdit(
  { request, context }: { request: Request; context: AppLoadContext },
  save: (caller: Api, change: FieldChange) => Promise<unknown>,
) {
  const form = await readFormData(request);
  const field = textOf(form, 'field');
  const change = toChange(field, readJson(form, 'value'), readJson(form, 'base'));
  const caller = await api(request, context);
  const result = await submit(context, form, () => save(caller, change));
  const returnTo = form.get('returnTo');
  if ('failure' in result) {
    const conflicts = result.failure.conflicts ?? [];
    const { message } = result.failure;
    if (returnTo !== null) return redirectWithNotice(safeReturnTo(returnTo, '/'), message);
    const names = await namesOfConflicts(caller, conflicts);
    const answer: FieldAnswer = { ok: false, field, message, conflict: conflicts[0] ?? null, names };
    return json(answer, { status: result.status });
  }
  if (returnTo !== null) return redirectDone(safeReturnTo(returnTo, '/'));
  return json({ ok: true, field } satisfies FieldAnswer);
}

function toChange(field: string, value: unknown, base: unknown): FieldChange {
  if (field.startsWith(CUSTOM)) {
    const key = field.slice(CUSTOM.length);
    return { customFields: { [key]: value }, base: { customFields: { [key]: base } } };
  }
  if (notFields.has(field) || !/^[a-z][A-Za-z]{0,60}$/.test(field)) throw badRequest();
  return { [field]: value, base: { [field]: base } };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  if (typeof value !== 'string') throw badRequest();
  return value;
}

function readJson(form: FormData, name: string): unknown {
  try {
    return JSON.parse(textOf(form, name)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest();
    throw error;
  }
}

function badRequest(): Response {
  return new Response('Send field, value and base.', {
    status: 400,
    statusText: 'This is no change of a field.',
  });
}
