import type { AdFile, AdFileGuide } from '../../../server/domain/imports/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { coverageLabels, dateOrderLabels, decimalLabels, delimiterLabels } from './labels.ts';

export interface AdFileFieldsProps {
  guide: AdFileGuide;
  brands: readonly { id: string; name: string }[];
  values: Readonly<Record<string, string | undefined>>;
  errors: Readonly<Record<string, string>> | undefined;
}

/** What a file's settings say already, by the names of the fields. */
export function adFileValues({ newAccount, ...settings }: AdFile['settings']): AdFileFieldsProps['values'] {
  return {
    adAccountId: settings.adAccountId,
    preset: settings.preset,
    decimal: settings.decimal,
    dateOrder: settings.dateOrder,
    currency: settings.currency ?? newAccount?.currency,
    encoding: settings.encoding,
    delimiter: settings.delimiter,
    coverage: settings.holdsAllCampaigns ? 'all' : 'named',
    accountName: newAccount?.name,
    accountPlatform: newAccount?.platform,
    accountTimeZone: newAccount?.timeZone,
    accountNativeId: newAccount?.nativeId,
    accountBrandId: newAccount?.brandId ?? undefined,
  };
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Whose figures they are: an account that is here, or a new one that lives by files. */
export function AdAccountFields({ guide, brands, values, errors }: AdFileFieldsProps) {
  const accounts = guide.accounts.map(({ id, name, platform, currency }) => ({
    value: id,
    label: `${name} (${platformLabels[platform]}, ${currency})`,
  }));
  return (
    <div className="grid gap-4">
      <Field name="adAccountId" label="Ad account" error={errors?.adAccountId}>
        {(control) => (
          <Select
            {...control}
            emptyLabel={accounts.length === 0 ? 'None is here yet' : 'A new one, or said later'}
            options={accounts}
            defaultValue={values.adAccountId ?? ''}
          />
        )}
      </Field>
      <fieldset className="grid gap-4 border-t border-line pt-3 sm:grid-cols-2">
        <legend className="pr-2 text-muted">Or make a new ad account for files</legend>
        <TextField name="accountName" label="Name" placeholder="Client on Snapchat" {...{ values, errors }} />
        <Field name="accountPlatform" label="Platform" error={errors?.accountPlatform}>
          {(control) => (
            <Select
              {...control}
              emptyLabel="As the file tells"
              options={optionsOf(platformLabels)}
              defaultValue={values.accountPlatform ?? ''}
            />
          )}
        </Field>
        <TextField
          name="accountTimeZone"
          label="Time zone of its days"
          placeholder="The agency's own"
          {...{ values, errors }}
        />
        <TextField
          name="accountNativeId"
          label="Id at the platform"
          placeholder="As the file tells"
          {...{ values, errors }}
        />
        <Field name="accountBrandId" label="Brand" error={errors?.accountBrandId}>
          {(control) => (
            <Select
              {...control}
              emptyLabel="No brand"
              options={brands.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={values.accountBrandId ?? ''}
            />
          )}
        </Field>
      </fieldset>
    </div>
  );
}

export interface AdReadingFieldsProps extends Omit<AdFileFieldsProps, 'brands'> {
  /** Whether the file could not be read as it was found: what says how it is read then stands open. */
  isNeeded?: boolean;
}

/** How the file is read and what it replaces. What is left empty is found out. */
export function AdReadingFields({ guide, values, errors, isNeeded = false }: AdReadingFieldsProps) {
  const choices = [
    {
      name: 'preset',
      label: 'Report',
      options: guide.presets.map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: 'decimal', label: 'Decimals', options: optionsOf(decimalLabels) },
    { name: 'dateOrder', label: 'Dates', options: optionsOf(dateOrderLabels) },
    { name: 'delimiter', label: 'Between columns', options: optionsOf(delimiterLabels) },
    {
      name: 'encoding',
      label: 'Letters (encoding)',
      options: guide.encodings.map((value) => ({ value, label: value })),
    },
  ];
  const names = [...choices.map(({ name }) => name), 'currency'];
  const isOpen = isNeeded || names.some((name) => Boolean(values[name] ?? errors?.[name]));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name="coverage"
        label="What the file holds"
        required
        className="sm:col-span-2"
        error={errors?.coverage}
      >
        {(control) => (
          <Select {...control} options={optionsOf(coverageLabels)} defaultValue={values.coverage ?? 'all'} />
        )}
      </Field>
      <details className="sm:col-span-2" open={isOpen}>
        <summary className="link inline-block py-1">Say how it is read</summary>
        <p className="pb-3 text-muted">What is left as it is, is found in the file.</p>
        <div className="grid gap-4 sm:grid-cols-2">
          {choices.map(({ name, label, options }) => (
            <Field key={name} name={name} label={label} error={errors?.[name]}>
              {(control) => (
                <Select
                  {...control}
                  emptyLabel="As found in the file"
                  options={options}
                  defaultValue={values[name] ?? ''}
                />
              )}
            </Field>
          ))}
          <TextField
            name="currency"
            label="Currency where the file names none"
            placeholder="AED"
            {...{ values, errors }}
          />
        </div>
      </details>
    </div>
  );
}

interface TextFieldProps extends Pick<AdFileFieldsProps, 'values' | 'errors'> {
  name: string;
  label: string;
  placeholder: string;
}

function TextField({ name, label, placeholder, values, errors }: TextFieldProps) {
  return (
    <Field name={name} label={label} error={errors?.[name]}>
      {(control) => (
        <Input {...control} autoComplete="off" placeholder={placeholder} defaultValue={values[name] ?? ''} />
      )}
    </Field>
  );
}
