import { useMemo } from 'react';
import type { Breakdown, DashboardInput } from '../../../server/domain/metrics/dashboard-schema.ts';
import { formatCount } from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import { DataTable } from '../../table/data-table.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { drillHref } from './figure-address.ts';
import { breakdownLabels, figureColumns, type FigureColumnsProps, nameOf } from './figure-columns.tsx';

export interface FigureBreakdownProps extends Omit<FigureColumnsProps, 'hrefOf'> {
  url: URL;
  input: DashboardInput;
  /** What the page's figures can be cut by. */
  cuts: readonly Breakdown[];
}

/** As many rows as one question may ask for. */
const MOST = 500;

/** The figures cut by one thing: a tab for each, a table with all figures, and every row a way one step finer. */
export function FigureBreakdown({ url, input, cuts, dashboard, explain }: FigureBreakdownProps) {
  const { by, rows } = dashboard;
  const columns = useMemo(
    () => figureColumns({ dashboard, explain, hrefOf: (row) => drillHref(url, by, row) }),
    [dashboard, explain, url, by],
  );
  return (
    <Panel padded={false} className="figure-table">
      <h2 className="sr-only">Figures by {breakdownLabels[by].toLowerCase()}</h2>
      <Tabs
        label="What the figures are cut by"
        currentId={by}
        tabs={cuts.map((cut) => ({
          id: cut,
          label: breakdownLabels[cut],
          href: listHref(url, { by: cut, limit: null }),
        }))}
      />
      {rows.length === 0 ? (
        <p className="p-4 text-muted">Nothing was delivered in these days.</p>
      ) : (
        <DataTable
          label={`Figures by ${breakdownLabels[by].toLowerCase()}`}
          columns={columns}
          rows={rows}
          rowId={({ key }) => key ?? 'none'}
          rowName={(row) => nameOf(row, by)}
          sort={by === 'DAY' ? null : { key: input.sortBy, direction: 'desc' }}
          hrefForSort={({ key }) => listHref(url, { sortBy: key })}
          height="viewport"
        />
      )}
      <MoreRows url={url} dashboard={dashboard} input={input} />
    </Panel>
  );
}

/** Says what is beyond the rows that are shown; the totals hold it. */
function MoreRows({ url, dashboard, input }: Pick<FigureBreakdownProps, 'url' | 'dashboard' | 'input'>) {
  const { rows, moreRows, currency } = dashboard;
  const words = [`Amounts in ${currency}.`];
  if (moreRows > 0)
    words.push(
      `${formatCount(rows.length)} of ${formatCount(rows.length + moreRows)} rows; the total holds all.`,
    );
  if (moreRows > 0 && input.limit >= MOST)
    words.push('Narrow the figures, or export them, to see the others.');
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2.5 text-sm text-muted">
      <p>{words.join(' ')}</p>
      {moreRows > 0 && input.limit < MOST && (
        <LinkButton size="small" href={listHref(url, { limit: String(MOST) })}>
          Show {formatCount(Math.min(moreRows, MOST - rows.length))} more
        </LinkButton>
      )}
    </div>
  );
}
