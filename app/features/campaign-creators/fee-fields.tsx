import type { ReactNode } from 'react';
import {
  type FeeField,
  type FeeTypeName,
  feeFieldsOf,
  feeTypes,
  feeTypeWords,
  variableFeeTypes,
} from '../../../server/domain/campaign-creators/fields.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import type { TermField } from './assignment-form-values.ts';
import { feeTypeLabels, optionsOf, variableFeeLabels } from './labels.ts';

export interface FeeFieldsProps {
  valueOf: (name: TermField) => string;
  errors: Readonly<Record<string, string>>;
  /** What a fee without a currency is in. */
  currency: string;
}

/** The types of fee that a field belongs to, for the style sheet to show it by: see campaign-creators.css. */
function typesOf(field: FeeField): string {
  const has = (type: FeeTypeName) =>
    type === 'HYBRID'
      ? variableFeeTypes.some((counted) => feeFieldsOf(type, counted).includes(field))
      : feeFieldsOf(type, null).includes(field);
  return feeTypes.filter(has).join(' ');
}

/**
 * What is paid, with the fields that its type asks for. The style sheet shows and hides them by what is chosen, so that
 * it works before the script; what is hidden is not sent on (see readTerms).
 */
export function FeeFields({ valueOf, errors, currency }: FeeFieldsProps) {
  return (
    <fieldset className="fee-fields grid gap-4 sm:col-span-2 sm:grid-cols-2">
      <legend className="pb-2 text-md">Fee</legend>
      <Field name="feeType" label="Paid by" required error={errors.feeType}>
        {(control) => (
          <Select
            {...control}
            data-fee-type=""
            options={optionsOf(feeTypeLabels)}
            defaultValue={valueOf('feeType') || 'FLAT'}
          />
        )}
      </Field>
      <div className="self-end pb-1 text-sm text-muted">
        {feeTypes.map((type) => (
          <p key={type} data-fee-types={type}>
            {feeTypeWords[type]}
          </p>
        ))}
      </div>
      <Amounts valueOf={valueOf} errors={errors} />
      <Field name="currency" label="Currency" error={errors.currency} className="self-end">
        {(control) => (
          <Input
            {...control}
            maxLength={3}
            autoComplete="off"
            placeholder={currency}
            defaultValue={valueOf('currency')}
          />
        )}
      </Field>
    </fieldset>
  );
}

const amountHints = {
  FLAT: 'The whole fee',
  CPM: 'Per 1,000 views',
  CPC: 'Per click',
  CPA: 'Per conversion',
  HYBRID: 'The fixed part',
} as const;

function AmountHint() {
  return Object.entries(amountHints).map(([type, words]) => (
    <span key={type} data-fee-types={type}>
      {`${words} `}
    </span>
  ));
}

function Amounts({ valueOf, errors }: Omit<FeeFieldsProps, 'currency'>) {
  const amount = (name: Exclude<FeeField, 'variableFeeType'>, label: string, hint: ReactNode) => (
    <div data-fee-types={typesOf(name)} data-fee-field={name}>
      <Field
        name={name}
        label={label}
        hint={hint}
        hidesOptional
        error={errors[name] ?? errors[`${name}.amount`]}
      >
        {(control) => <Input {...control} numeric autoComplete="off" defaultValue={valueOf(name)} />}
      </Field>
    </div>
  );
  return (
    <>
      {amount('fee', 'Amount', <AmountHint />)}
      <div data-fee-types={typesOf('variableFeeType')}>
        <Field name="variableFeeType" label="Counted beside it" hidesOptional error={errors.variableFeeType}>
          {(control) => (
            <Select
              {...control}
              data-counted-type=""
              emptyLabel="Nothing"
              options={optionsOf(variableFeeLabels)}
              defaultValue={valueOf('variableFeeType')}
            />
          )}
        </Field>
      </div>
      {amount('variableFee', 'Amount that is counted', 'Per 1,000 views, per click or per conversion')}
      {amount('feePercent', 'Share in percent', 'Of the value of the results: 12.5 is 12.5 %')}
      {amount('feeCap', 'At most', 'The whole fee is never more')}
    </>
  );
}
