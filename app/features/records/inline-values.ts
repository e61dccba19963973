import { fromTagText, toTagText } from '../../lib/tags.ts';
import { type FieldSpec, isMoney } from './field-specs.ts';

/** The text that an editor begins with. */
export function toEditorText(spec: FieldSpec, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (spec.kind === 'money') return isMoney(value) ? value.amount : '';
  if ((spec.kind === 'tags' || spec.kind === 'categories') && Array.isArray(value))
    return toTagText(value.map(String));
  if (Array.isArray(value)) return value.map(String).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What an editor's form says, as the procedures take it: an empty field is null. */
export function readEditor(spec: FieldSpec, form: FormData): unknown {
  const sent = form.get('value');
  const text = typeof sent === 'string' ? sent.trim() : '';
  switch (spec.kind) {
    case 'tags':
    case 'categories':
      return fromTagText(text);
    case 'lines':
      return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
    case 'several':
      return form.getAll('value').filter((value) => typeof value === 'string');
    case 'money':
      return readMoney(text, form.get('currency'));
    case 'number':
    case 'percent':
      return toNumber(text);
    default:
      return text === '' && !spec.isRequired ? null : text;
  }
}

/** What is no number stays a text, which the procedure refuses in its own words. */
function toNumber(text: string): number | string | null {
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function readMoney(text: string, currency: FormDataEntryValue | null) {
  if (text === '') return null;
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  // Separators of thousands are how people copy amounts.
  return { amount: text.replaceAll(/[,\s]/g, ''), currency: code };
}

/** Whether two values of a field are one. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (isMoney(value)) return `${value.amount} ${value.currency}`;
  return JSON.stringify(value ?? null);
}
