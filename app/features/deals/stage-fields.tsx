import { paths } from '../../lib/paths.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RecordPicker } from '../records/record-picker.tsx';

export interface MissingField {
  /** As the deal's input names it. */
  path: string;
  message: string;
}

export interface StageFieldsProps {
  dealId: string;
  missing: readonly MissingField[];
  /** What was typed before a refusal. */
  values?: Readonly<Record<string, string>>;
  choices?: Partial<Record<'company' | 'contact' | 'member', readonly { id: string; name: string }[]>>;
  idPrefix: string;
}

const CUSTOM = 'customFields.';

/** Inputs for what a stage asks for and the deal lacks. The agency's own fields are filled in on the deal's form. */
export function StageFields({ dealId, missing, values = {}, choices = {}, idPrefix }: StageFieldsProps) {
  const custom = missing.filter(({ path }) => path.startsWith(CUSTOM));
  return (
    <>
      {missing
        .filter(({ path }) => !path.startsWith(CUSTOM))
        .map((field) => (
          <StageField key={field.path} field={field} values={values} choices={choices} idPrefix={idPrefix} />
        ))}
      {custom.length > 0 && (
        <p>
          {custom.map(({ message }) => message).join(' ')}{' '}
          <a className="link" href={paths.editDeal(dealId)}>
            Open the deal’s form
          </a>
        </p>
      )}
    </>
  );
}

type StageFieldProps = Required<Pick<StageFieldsProps, 'values' | 'choices' | 'idPrefix'>> & {
  field: MissingField;
};

const pickers = {
  companyId: { label: 'Company', noun: 'company', emptyLabel: 'No company' },
  contactId: { label: 'Contact', noun: 'contact', emptyLabel: 'No contact' },
  ownerId: { label: 'Owner', noun: 'member', emptyLabel: 'Nobody' },
} as const;

function StageField({ field: { path, message }, values, choices, idPrefix }: StageFieldProps) {
  const id = idPrefix + path;
  const common = { id, error: message, required: true };
  if (path === 'companyId' || path === 'contactId' || path === 'ownerId') {
    const { label, noun, emptyLabel } = pickers[path];
    return (
      <Field name={path} label={label} {...common}>
        {(control) => (
          <RecordPicker
            control={control}
            noun={noun}
            picked={null}
            emptyLabel={emptyLabel}
            {...(choices[noun] && { choices: choices[noun] })}
          />
        )}
      </Field>
    );
  }
  if (path === 'expectedCloseOn') {
    return (
      <Field name={path} label="Expected close" {...common}>
        {(control) => <Input {...control} type="date" defaultValue={values[path]} />}
      </Field>
    );
  }
  if (path === 'closeReason') {
    return (
      <Field name="reason" label="Reason" {...common}>
        {(control) => <Input {...control} maxLength={4000} autoComplete="off" defaultValue={values.reason} />}
      </Field>
    );
  }
  return (
    <Field name="amount" label="Amount" hint="In the deal’s currency, else the agency’s own." {...common}>
      {(control) => <Input {...control} numeric autoComplete="off" defaultValue={values.amount} />}
    </Field>
  );
}

/** The names that these inputs have beside `reason`. */
export const stageFieldNames = ['amount', 'companyId', 'contactId', 'ownerId', 'expectedCloseOn'] as const;
