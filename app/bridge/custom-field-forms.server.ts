import type {
  CreateCustomFieldInput,
  CustomFieldNoun,
  UpdateCustomFieldInput,
} from '../../server/domain/custom-fields/schema.ts';
import type { Api } from './api.server.ts';
import { readForm } from './forms.server.ts';

/** One form of the fields' settings an intent. The procedures' own schemas judge what it sent. */
export function changeCustomFields(caller: Api, form: FormData): Promise<unknown> {
  const values = readForm(form);
  const { intent, customFieldId, expectedVersion, position } = values;
  const change = { customFieldId, expectedVersion } as unknown as UpdateCustomFieldInput;
  switch (intent) {
    case 'create':
      return caller.customFields.create(newField(values, linesOf(values.options)));
    case 'define':
      return define(caller, values);
    case 'update':
      return caller.customFields.update({
        ...change,
        label: values.label ?? '',
        hint: values.hint ?? null,
        ...readOptions(values),
      });
    case 'move':
      return caller.customFields.update({ ...change, position: Number(position) });
    case 'archive':
      return caller.customFields.archive(change);
    case 'restore':
      return caller.customFields.restore(change);
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

type Values = Readonly<Record<string, string>>;

function newField({ noun, label, kind, key, hint }: Values, options: string[]): CreateCustomFieldInput {
  return {
    noun: noun as CustomFieldNoun,
    label: label ?? '',
    kind: kind as CreateCustomFieldInput['kind'],
    ...(key && { key }),
    ...(hint && { hint }),
    ...(options.length > 0 && { options }),
  };
}

/** A key that records hold becomes a field; what they say becomes the options of one that has any. */
async function define(caller: Api, values: Values): Promise<unknown> {
  const { noun, kind, key = '' } = values;
  const uses =
    kind === 'SEVERAL' ? await caller.customFields.optionUses({ noun: noun as CustomFieldNoun, key }) : [];
  const words = key.replaceAll(/[_-]+/g, ' ').trim();
  const label = words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
  const options = uses.slice(0, 200).map(({ option }) => option);
  return caller.customFields.create(newField({ ...values, label }, options));
}

/** The options as the rows of the form say them, and what becomes of those that are gone: see OptionRows. */
function readOptions(values: Values): Pick<UpdateCustomFieldInput, 'options' | 'replacements'> {
  const rows = Object.keys(values).flatMap((name) => /^was\.(\d+)$/.exec(name)?.[1] ?? []);
  if (rows.length === 0) return {};
  const replacements: Record<string, string | null> = {};
  const options: string[] = [];
  for (const index of rows) {
    const was = values[`was.${index}`] ?? '';
    const text = values[`option.${index}`]?.trim() ?? '';
    if (text !== '') options.push(text);
    // Written over it is renamed, emptied it becomes what was chosen beside it.
    if (text !== was) replacements[was] = text || (values[`becomes.${index}`] ?? null);
  }
  const all = [...new Set([...options, ...linesOf(values.moreOptions)])];
  // One that was written over and is written elsewhere again has not gone.
  const gone = Object.entries(replacements).filter(([was]) => !all.includes(was));
  return { options: all, replacements: Object.fromEntries(gone) };
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '').split(/\r?\n/).flatMap((line) => line.trim() || []);
}
