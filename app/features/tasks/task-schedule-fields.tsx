import { Field } from '../../ui/field.tsx';
import { Checkbox, Input, Select } from '../../ui/input.tsx';
import { optionsOf, recurrenceLabels } from './labels.ts';

export interface ScheduleFieldsProps {
  valueOf: (name: 'dueOn' | 'dueTime' | 'remindOn' | 'remindTime' | 'recurrence') => string;
  errors: Readonly<Record<string, string>>;
  /** Whether it repeats already: a moved day may then move the following ones. */
  repeats: boolean;
}

/** When a task is due, when it is remembered, and how it comes again. */
export function ScheduleFields({ valueOf, errors, repeats }: ScheduleFieldsProps) {
  const input = (
    name: 'dueOn' | 'dueTime' | 'remindOn' | 'remindTime',
    words: { label: string; hint?: string },
  ) => (
    <Field name={name} error={errors[name]} {...words}>
      {(control) => (
        <Input {...control} type={name.endsWith('On') ? 'date' : 'time'} defaultValue={valueOf(name)} />
      )}
    </Field>
  );
  return (
    <>
      {input('dueOn', { label: 'Due day' })}
      {input('dueTime', { label: 'Due time' })}
      {input('remindOn', { label: 'Remind on' })}
      {input('remindTime', { label: 'Remind at' })}
      <Field
        name="recurrence"
        label="Repeats"
        hint="When it is done, the next one comes by itself."
        error={errors.recurrence}
        className="sm:col-span-2"
      >
        {(control) => (
          <Select
            {...control}
            emptyLabel="Does not repeat"
            options={optionsOf(recurrenceLabels)}
            defaultValue={valueOf('recurrence')}
          />
        )}
      </Field>
      {repeats && (
        <Checkbox
          name="movesSeries"
          value="true"
          label="Move the following ones as well"
          hint="Otherwise a new due day is of this one alone, and the next comes on its usual day."
          className="sm:col-span-2"
        />
      )}
    </>
  );
}
