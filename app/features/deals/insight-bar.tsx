import { Form } from '@remix-run/react';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Toolbar } from '../../ui/page-header.tsx';

export interface InsightBarProps {
  url: URL;
  tab: 'forecast' | 'funnel';
  /** The range as it was answered. */
  from: string;
  to: string;
  members: readonly { id: string; name: string }[];
  brands: readonly { id: string; name: string }[];
}

/** Whose deals, and which range: one GET form, so that it stands in the address and works before the script. */
export function InsightBar({ url, tab, from, to, members, brands }: InsightBarProps) {
  const value = (name: string) => url.searchParams.get(name) ?? '';
  const kind = tab === 'funnel' ? 'date' : 'month';
  const optionsOf = (items: InsightBarProps['members']) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Toolbar>
      <Form method="get" key={url.search} className="flex flex-1 flex-wrap items-end gap-2">
        {tab === 'funnel' && <input type="hidden" name="tab" value="funnel" />}
        <Select
          name="ownerId"
          aria-label="Owner"
          emptyLabel="Any owner"
          defaultValue={value('ownerId')}
          options={optionsOf(members)}
        />
        {brands.length > 0 && (
          <Select
            name="brandId"
            aria-label="Brand"
            emptyLabel="Any brand"
            defaultValue={value('brandId')}
            options={optionsOf(brands)}
          />
        )}
        <label htmlFor="insight-from" className="flex items-center gap-1.5 text-sm text-muted">
          From
          <Input
            id="insight-from"
            type={kind}
            name="from"
            defaultValue={from}
            placeholder={kind === 'month' ? 'YYYY-MM' : 'YYYY-MM-DD'}
          />
        </label>
        <label htmlFor="insight-to" className="flex items-center gap-1.5 text-sm text-muted">
          To
          <Input
            id="insight-to"
            type={kind}
            name="to"
            defaultValue={to}
            placeholder={kind === 'month' ? 'YYYY-MM' : 'YYYY-MM-DD'}
          />
        </label>
        {tab === 'forecast' && (
          <Select
            name="value"
            aria-label="What a repeating deal counts with"
            defaultValue={value('value') || 'PERIOD'}
            options={[
              { value: 'PERIOD', label: 'Amounts of one period' },
              { value: 'YEAR', label: 'Twelve-month values' },
            ]}
          />
        )}
        <Button type="submit">Show</Button>
      </Form>
    </Toolbar>
  );
}
