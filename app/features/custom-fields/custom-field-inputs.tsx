import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Checkbox, Input, Select } from '../../ui/input.tsx';
import { RecordPicker } from '../records/record-picker.tsx';
import { currencyOf, type CustomValues, type FormField, optionsIn, toText } from './custom-values.ts';
import { customCurrencyName, customFieldName } from '../../lib/custom-field-names.ts';

export interface CustomFieldInputsProps {
  fields: readonly FormField[];
  /** What the record holds; {} for a new one. */
  values: CustomValues;
  failure: FormFailure | undefined;
  members: readonly { id: string; name: string }[];
  /** ISO 4217; an amount begins with it. */
  currency: string;
}

/** An input for each of the agency's own fields, by its kind. Read back by readCustomFields in app/bridge. */
export function CustomFieldInputs({ fields, values, failure, ...choices }: CustomFieldInputsProps) {
  return (
    <>
      {fields.map((field) => {
        const name = customFieldName(field.key);
        const typed = failure ? (failure.values[name] ?? '') : toText(values[field.key]);
        return (
          <Field
            key={field.key}
            name={name}
            label={field.label}
            hint={field.hint}
            error={errorAt(failure, name)}
            className="min-w-0"
          >
            {(control) => (
              <KindInput
                field={field}
                control={control}
                typed={typed}
                value={values[field.key]}
                failure={failure}
                {...choices}
              />
            )}
          </Field>
        );
      })}
    </>
  );
}

/** A refusal of a part (an amount's currency, one of several) stands at its field. */
function errorAt(failure: FormFailure | undefined, name: string): string | undefined {
  const own = Object.entries(failure?.fields ?? {}).filter(
    ([path]) => path === name || path.startsWith(`${name}.`),
  );
  return own.length === 0 ? undefined : own.map(([, message]) => message).join(' ');
}

interface KindInputProps {
  field: FormField;
  control: FieldControl;
  /** What the input shows. */
  typed: string;
  value: unknown;
  failure: FormFailure | undefined;
  members: CustomFieldInputsProps['members'];
  currency: string;
}

function KindInput(props: KindInputProps) {
  const { field, control, typed } = props;
  switch (field.kind) {
    case 'NUMBER':
      return <Input {...control} numeric defaultValue={typed} autoComplete="off" />;
    case 'DATE':
      // A date input would drop a text that is no day.
      return <Input {...control} type={isDay(typed) ? 'date' : 'text'} defaultValue={typed} />;
    case 'MONEY':
      return <AmountInput {...props} />;
    case 'CHOICE':
      return <ChoiceInput {...props} />;
    case 'SEVERAL':
      return <SeveralInput {...props} />;
    case 'USER':
      return <MemberInput {...props} />;
    case 'TEXT':
      return <Input {...control} defaultValue={typed} autoComplete="off" />;
  }
}

const isDay = (text: string) => text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text);

function AmountInput({ field, control, typed, value, failure, currency }: KindInputProps) {
  const name = customCurrencyName(field.key);
  const shown = failure ? failure.values[name] : currencyOf(value);
  return (
    <div className="flex gap-2">
      <Input {...control} numeric defaultValue={typed} autoComplete="off" className="min-w-0 flex-1" />
      <Input
        name={name}
        aria-label={`${field.label}: currency`}
        defaultValue={shown || currency}
        maxLength={3}
        autoComplete="off"
        className="max-w-18 flex-none"
      />
    </div>
  );
}

/** An option that was taken away stays choosable where the record still says it. */
function ChoiceInput({ field, control, typed }: KindInputProps) {
  const options = field.options.includes(typed) || typed === '' ? field.options : [typed, ...field.options];
  return (
    <Select
      {...control}
      emptyLabel="Nothing chosen"
      options={options.map((option) => ({ value: option, label: option }))}
      defaultValue={typed}
    />
  );
}

function SeveralInput({ field, control, typed, value, failure }: KindInputProps) {
  const chosen = failure ? typed.split('\n') : optionsIn(value);
  const known = new Set(field.options);
  const options = [...field.options, ...chosen.filter((option) => option !== '' && !known.has(option))];
  return (
    <fieldset id={control.id} aria-label={field.label} aria-describedby={control['aria-describedby']}>
      <input type="hidden" name={control.name} value="" />
      <div className="grid max-h-44 gap-1 overflow-y-auto">
        {options.map((option) => (
          <Checkbox
            key={option}
            name={control.name}
            value={option}
            label={option}
            defaultChecked={chosen.includes(option)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function MemberInput({ control, typed, members }: KindInputProps) {
  const name = members.find(({ id }) => id === typed)?.name ?? 'Somebody who left';
  return (
    <RecordPicker
      control={control}
      noun="member"
      picked={typed === '' ? null : { id: typed, name }}
      choices={members}
      emptyLabel="Nobody"
    />
  );
}
