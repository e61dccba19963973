import { Field } from '../../ui/field.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

const related = [
  ['companyId', 'Company', 'company'],
  ['contactId', 'Contact', 'contact'],
  ['dealId', 'Deal', 'deal'],
  ['campaignId', 'Campaign', 'campaign'],
] as const;

export type RelatedName = (typeof related)[number][0];

export interface RelatedFieldsProps {
  picked: Readonly<Partial<Record<RelatedName, RecordChoice | null>>>;
  /** What can be chosen before the script arrives. */
  choices: Readonly<Record<RelatedName, readonly RecordChoice[]>>;
  errors: Readonly<Record<string, string>>;
}

/** The records that a task hangs on: whoever sees one of them sees the task. */
export function RelatedFields({ picked, choices, errors }: RelatedFieldsProps) {
  return related.map(([name, label, noun]) => (
    <Field key={name} name={name} label={label} error={errors[name]}>
      {(control) => (
        <RecordPicker
          control={control}
          noun={noun}
          picked={picked[name] ?? null}
          choices={choices[name]}
          emptyLabel={`No ${noun}`}
        />
      )}
    </Field>
  ));
}
