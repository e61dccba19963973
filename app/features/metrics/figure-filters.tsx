import { X } from 'lucide-react';
import { campaignObjectives, campaignStatuses } from '../../../server/domain/campaigns/schema.ts';
import type { DashboardInput } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { SyncChoice } from '../../../server/domain/sync/schema.ts';
import { listHref, listParams } from '../../lib/list-url.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type SelectOption } from '../../ui/input.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { campaignStatusLabels, objectiveLabels } from '../campaigns/labels.ts';
import { RecordPicker } from '../records/record-picker.tsx';
import { type FilterName, filterNames } from './figure-address.ts';

interface Named {
  id: string;
  name: string;
}

/** What the filters choose from. */
export interface FilterChoices {
  brands: readonly Named[];
  members: readonly Named[];
  accounts: readonly Pick<SyncChoice, 'adAccountId' | 'name' | 'platform'>[];
}

export interface FigureFiltersProps {
  url: URL;
  input: DashboardInput;
  choices: FilterChoices;
  /** What the ids of the address are called. */
  names: Readonly<Record<string, string>>;
}

const chosenHere: readonly FilterName[] = [
  'brandId',
  'campaignIds',
  'platform',
  'adAccountId',
  'status',
  'objective',
  'ownerId',
];

/** Which figures: a form of the address, one choice for each thing that they can be narrowed by. */
export function FigureFilters(props: FigureFiltersProps) {
  const { url, input, names } = props;
  const hasScript = useHasScript();
  const kept = listParams(url).filter(
    ([name]) => !(chosenHere as readonly string[]).includes(name) && name !== 'limit',
  );
  const [campaignId = null] = input.campaignIds ?? [];
  return (
    <form method="get" action={url.pathname} aria-label="Filter the figures" className="figure-filters">
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {selectsOf(props).map(({ name, label, empty, options }) => (
        <Select
          key={`${name} ${String(input[name] ?? '')}`}
          name={name}
          aria-label={label}
          emptyLabel={empty}
          defaultValue={String(input[name] ?? '')}
          options={options}
          className="figure-filter"
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
      ))}
      <div
        className="figure-filter"
        onInput={(event) => {
          // The picker's hidden field says when a campaign was chosen.
          const field = event.target as HTMLInputElement;
          if (field.type === 'hidden') field.form?.requestSubmit();
        }}
      >
        <label htmlFor="figures-campaign" className="sr-only">
          Campaign
        </label>
        <RecordPicker
          key={campaignId ?? ''}
          control={{ id: 'figures-campaign', name: 'campaignIds' }}
          noun="campaign"
          picked={campaignId === null ? null : { id: campaignId, name: names[campaignId] ?? 'Campaign' }}
          emptyLabel="Every campaign"
        />
      </div>
      {!hasScript && <Button type="submit">Apply</Button>}
    </form>
  );
}

interface FilterSelect {
  name: 'brandId' | 'platform' | 'adAccountId' | 'status' | 'objective' | 'ownerId';
  label: string;
  empty: string;
  options: SelectOption[];
}

const optionsOf = (labels: Readonly<Record<string, string>>, values: readonly string[]) =>
  values.map((value) => ({ value, label: labels[value] ?? value }));
const namedOptions = (items: readonly Named[]) => items.map(({ id, name }) => ({ value: id, label: name }));

/** A choice among fewer than two is none, unless it was made. */
function selectsOf({ input, choices, names }: FigureFiltersProps): FilterSelect[] {
  const { brands, members, accounts } = choices;
  const platforms = [...new Set(accounts.map(({ platform }) => platform))].sort();
  const shownAccounts = accounts.filter(({ platform }) => !input.platform || platform === input.platform);
  const all: FilterSelect[] = [
    { name: 'brandId', label: 'Brand', empty: 'Every brand', options: namedOptions(brands) },
    {
      name: 'platform',
      label: 'Platform',
      empty: 'Every platform',
      options: platforms.map((platform) => ({ value: platform, label: platformLabel(platform) })),
    },
    {
      name: 'adAccountId',
      label: 'Ad account',
      empty: 'Every ad account',
      options: shownAccounts.map(({ adAccountId, name }) => ({ value: adAccountId, label: name })),
    },
    {
      name: 'status',
      label: 'Campaign status',
      empty: 'Every status',
      options: optionsOf(campaignStatusLabels, campaignStatuses),
    },
    {
      name: 'objective',
      label: 'Objective',
      empty: 'Every objective',
      options: optionsOf(objectiveLabels, campaignObjectives),
    },
    { name: 'ownerId', label: 'Owner', empty: 'Every owner', options: namedOptions(members) },
  ];
  return all
    .map((select) => withChosen(select, input[select.name], names))
    .filter(({ name, options }) => options.length > 1 || input[name] !== undefined);
}

/** What the address names stays chosen, also where it is no choice any more. */
function withChosen(
  select: FilterSelect,
  value: string | undefined,
  names: FigureFiltersProps['names'],
): FilterSelect {
  if (value === undefined || select.options.some((option) => option.value === value)) return select;
  const label = select.name === 'platform' ? platformLabel(value) : (names[value] ?? value);
  return { ...select, options: [{ value, label }, ...select.options] };
}

export interface FigureChipsProps {
  url: URL;
  input: DashboardInput;
  names: Readonly<Record<string, string>>;
  /** What the page itself narrows by: nothing to take away. */
  fixed?: readonly FilterName[];
}

/** What the figures are narrowed by, in the order of the levels, each with the way out of it. */
export function FigureChips({ url, input, names, fixed = [] }: FigureChipsProps) {
  const chips = filterNames
    .filter((name) => input[name] !== undefined && !fixed.includes(name))
    .map((name) => ({ name, text: chipWords(name, input, names) }));
  if (chips.length === 0) return null;
  const clear = Object.fromEntries(chips.map(({ name }) => [name, null]));
  return (
    <ul className="figure-chips" aria-label="Narrowed to">
      {chips.map(({ name, text }) => (
        <li key={name} className="chip">
          <span className="chip-text">{text}</span>
          <a
            href={listHref(url, { [name]: null, limit: null })}
            className="chip-remove"
            aria-label={`Remove the filter ${text}`}
          >
            <X aria-hidden="true" />
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a href={listHref(url, { ...clear, limit: null })} className="chip-clear">
            Clear all
          </a>
        </li>
      )}
    </ul>
  );
}

const chipLabels: Readonly<Record<FilterName, string>> = {
  campaignIds: 'Campaign',
  brandId: 'Brand',
  ownerId: 'Owner',
  status: 'Status',
  objective: 'Objective',
  platform: 'Platform',
  adAccountId: 'Ad account',
  platformCampaignId: 'Platform campaign',
  creatorId: 'Creator',
  isAttached: 'Only',
};

function chipWords(name: FilterName, input: DashboardInput, names: FigureChipsProps['names']): string {
  const { campaignIds = [], isAttached, status, objective, platform } = input;
  if (name === 'isAttached') return isAttached ? 'With a campaign' : 'Without a campaign';
  if (name === 'campaignIds' && campaignIds.length > 1) return `${campaignIds.length} campaigns`;
  const words = {
    status: status && campaignStatusLabels[status],
    objective: objective && objectiveLabels[objective],
    platform: platform && platformLabel(platform),
    campaignIds: names[campaignIds[0] ?? ''],
  } as Readonly<Record<string, string | undefined>>;
  const id = input[name];
  return `${chipLabels[name]}: ${words[name] ?? (typeof id === 'string' ? names[id] : undefined) ?? 'unknown'}`;
}
