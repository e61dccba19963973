import type { Import } from '../../../server/domain/imports/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { dateOrderLabels, decimalLabels, delimiterLabels } from './labels.ts';

/** What a mapping says of them already. */
export function readingOf({
  defaults,
  ...mapping
}: NonNullable<Import['mapping']>): ReadingFieldsProps['values'] {
  const { dateOrder, currency, decimal, delimiter, encoding } = mapping;
  return { dateOrder, currency, decimal, delimiter, encoding, brand: defaults.brand };
}

export interface ReadingFieldsProps {
  values: Readonly<Record<string, string | undefined>>;
  errors: Readonly<Record<string, string>> | undefined;
  brands: readonly { id: string; name: string }[];
  encodings: readonly string[];
}

const findOut = 'As found in the file';
const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const choices = [
  { name: 'dateOrder', label: 'Dates', options: optionsOf(dateOrderLabels) },
  { name: 'decimal', label: 'Decimals', options: optionsOf(decimalLabels) },
  { name: 'delimiter', label: 'Between columns', options: optionsOf(delimiterLabels) },
] as const;

/** The fields that say how dates, amounts and letters of a file are meant. */
export function ReadingFields({ values, errors, brands, encodings }: ReadingFieldsProps) {
  const letters = encodings.map((value) => ({ value, label: value }));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {[...choices, { name: 'encoding', label: 'Letters (encoding)', options: letters } as const].map(
        ({ name, label, options }) => (
          <Field key={name} name={name} label={label} error={errors?.[name]}>
            {(control) => (
              <Select {...control} emptyLabel={findOut} options={options} defaultValue={values[name] ?? ''} />
            )}
          </Field>
        ),
      )}
      <Field name="currency" label="Currency of amounts without one" error={errors?.currency}>
        {(control) => (
          <Input
            {...control}
            maxLength={3}
            autoComplete="off"
            placeholder="AED"
            defaultValue={values.currency ?? ''}
          />
        )}
      </Field>
      <Field name="brand" label="Brand of rows without one" error={errors?.brand}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="No brand"
            options={brands.map(({ name }) => ({ value: name, label: name }))}
            defaultValue={values.brand ?? ''}
          />
        )}
      </Field>
    </div>
  );
}
