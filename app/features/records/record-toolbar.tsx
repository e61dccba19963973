import { Download, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { listHref, listParams } from '../../lib/list-url.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { useMay } from '../shell/use-account.ts';
import { ColumnPanel } from './column-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { valueWords } from './filter-words.ts';
import type { ListLook } from './list-look.ts';
import type { ListFrame } from './use-list-frame.ts';

export interface RecordToolbarProps {
  look: ListLook;
  frame: ListFrame;
  /** A board has no columns to choose and no rows to export. */
  isTable?: boolean;
  /** Buttons beside the one that adds a condition: filters that are a noun's own. */
  filters?: ReactNode;
  children?: ReactNode;
}

/** A list's search, its conditions, its columns and its file. */
export function RecordToolbar({ look, frame, isTable = true, filters, children }: RecordToolbarProps) {
  const { url, data, fields, choices, words } = frame;
  const mayExport = useMay('exports.write');
  const [, query = ''] = listHref(url, { view: null, columns: null }).split('?');
  return (
    <div className="toolbar">
      <SearchForm url={url} label={`Search ${look.many}`} />
      <FilterBar
        url={url}
        filter={data.filter}
        singles={singlesOf(look, frame)}
        words={words}
        choices={choices}
        draft={data.draft}
        panel={data.panel}
      >
        {filters}
      </FilterBar>
      <div className="ml-auto flex gap-2">
        {children}
        {isTable && (
          <ColumnPanel
            url={url}
            columns={data.columns}
            fields={fields}
            isAsked={data.panel === 'columns'}
            density={data.density}
          />
        )}
        {isTable && mayExport && (
          <LinkButton
            href={query ? `${look.exportPath}?${query}` : look.exportPath}
            iconOnly
            aria-label={`Export these ${look.many}`}
            title={`Export these ${look.many}`}
          >
            <Download aria-hidden="true" />
          </LinkButton>
        )}
      </div>
    </div>
  );
}

function SearchForm({ url, label }: { url: URL; label: string }) {
  const q = url.searchParams.get('q') ?? '';
  return (
    <form method="get" action={url.pathname} role="search" className="toolbar-search">
      {listParams(url)
        .filter(([name]) => name !== 'q')
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      <Input
        key={q}
        type="search"
        name="q"
        aria-label={label}
        placeholder={label}
        defaultValue={q}
        className="min-w-0 flex-1"
        data-search-field=""
      />
      <Button type="submit" iconOnly aria-label="Search">
        <Search aria-hidden="true" />
      </Button>
    </form>
  );
}

/** The filters of one value that the address holds under their own names. */
function singlesOf(look: ListLook, { url, fields, words }: ListFrame) {
  return look.filters.flatMap((name) => {
    const value = url.searchParams.get(name);
    if (!value) return [];
    const told = look.filterWords?.(name, value, words.names) ?? null;
    if (told !== null) return [{ name, text: told }];
    if (name === 'deleted') return value === 'true' ? [{ name, text: 'In the recycle bin' }] : [];
    const field = fields.find((one) => one.name === name);
    return field ? [{ name, text: `${field.label} is ${valueWords(value, field, words)}` }] : [];
  });
}
