import type { AppLoadContext } from '@remix-run/node';
import type {
  CheckCompanyInput,
  CheckContactInput,
  DuplicateCandidate,
} from '../../server/domain/duplicates/schema.ts';
import { typedIntoCompany, typedIntoContact } from '../lib/typed-records.ts';
import type { Api } from './api.server.ts';
import { type FormFailure, submit, typedValues } from './forms.server.ts';

/** From here on a new record is stopped once, so that somebody looks. */
const LIKELY = 0.7;

interface NewRecord {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/** As the form's failure: likely doubles of a new contact that its author was not shown yet; null where there are none. */
export function stopDoubleContact(asked: NewRecord): Promise<FormFailure | null> {
  const typed = typedIntoContact(asked.form) as CheckContactInput;
  return stop(asked, () => asked.caller.duplicates.checkContact(typed));
}

/** As stopDoubleContact, of a company. */
export function stopDoubleCompany(asked: NewRecord): Promise<FormFailure | null> {
  const typed = typedIntoCompany(asked.form) as CheckCompanyInput;
  return stop(asked, () => asked.caller.duplicates.checkCompany(typed));
}

async function stop(
  { context, form }: NewRecord,
  check: () => Promise<DuplicateCandidate[]>,
): Promise<FormFailure | null> {
  if (form.has('createAnyway')) return null;
  // What cannot be compared is refused in the procedure's own words by creating it.
  const found = await submit(context, form, check);
  if ('failure' in found) return null;
  const seen = new Set(form.getAll('duplicatesSeen'));
  const duplicates = found.value.filter(({ record, score }) => score >= LIKELY && !seen.has(record.id));
  if (duplicates.length === 0) return null;
  const message = 'This may exist already. Look at what is like it, or create it anyway.';
  return { ok: false, message, fields: {}, values: typedValues(form), duplicates };
}
