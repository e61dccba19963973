import type { Portfolio } from '../../../server/domain/portfolio/schema.ts';
import { listParams } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select, type SelectOption } from '../../ui/input.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { campaignStatusLabels, objectiveLabels } from '../campaigns/labels.ts';
import { bandWords } from '../pacing/band-words.ts';
import { portfolioFilters, portfolioGroups, type PortfolioView } from './portfolio-query.ts';

interface Named {
  id: string;
  name: string;
}

export interface PortfolioFiltersProps {
  url: URL;
  view: PortfolioView;
  brands: readonly Named[];
  members: readonly Named[];
  portfolio: Portfolio;
}

const groupLabels = {
  brand: 'By brand',
  owner: 'By owner',
  objective: 'By objective',
  status: 'By status',
} as const;

/** Which campaigns, and how they are put together: a form of the address. */
export function PortfolioFilters(props: PortfolioFiltersProps) {
  const { url, view } = props;
  const shown = ['q', 'group', ...portfolioFilters] as readonly string[];
  const kept = listParams(url).filter(([name]) => !shown.includes(name) && name !== 'pick');
  const isFiltered = shown.some((name) => name !== 'group' && url.searchParams.has(name));
  return (
    <form
      method="get"
      action={paths.portfolio()}
      aria-label="Filter the portfolio"
      className="figure-filters"
    >
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <Input
        type="search"
        name="q"
        key={`q ${view.q}`}
        aria-label="Search campaigns"
        placeholder="Campaign"
        className="run-filter"
        defaultValue={view.q ?? ''}
      />
      {selectsOf(props).map(({ name, label, empty, options, value }) => (
        <Select
          key={`${name} ${value}`}
          name={name}
          aria-label={label}
          className="run-filter"
          emptyLabel={empty}
          options={options}
          defaultValue={value}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
      ))}
      <Button type="submit">Apply</Button>
      {isFiltered && (
        <a href={paths.portfolio()} className="link px-1">
          Clear
        </a>
      )}
    </form>
  );
}

interface Choice {
  name: string;
  label: string;
  empty: string;
  options: readonly SelectOption[];
  value: string;
}

function selectsOf({ url, view, brands, members, portfolio }: PortfolioFiltersProps): Choice[] {
  const named = (items: readonly Named[]) => items.map(({ id, name }) => ({ value: id, label: name }));
  const labelled = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const platforms = new Set(portfolio.items.flatMap((item) => item.platforms));
  if (view.platform) platforms.add(view.platform);
  const bands = Object.fromEntries(Object.entries(bandWords).map(([band, { label }]) => [band, label]));
  const choice = (name: string, words: readonly [string, string], options: readonly SelectOption[]) => {
    const [label, empty] = words;
    return { name, label, empty, options, value: url.searchParams.get(name) ?? '' };
  };
  return [
    choice('brandId', ['Brand', 'Every brand'], named(brands)),
    choice('ownerId', ['Owner', 'Any owner'], named(members)),
    choice(
      'platform',
      ['Platform', 'Any platform'],
      [...platforms].sort().map((value) => ({ value, label: platformLabel(value) })),
    ),
    choice('objective', ['Objective', 'Any objective'], labelled(objectiveLabels)),
    choice('status', ['Status', 'Any status'], labelled(campaignStatusLabels)),
    choice('band', ['Pacing', 'Any pace'], labelled(bands)),
    choice(
      'group',
      ['Put together', 'One list'],
      portfolioGroups.map((value) => ({ value, label: groupLabels[value] })),
    ),
  ];
}
