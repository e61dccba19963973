import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TimeSeriesChart } from '../../app/charts/time-series-chart.tsx';
import { DataTable, type DataColumn } from '../../app/table/data-table.tsx';
import { DateRangePicker } from '../../app/ui/date-range-picker.tsx';
import { Field } from '../../app/ui/field.tsx';
import { FormErrorSummary } from '../../app/ui/form-error-summary.tsx';
import { Input } from '../../app/ui/input.tsx';
import { Pagination } from '../../app/ui/pagination.tsx';

interface Row {
  companyId: string;
  name: string;
  won: string;
}

const columns: readonly DataColumn<Row>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, sortKey: 'name' },
  {
    id: 'won',
    header: 'Won',
    cell: ({ won }) => won,
    className: 'end',
    sortKey: 'won',
    firstDirection: 'desc',
  },
];
const rows: readonly Row[] = [{ companyId: 'a/b', name: '<Acme>', won: '1.00' }];

describe('the data table', () => {
  const html = renderToStaticMarkup(
    <DataTable
      label="Companies"
      columns={columns}
      rows={rows}
      rowId={({ companyId }) => companyId}
      rowHref={({ companyId }) => `/companies/${encodeURIComponent(companyId)}`}
      sort={{ key: 'won', direction: 'desc' }}
      hrefForSort={({ key, direction }) => `?sort=${direction === 'desc' ? '-' : ''}${key}`}
    />,
  );

  it('links its rows and its order without a script', () => {
    expect(html).toContain('<a href="/companies/a%2Fb" data-row-link="">&lt;Acme&gt;</a>');
    expect(html).toContain('aria-sort="descending"><a class="sort" href="?sort=won">');
    expect(html).toContain('aria-sort="none"><a class="sort" href="?sort=name">');
  });

  it('costs a bare element per cell', () => {
    expect(html).toContain('<td class="end">1.00</td>');
  });
});

describe('the chart', () => {
  const html = renderToStaticMarkup(
    <TimeSeriesChart
      title="Spend by day"
      data={{
        days: ['2026-11-20', '2026-11-21'],
        provisionalFrom: '2026-11-21',
        series: [
          {
            id: 'spend',
            label: 'Spend',
            kind: 'bar',
            measure: { kind: 'money', currency: 'USD' },
            values: ['12345678901234567.89', null],
          },
        ],
      }}
    />,
  );

  it('is a real table first, exact to the last digit', () => {
    expect(html).toContain('$12,345,678,901,234,567.89');
    expect(html).toContain('<time dateTime="2026-11-20">Fri 20 Nov</time>');
  });

  it('shows a missing day as missing and says what still settles', () => {
    expect(html).toContain('<td class="end">—</td>');
    expect(html).toContain('settling');
  });
});

describe('a field', () => {
  const html = renderToStaticMarkup(
    <Field name="name" label="Name" hint="As on the contract." error={['Too long.', 'No NUL.']} required>
      {(control) => <Input {...control} />}
    </Field>,
  );

  it('ties label, hint and error to its control', () => {
    expect(html).toContain('for="field-name"');
    const described = /aria-describedby="([^"]+)"/.exec(html)?.[1]?.split(' ') ?? [];
    expect(described).toHaveLength(2);
    for (const id of described) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('Too long. No NUL.');
  });

  it('is what the error summary links to', () => {
    const summary = renderToStaticMarkup(
      <FormErrorSummary fieldErrors={{ name: 'Too long.', other: undefined }} labels={{ name: 'Name' }} />,
    );
    expect(summary).toContain('href="#field-name"');
    expect(summary).not.toContain('#field-other');
    expect(renderToStaticMarkup(<FormErrorSummary fieldErrors={{}} />)).toBe('');
  });
});

it('the date range picker is links and a GET form, and keeps the rest of the address', () => {
  const html = renderToStaticMarkup(
    <DateRangePicker
      from="2026-11-01"
      to="2026-11-21"
      label="1–21 Nov 2026"
      presets={[{ id: 'today', label: 'Today', href: '?range=today' }]}
      currentPresetId={null}
      action="/campaigns/1"
      keep={{ currency: 'AED' }}
    />,
  );
  expect(html).toContain('<form method="get" action="/campaigns/1"');
  expect(html).toContain('<input type="hidden" name="currency" value="AED"/>');
  expect(html).toContain('href="?range=today"');
});

it('a page without a neighbour has no link to it', () => {
  const html = renderToStaticMarkup(
    <Pagination label="Companies" previousHref={null} nextHref="?cursor=x" />,
  );
  expect(html).toContain('aria-disabled="true"');
  expect(html).toContain('rel="next"');
  expect(html).not.toContain('rel="prev"');
});

it('nothing that is rendered carries an inline style, which the policy would refuse', () => {
  const html = renderToStaticMarkup(
    <DataTable label="x" columns={columns} rows={rows} rowId={({ name }) => name} />,
  );
  expect(html).not.toMatch(/\sstyle=/);
});
