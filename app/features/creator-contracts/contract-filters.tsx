import { exclusivityTypes } from '../../../server/domain/creator-contracts/fields.ts';
import type {
  ContractStateCounts,
  ListContractsInput,
} from '../../../server/domain/creator-contracts/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { contractStateWords } from '../creators/profile/contract-words.ts';
import { exclusivityLabels } from './labels.ts';

/** What of a list's address the filters are. */
export const contractFilters = ['state', 'exclusivity', 'brandId', 'endingWithinDays'] as const;

export type ContractFilterInput = Pick<ListContractsInput, (typeof contractFilters)[number] | 'q'>;

const endings = [
  { value: '1', label: 'Something ends within a day' },
  { value: '7', label: 'Something ends within 7 days' },
  { value: '30', label: 'Something ends within 30 days' },
  { value: '90', label: 'Something ends within 90 days' },
];

export interface ContractFiltersProps {
  input: ContractFilterInput;
  brands: readonly { id: string; name: string }[];
}

/** Which contracts are shown: a form of the address. */
export function ContractFilters({ input, brands }: ContractFiltersProps) {
  const submit = (event: { currentTarget: { form: HTMLFormElement | null } }) =>
    event.currentTarget.form?.requestSubmit();
  const choice = (name: 'exclusivity' | 'brandId' | 'endingWithinDays', label: string) => ({
    key: `${name} ${input[name]}`,
    name,
    'aria-label': label,
    className: 'run-filter',
    defaultValue: String(input[name] ?? ''),
    onChange: submit,
  });
  const { key: kindKey, ...kind } = choice('exclusivity', 'Exclusivity');
  const { key: brandKey, ...brand } = choice('brandId', 'Brand');
  const { key: endingKey, ...ending } = choice('endingWithinDays', 'Ending');
  const isFiltered = Object.values(input).some((value) => value !== undefined);
  return (
    <form
      method="get"
      action={paths.creatorContracts()}
      aria-label="Filter the contracts"
      className="toolbar"
    >
      {input.state && <input type="hidden" name="state" value={input.state} />}
      <Input
        type="search"
        name="q"
        key={`q ${input.q}`}
        aria-label="Search contracts"
        placeholder="Title"
        className="run-filter"
        defaultValue={input.q ?? ''}
      />
      <Select
        key={kindKey}
        {...kind}
        emptyLabel="Any exclusivity"
        options={exclusivityTypes.map((value) => ({ value, label: exclusivityLabels[value] }))}
      />
      <Select
        key={brandKey}
        {...brand}
        emptyLabel="Every brand"
        options={brands.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select key={endingKey} {...ending} emptyLabel="Ending whenever" options={endings} />
      <Button type="submit">Apply</Button>
      {isFiltered && (
        <a href={paths.creatorContracts()} className="link px-1">
          Clear
        </a>
      )}
    </form>
  );
}

/** The states as links, each with how many of the list's contracts are in it. */
export function ContractStates({ url, counts }: { url: URL; counts: ContractStateCounts }) {
  const current = url.searchParams.get('state');
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const states = counts.map(({ state, count }) => ({
    state,
    label: contractStateWords({ state, daysLeft: null }),
    count,
  }));
  return (
    <nav aria-label="Contracts by state" className="roster-steps">
      <ul>
        {[{ state: null, label: 'All', count: all }, ...states].map(({ state, label, count }) => (
          <li key={label}>
            <a
              href={listHref(url, { state })}
              className="kind-chip"
              {...(state === current && { 'aria-current': 'true' as const })}
            >
              {label} <span className="figures text-subtle">{formatCount(count)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
