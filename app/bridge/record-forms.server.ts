import type { CustomField } from '../../server/domain/custom-fields/schema.ts';
import { customCurrencyName, customFieldName } from '../lib/custom-field-names.ts';
import { fromTagText } from '../lib/tags.ts';

type FormField = Pick<CustomField, 'key' | 'kind'>;

/** What is new: these texts as far as they say something. An owner who was taken away is nobody, not the author. */
export function readTexts(form: FormData, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    names.flatMap((name): [string, string | null][] => {
      const value = form.get(name);
      if (typeof value !== 'string') return [];
      if (value === '') return name === 'ownerId' ? [[name, null]] : [];
      return [[name, value]];
    }),
  );
}

/** Tags from their line of text; nothing where the form has no such field. */
export function readTags(form: FormData): { tags?: string[] } {
  const text = form.get('tags');
  return typeof text === 'string' ? { tags: fromTagText(text) } : {};
}

/** Lists with one value an input, and one a line within it: without spaces around, without empty ones. */
export function readRows(form: FormData, names: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(
    names.filter((name) => form.has(name)).map((name) => [name, textsOf(form, name).flatMap(linesOf)]),
  );
}

/** The values of the agency's own fields as their kinds take them; what does not fit stays text, and is refused in words. */
export function readCustomFields(
  form: FormData,
  fields: readonly FormField[],
): { customFields?: Record<string, unknown> } {
  const sent = fields.filter(({ key }) => form.has(customFieldName(key)));
  if (sent.length === 0) return {};
  return { customFields: Object.fromEntries(sent.map((field) => [field.key, readValue(form, field)])) };
}

/** As readCustomFields, for a new record: what is empty is left out. */
export function readNewCustomFields(form: FormData, fields: readonly FormField[]) {
  const { customFields = {} } = readCustomFields(form, fields);
  const entries = Object.entries(customFields).filter(([, value]) => value !== null);
  return entries.length === 0 ? {} : { customFields: Object.fromEntries(entries) };
}

function readValue(form: FormData, { key, kind }: FormField): unknown {
  const texts = textsOf(form, customFieldName(key)).filter((text) => text !== '');
  if (kind === 'SEVERAL') return texts.length === 0 ? null : texts;
  const text = texts[0]?.trim() ?? '';
  if (text === '') return null;
  if (kind === 'NUMBER') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind !== 'MONEY') return texts[0];
  const currency = textsOf(form, customCurrencyName(key))[0]?.trim().toUpperCase() ?? '';
  return { amount: text.replaceAll(',', ''), currency };
}

/** A contact's other companies, a pair of inputs each; a row without a company is none. */
export function readAssociatedCompanies(form: FormData) {
  const companyIds = textsOf(form, 'associatedCompanies.companyId');
  if (companyIds.length === 0) return {};
  const titles = textsOf(form, 'associatedCompanies.title');
  const rows = companyIds.map((companyId, index) => ({
    companyId,
    title: titles[index]?.trim() ? (titles[index]?.trim() ?? null) : null,
  }));
  return { associatedCompanies: rows.filter(({ companyId }) => companyId !== '') };
}

function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value): value is string => typeof value === 'string');
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
}
