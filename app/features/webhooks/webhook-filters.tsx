import {
  type ListWebhookEventsInput,
  webhookSources,
  webhookStates,
} from '../../../server/domain/webhooks/schema.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { sourceLabels, stateLabels } from './labels.ts';

export type WebhookFilterInput = Pick<ListWebhookEventsInput, 'source' | 'state' | 'from' | 'to'>;

export function isFiltered(input: WebhookFilterInput): boolean {
  return Object.values(input).some((value) => value !== undefined);
}

/** Which events are shown: a form of the address. */
export function WebhookFilters({ input }: { input: WebhookFilterInput }) {
  const hasScript = useHasScript();
  const submit = (event: { currentTarget: { form: HTMLFormElement | null } }) =>
    event.currentTarget.form?.requestSubmit();
  return (
    <form method="get" action={paths.settingsWebhooks()} aria-label="Filter the events" className="toolbar">
      <Select
        key={`source ${input.source}`}
        name="source"
        aria-label="Sender"
        emptyLabel="Every sender"
        className="run-filter"
        defaultValue={input.source ?? ''}
        options={webhookSources.map((value) => ({ value, label: sourceLabels[value] }))}
        onChange={submit}
      />
      <Select
        key={`state ${input.state}`}
        name="state"
        aria-label="State"
        emptyLabel="Every state"
        className="run-filter"
        defaultValue={input.state ?? ''}
        options={webhookStates.map((value) => ({ value, label: stateLabels[value] }))}
        onChange={submit}
      />
      <DayInput name="from" label="From" value={input.from} />
      <DayInput name="to" label="To" value={input.to} />
      {/* A day is typed digit by digit, so it is no moment to load the page anew. */}
      <Button type="submit">{hasScript ? 'Show these days' : 'Apply'}</Button>
      {isFiltered(input) && (
        <a href={paths.settingsWebhooks()} className="link px-1">
          Clear
        </a>
      )}
    </form>
  );
}

/** A day of the agency's own zone, with its label beside it. */
function DayInput({ name, label, value = '' }: { name: string; label: string; value?: string | undefined }) {
  return (
    <label className="flex items-center gap-1.5 text-muted">
      {label}
      <Input key={value} type="date" name={name} className="run-filter" defaultValue={value} />
    </label>
  );
}
