import type { ListSyncRunsInput, SyncChoice } from '../../../server/domain/sync/schema.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type SelectOption } from '../../ui/input.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { runStatusLabels, workLabels } from './labels.ts';

export interface SyncFiltersProps {
  input: Pick<ListSyncRunsInput, 'platform' | 'adAccountId' | 'status' | 'work'>;
  choices: readonly SyncChoice[];
}

const optionsOf = <Value extends string>(labels: Readonly<Record<Value, string>>, values: readonly Value[]) =>
  values.map((value) => ({ value, label: labels[value] }));

const statuses = optionsOf(runStatusLabels, ['SUCCESS', 'ERROR', 'PAUSED']);
const works = optionsOf(workLabels, ['DAILY', 'INTRADAY', 'RANGE', 'BACKFILL']);

/** Which runs of the past are shown: a form of the address. */
export function SyncFilters({ input, choices }: SyncFiltersProps) {
  const hasScript = useHasScript();
  const platforms = [...new Set(choices.map(({ platform }) => platform))].sort();
  const isFiltered = Object.values(input).some((value) => value !== undefined);
  return (
    <form method="get" action={paths.syncRuns()} aria-label="Filter the history" className="toolbar">
      <FilterSelect
        name="platform"
        label="Platform"
        emptyLabel="Every platform"
        value={input.platform}
        options={optionsOf(platformLabels, platforms)}
      />
      <FilterSelect
        name="adAccountId"
        label="Ad account"
        emptyLabel="Every ad account"
        value={input.adAccountId}
        options={choices.map(({ adAccountId, name }) => ({ value: adAccountId, label: name }))}
      />
      <FilterSelect
        name="status"
        label="Status"
        emptyLabel="However they ended"
        value={input.status}
        options={statuses}
      />
      <FilterSelect name="work" label="Work" emptyLabel="Every work" value={input.work} options={works} />
      {!hasScript && <Button type="submit">Apply</Button>}
      {isFiltered && (
        <a href={`${paths.syncRuns()}#history`} className="link px-1">
          Clear
        </a>
      )}
    </form>
  );
}

interface FilterSelectProps {
  name: string;
  label: string;
  emptyLabel: string;
  value: string | undefined;
  options: readonly SelectOption[];
}

function FilterSelect({ name, label, emptyLabel, value = '', options }: FilterSelectProps) {
  return (
    <Select
      key={value}
      name={name}
      aria-label={label}
      emptyLabel={emptyLabel}
      defaultValue={value}
      options={options}
      className="run-filter"
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
    />
  );
}
