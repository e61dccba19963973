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
      <Input
        key={`from ${input.from}`}
        type="date"
        name="from"
        aria-label="From this day"
        className="run-filter"
        defaultValue={input.from ?? ''}
      />
      <Input
        key={`to ${input.to}`}
        type="date"
        name="to"
        aria-label="To this day"
        className="run-filter"
        defaultValue={input.to ?? ''}
      />
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
