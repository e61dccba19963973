import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import { listHref } from '../../lib/list-url.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Toolbar } from '../../ui/page-header.tsx';
import { ViewSwitch } from '../../ui/tabs.tsx';
import { isFiltered, readContentView } from './content-query.ts';
import { contentTypeLabels, disclosureLabels, stateFilterLabels } from './labels.ts';

export interface ContentToolbarProps {
  url: URL;
  /** The first by name; null on a campaign's own page, where none is chosen. */
  campaigns: readonly { id: string; name: string }[] | null;
}

const pairs = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const missingOptions = [
  { value: 'false', label: 'Still at the network' },
  { value: 'true', label: 'No longer at the network' },
];

/** Filters as one GET form: they work before the script, and everything stands in the address. */
export function ContentToolbar({ url, campaigns }: ContentToolbarProps) {
  const value = (name: string) => url.searchParams.get(name) ?? '';
  const keep = ['sort', 'view', 'creatorId', 'deleted'];
  const select = (name: string, emptyLabel: string, options: { value: string; label: string }[]) => (
    <Select
      key={name + value(name)}
      name={name}
      aria-label={emptyLabel}
      emptyLabel={emptyLabel}
      className="run-filter"
      defaultValue={value(name)}
      options={options}
      onChange={(event) => event.currentTarget.form?.requestSubmit()}
    />
  );
  return (
    <Toolbar>
      <form
        method="get"
        action={url.pathname}
        role="search"
        className="flex flex-1 basis-full flex-wrap items-center gap-2 md:basis-0"
      >
        {keep.map(
          (name) => value(name) && <input key={name} type="hidden" name={name} value={value(name)} />,
        )}
        <TextFilter name="q" label="Search the words of posts" value={value('q')} isSearch>
          <Button type="submit" iconOnly aria-label="Search">
            <Search aria-hidden="true" />
          </Button>
        </TextFilter>
        {campaigns &&
          select(
            'campaignId',
            'Any campaign',
            campaigns.map(({ id, name }) => ({ value: id, label: name })),
          )}
        {select('state', 'Any state', pairs(stateFilterLabels))}
        {select('disclosure', 'Any disclosure', pairs(disclosureLabels))}
        {select('platform', 'Any network', pairs(platformLabels))}
        {select('type', 'Any type', pairs(contentTypeLabels))}
        {select('isMissing', 'There or not', missingOptions)}
        <TextFilter name="hashtag" label="Hashtag" value={value('hashtag')} />
        <DayFilter name="publishedFrom" label="Published from" value={value('publishedFrom')} />
        <DayFilter name="publishedTo" label="Published until" value={value('publishedTo')} />
        {isFiltered(url) && (
          <LinkButton variant="quiet" size="small" href={clearedHref(url)}>
            Clear
          </LinkButton>
        )}
      </form>
      <ViewSwitch
        label="View"
        currentId={readContentView(url)}
        tabs={[
          {
            id: 'table',
            label: 'Table',
            href: listHref(url, { view: null, sort: url.searchParams.get('sort') }),
          },
          { id: 'grid', label: 'Grid', href: listHref(url, { view: 'grid' }) },
        ]}
      />
    </Toolbar>
  );
}

function clearedHref(url: URL): string {
  const view = url.searchParams.get('view');
  return view ? `${url.pathname}?view=${encodeURIComponent(view)}` : url.pathname;
}

interface FilterProps {
  name: string;
  label: string;
  value: string;
}

function TextFilter({
  name,
  label,
  value,
  isSearch,
  children,
}: FilterProps & { isSearch?: true; children?: ReactNode }) {
  return (
    <div
      className={
        isSearch
          ? 'flex min-w-48 flex-1 basis-full gap-2 md:max-w-76 md:basis-auto'
          : 'run-filter flex md:max-w-32'
      }
    >
      <Input
        key={value}
        type={isSearch ? 'search' : 'text'}
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        autoComplete="off"
        className="min-w-0 flex-1"
        {...(isSearch && { 'data-search-field': '' })}
      />
      {children}
    </div>
  );
}

function DayFilter({ name, label, value }: FilterProps) {
  return (
    <label className="grid flex-1 basis-34 gap-1 text-sm text-muted md:flex md:flex-none md:items-center md:gap-1.5">
      {label}
      <Input key={value} type="date" name={name} defaultValue={value} className="md:w-36" />
    </label>
  );
}
