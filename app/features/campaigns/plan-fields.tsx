import { useState } from 'react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDay } from '../../lib/format.ts';
import { Field } from '../../ui/field.tsx';
import { Checkbox, Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { CampaignFormStart } from './campaign-form-values.ts';
import { flightWords } from './flight.ts';

export interface PlanFieldsProps {
  start: CampaignFormStart;
  failure: FormFailure | undefined;
}

/** When the campaign runs, and what its dates do by themselves. */
export function DateFields({ start, failure }: PlanFieldsProps) {
  const { texts, movesByDate } = start;
  const errors = failure?.fields;
  const [days, setDays] = useState({ startsOn: texts.startsOn, endsOn: texts.endsOn });
  const length = flightWords(days.startsOn, days.endsOn);
  return (
    <Panel title="Dates" description="Days of the agency’s calendar, both ends included.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="startsOn" label="Starts" error={errors?.startsOn}>
          {(control) => (
            <Input
              {...control}
              type="date"
              defaultValue={texts.startsOn}
              onChange={({ currentTarget }) => setDays({ ...days, startsOn: currentTarget.value })}
            />
          )}
        </Field>
        <Field name="endsOn" label="Ends" error={errors?.endsOn}>
          {(control) => (
            <Input
              {...control}
              type="date"
              defaultValue={texts.endsOn}
              onChange={({ currentTarget }) => setDays({ ...days, endsOn: currentTarget.value })}
            />
          )}
        </Field>
        <p aria-live="polite" className="text-muted sm:col-span-2">
          {length
            ? `The flight has ${length}: ${formatDay(days.startsOn)} to ${formatDay(days.endsOn)}.`
            : 'With both days its pace can be told.'}
        </p>
        <div className="sm:col-span-2">
          <input type="hidden" name="movesByDate" value="" />
          <Checkbox
            name="movesByDate"
            value="true"
            defaultChecked={movesByDate}
            label="Launch, pause and complete by date"
            hint="Approved, it launches on its first day and completes after its last. Nothing is written to a platform."
          />
        </div>
        <Field name="pausesOn" label="Pauses on" error={errors?.pausesOn}>
          {(control) => <Input {...control} type="date" defaultValue={texts.pausesOn} />}
        </Field>
        <Field name="resumesOn" label="Goes on" error={errors?.resumesOn}>
          {(control) => <Input {...control} type="date" defaultValue={texts.resumesOn} />}
        </Field>
      </div>
    </Panel>
  );
}

/** What it may spend in all; how that is split is the budget page's. */
export function MoneyFields({
  start,
  failure,
  reportingCurrency,
}: PlanFieldsProps & { reportingCurrency: string }) {
  const errors = failure?.fields;
  return (
    <Panel
      title="Budget"
      description="All of it: media, boosts, creators and other costs. It is split on the budget’s own page."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="budget" label="Total" error={errors?.budget ?? errors?.['budget.amount']}>
          {(control) => <Input {...control} numeric defaultValue={start.texts.budget} autoComplete="off" />}
        </Field>
        <Field name="currency" label="Currency" error={errors?.currency ?? errors?.['budget.currency']}>
          {(control) => (
            <Input
              {...control}
              defaultValue={start.texts.currency}
              placeholder={reportingCurrency}
              maxLength={3}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
