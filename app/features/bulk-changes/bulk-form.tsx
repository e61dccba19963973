import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { RecordPicker } from '../records/record-picker.tsx';
import { TagInput } from '../records/tag-input.tsx';
import { type BulkField, bulkFields, EMPTIED } from './bulk-fields.ts';

interface Named {
  id: string;
  name: string;
}

/** What the form offers: whom records can be given to, and companies for before the script arrives. */
export interface BulkChoices {
  members: readonly Named[];
  brands: readonly Named[];
  companies: readonly Named[];
}

export interface BulkFormFieldsProps {
  noun: BulkNoun;
  choices: BulkChoices;
  failure: FormFailure | undefined;
}

const AS_IT_IS = 'As it is';

/** Every field begins empty, and what stays empty stays as it is in each record. */
export function BulkFormFields({ noun, choices, failure }: BulkFormFieldsProps) {
  const valueOf = (name: string) => failure?.values[name] ?? '';
  return (
    <div className="grid gap-4">
      <FormErrorSummary formError={failure?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        {bulkFields[noun].map((field) => (
          <Field
            key={field.name}
            id={`bulk-${field.name}`}
            hidesOptional
            name={field.name}
            label={field.label}
            hint={field.hint}
            error={failure?.fields[field.name]}
          >
            {(control) => controlOf(field, { control, choices, value: valueOf(field.name) })}
          </Field>
        ))}
        {(['addTags', 'removeTags'] as const).map((name) => (
          <Field
            key={name}
            id={`bulk-${name}`}
            hidesOptional
            name={name}
            label={name === 'addTags' ? 'Add tags' : 'Remove tags'}
            error={failure?.fields[name]}
          >
            {(control) =>
              noun === 'TASK' ? (
                <Input {...control} defaultValue={valueOf(name)} autoComplete="off" />
              ) : (
                <TagInput control={control} noun={noun} defaultValue={valueOf(name)} />
              )
            }
          </Field>
        ))}
      </div>
    </div>
  );
}

interface Controlled {
  control: FieldControl;
  choices: BulkChoices;
  value: string;
}

function controlOf(field: BulkField, { control, choices, value }: Controlled) {
  const emptied = field.emptyLabel === undefined ? [] : [{ value: EMPTIED, label: field.emptyLabel }];
  const select = (options: readonly { value: string; label: string }[]) => (
    <Select {...control} emptyLabel={AS_IT_IS} options={[...options, ...emptied]} defaultValue={value} />
  );
  const named = (items: readonly Named[]) => items.map(({ id, name }) => ({ value: id, label: name }));
  switch (field.kind) {
    case 'choice':
      return select((field.options ?? []).map(([option, label]) => ({ value: option, label })));
    case 'member':
      return select(named(choices.members));
    case 'brand':
      return select(named(choices.brands));
    case 'company':
      return (
        <RecordPicker
          control={control}
          noun="company"
          picked={choices.companies.find(({ id }) => id === value) ?? null}
          choices={choices.companies}
          emptyLabel={AS_IT_IS}
        />
      );
    case 'day':
      return <Input {...control} type="date" defaultValue={value} />;
    case 'number':
      return <Input {...control} numeric defaultValue={value} placeholder={AS_IT_IS} autoComplete="off" />;
    case 'text':
      return <Input {...control} defaultValue={value} placeholder={AS_IT_IS} autoComplete="off" />;
  }
}
