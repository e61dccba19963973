import type { Deal } from '../../../server/domain/deals/schema.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { recurringLabels } from './labels.ts';

/** The fields of these inputs, as a form's action reads them. */
export const dealTermFields = [
  'recurringType',
  'probability',
  'openedOn',
  'expectedCloseOn',
  'closedOn',
  'closeReason',
] as const;
export type DealTermField = (typeof dealTermFields)[number];

export interface DealTermsProps {
  deal: Deal | null;
  valueOf: (name: DealTermField) => string;
  errors: Readonly<Record<string, string>> | undefined;
}

const repeats = Object.entries(recurringLabels).map(([value, label]) => ({ value, label }));

/** How a deal repeats, how likely it is, and its days; how it was closed where it is. */
export function DealTerms({ deal, valueOf, errors }: DealTermsProps) {
  return (
    <>
      <Field
        name="recurringType"
        label="Repeats"
        hint="The amount is one period’s."
        error={errors?.recurringType}
      >
        {(control) => (
          <Select {...control} options={repeats} defaultValue={valueOf('recurringType') || 'ONE_TIME'} />
        )}
      </Field>
      <Field
        name="probability"
        label="Probability"
        hint={deal ? 'Percent.' : 'Percent; empty means the stage’s own.'}
        required={deal !== null}
        error={errors?.probability}
      >
        {(control) => <Input {...control} numeric defaultValue={valueOf('probability')} autoComplete="off" />}
      </Field>
      <DayField name="openedOn" label="Opened" value={valueOf('openedOn')} error={errors?.openedOn} />
      <DayField
        name="expectedCloseOn"
        label="Expected close"
        value={valueOf('expectedCloseOn')}
        error={errors?.expectedCloseOn}
      />
      {deal?.stage === 'CLOSED' && (
        <>
          <DayField
            name="closedOn"
            label="Closed"
            isRequired
            value={valueOf('closedOn')}
            error={errors?.closedOn}
          />
          <Field name="closeReason" label="Reason of closing" error={errors?.closeReason}>
            {(control) => (
              <Input {...control} defaultValue={valueOf('closeReason')} maxLength={4000} autoComplete="off" />
            )}
          </Field>
        </>
      )}
    </>
  );
}

interface DayFieldProps {
  name: DealTermField;
  label: string;
  value: string;
  isRequired?: boolean;
  error: string | undefined;
}

function DayField({ name, label, value, isRequired = false, error }: DayFieldProps) {
  return (
    <Field name={name} label={label} required={isRequired} error={error}>
      {(control) => <Input {...control} type="date" defaultValue={value} />}
    </Field>
  );
}

/** The probability as its procedure takes it; what is no whole number stays text, and is refused in words. */
export function withProbability<T extends Record<string, unknown>>(fields: T): Record<string, unknown> {
  const { probability } = fields;
  const isWhole = typeof probability === 'string' && /^\d{1,9}$/.test(probability);
  return isWhole ? { ...fields, probability: Number(probability) } : fields;
}
