import type { AdFile, CreateAdFileInput, CreateImportInput } from '../../server/domain/imports/schema.ts';
import { readingFields } from '../lib/form-fields.ts';
import { type FormFailure, readForm } from './forms.server.ts';

/** What a form said of how a file is read. */
export function readOverrides(form: FormData): Record<string, string> {
  const values = readForm(form);
  return Object.fromEntries(
    readingFields.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

type KnownMapping = NonNullable<CreateImportInput['mapping']>;

/**
 * An upload as the procedure takes it; the procedure's own schema judges the mapping's content. Errors: the failure of
 * the form, where there is no file or the mapping file is no JSON.
 */
export async function readUpload(
  form: FormData,
  known: readonly KnownMapping[],
): Promise<{ input: CreateImportInput } | { failure: FormFailure }> {
  const values = readForm(form);
  const [file, mappingFile] = [form.get('file'), form.get('mappingFile')];
  if (!isChosen(file)) return refuse(values, 'file', 'Choose a file first.');
  let mapping: unknown = known.find(({ name }) => name === values.mapping);
  if (mappingFile instanceof File && mappingFile.size > 0) {
    const parsed = parseJson(await mappingFile.text());
    if ('problem' in parsed) return refuse(values, 'mappingFile', parsed.problem);
    mapping = parsed.value;
  }
  const input = {
    fileName: file.name,
    content: new Uint8Array(await file.arrayBuffer()),
    overrides: readOverrides(form),
    ...(values.kind && { kind: values.kind }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  return { input: input as CreateImportInput };
}

function isChosen(file: FormDataEntryValue | null): file is File {
  return file instanceof File && file.name !== '';
}

/** As readUpload, of a report of ad figures. */
export async function readAdUpload(
  form: FormData,
): Promise<{ input: CreateAdFileInput } | { failure: FormFailure }> {
  const file = form.get('file');
  if (!isChosen(file)) return refuse(readForm(form), 'file', 'Choose a file first.');
  const content = new Uint8Array(await file.arrayBuffer());
  return { input: { fileName: file.name, content, settings: readAdSettings(form) } };
}

/** What a form said of a report; the procedure's own schema judges each value. */
export function readAdSettings(form: FormData): AdFile['settings'] {
  const values = readForm(form);
  const said = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
  const settings = {
    ...said(['adAccountId', 'preset', 'decimal', 'dateOrder', 'delimiter', 'encoding', 'currency']),
    holdsAllCampaigns: values.coverage !== 'named',
    ...(values.accountName !== undefined && {
      newAccount: Object.fromEntries(
        Object.entries(accountFields).flatMap(([field, name]) =>
          values[name] === undefined ? [] : [[field, values[name]]],
        ),
      ),
    }),
  };
  return settings as AdFile['settings'];
}

/** The fields of a new ad account, and their names in the form. */
const accountFields = {
  name: 'accountName',
  platform: 'accountPlatform',
  timeZone: 'accountTimeZone',
  nativeId: 'accountNativeId',
  brandId: 'accountBrandId',
} as const;

/** As atFormFields, of a report's settings. */
export function atAdFormFields(failure: FormFailure): FormFailure {
  const names: Readonly<Record<string, string>> = accountFields;
  const fields = Object.fromEntries(
    Object.entries(failure.fields).map(([path, message]) => {
      const [first = '', second = '', third] = path.split('.');
      if (first !== 'settings') return [renamed[first] ?? first, message];
      return [second === 'newAccount' ? (names[third ?? 'name'] ?? 'accountName') : second, message];
    }),
  );
  return { ...failure, fields };
}

function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: `The mapping file is no valid JSON: ${error.message}` };
  }
}

function refuse(values: Record<string, string>, field: string, message: string): { failure: FormFailure } {
  return { failure: { ok: false, message, fields: { [field]: message }, values } };
}

/** The procedure's paths as the names of the form's fields: all that concerns the mapping stands at its file. */
export function atFormFields(failure: FormFailure): FormFailure {
  const fields: Record<string, string> = {};
  for (const [path, message] of Object.entries(failure.fields)) {
    const [first = '', ...rest] = path.split('.');
    const name = first === 'overrides' ? (rest[0] ?? first) : (renamed[first] ?? first);
    const words = first === 'mapping' && rest.length > 0 ? `${rest.join('.')}: ${message}` : message;
    fields[name] = fields[name] ? `${fields[name]} ${words}` : words;
  }
  return { ...failure, fields };
}

const renamed: Readonly<Record<string, string>> = {
  content: 'file',
  fileName: 'file',
  mapping: 'mappingFile',
};
