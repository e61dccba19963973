import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { roleLabels } from '../creators/profile/campaign-words.ts';
import type { TermField } from './assignment-form-values.ts';
import { FeeFields } from './fee-fields.tsx';
import { optionsOf } from './labels.ts';

export interface TermFieldsProps {
  valueOf: (name: TermField) => string;
  errors: Readonly<Record<string, string>>;
  /** What a fee without a currency is in. */
  currency: string;
}

/** On what terms a creator works on a campaign. */
export function TermFields({ valueOf, errors, currency }: TermFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="role" label="Role" required error={errors.role}>
        {(control) => (
          <Select {...control} options={optionsOf(roleLabels)} defaultValue={valueOf('role') || 'PRIMARY'} />
        )}
      </Field>
      <Field
        name="startsOn"
        label="From"
        hint="Where it is not the campaign’s first day"
        error={errors.startsOn}
      >
        {(control) => <Input {...control} type="date" defaultValue={valueOf('startsOn')} />}
      </Field>
      <Field name="endsOn" label="Until" hint="Where it is not the campaign’s last day" error={errors.endsOn}>
        {(control) => <Input {...control} type="date" defaultValue={valueOf('endsOn')} />}
      </Field>
      <Field name="note" label="Note" error={errors.note} className="sm:col-span-2">
        {(control) => <Textarea {...control} rows={2} defaultValue={valueOf('note')} />}
      </Field>
      <FeeFields valueOf={valueOf} errors={errors} currency={currency} />
    </div>
  );
}
