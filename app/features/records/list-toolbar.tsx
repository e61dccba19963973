import { Search } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Toolbar } from '../../ui/page-header.tsx';

export interface ToolbarSelect {
  name: string;
  /** The choice that filters nothing; it also names the control. */
  emptyLabel: string;
  /** Value and label. */
  options: readonly (readonly [string, string])[];
}

export interface ListToolbarProps {
  url: URL;
  searchLabel: string;
  selects?: readonly ToolbarSelect[];
  /** Names of the address that the form carries on. */
  keep?: readonly string[];
}

/** Search and filters as one GET form: they work before the script, and everything stands in the address. */
export function ListToolbar({ url, searchLabel, selects = [], keep = ['sort'] }: ListToolbarProps) {
  const value = (name: string) => url.searchParams.get(name) ?? '';
  return (
    <Toolbar>
      <form
        method="get"
        action={url.pathname}
        role="search"
        className="flex flex-1 flex-wrap items-center gap-2"
      >
        {keep.map(
          (name) => value(name) && <input key={name} type="hidden" name={name} value={value(name)} />,
        )}
        <div className="flex min-w-48 flex-1 basis-full gap-2 md:max-w-76 md:basis-auto">
          <Input
            key={value('q')}
            type="search"
            name="q"
            aria-label={searchLabel}
            placeholder={searchLabel}
            defaultValue={value('q')}
            className="min-w-0 flex-1"
            data-search-field=""
          />
          <Button type="submit" iconOnly aria-label="Search">
            <Search aria-hidden="true" />
          </Button>
        </div>
        {selects.map(({ name, emptyLabel, options }) => (
          <Select
            key={name + value(name)}
            name={name}
            aria-label={emptyLabel}
            emptyLabel={emptyLabel}
            defaultValue={value(name)}
            options={options.map(([option, label]) => ({ value: option, label }))}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
          />
        ))}
      </form>
    </Toolbar>
  );
}
