import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import type { CreatorMetrics } from '../../../../server/domain/creator-platforms/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { TimeSeriesChart } from '../../../charts/time-series-chart.tsx';
import { formatCount, formatDate, formatDateRange } from '../../../lib/format.ts';
import { paths, withQuery } from '../../../lib/paths.ts';
import { DateRangePicker } from '../../../ui/date-range-picker.tsx';
import { Menu, MenuLink } from '../../../ui/menu.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Table } from '../../../ui/table.tsx';
import { ViewSwitch } from '../../../ui/tabs.tsx';
import {
  chosenAccount,
  followersChange,
  type GrowthAccount,
  type GrowthFigure,
  growthFigures,
  growthPresets,
  type GrowthRange,
  growthSeries,
} from './growth.ts';

export interface GrowthPanelProps {
  metrics: CreatorMetrics;
  range: GrowthRange;
  figure: GrowthFigure;
  /** The account that the address names, or null. */
  asked: string | null;
  /** The newest day, UTC. */
  today: string;
}

/** How an account grew: one line over the days, with gaps where nobody looked, and the change of every account. */
export function GrowthPanel({ metrics, range, figure, asked, today }: GrowthPanelProps) {
  const account = chosenAccount(metrics.platforms, asked);
  const data = useMemo(() => account && growthSeries(account, figure, range), [account, figure, range]);
  if (!account || !data) return null;
  const path = paths.creator(metrics.creatorId);
  const days = range.days === null ? { from: range.from, to: range.to } : { days: range.days };
  const kept = { account: asked, figure: figure === 'followers' ? null : figure };
  const hasFigures = data.series.some(({ values }) => values.some((value) => value !== null));
  return (
    <Panel title="Growth">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap gap-2">
          <FigureMenu
            figure={figure}
            hrefOf={(id) => withQuery(path, { ...days, account: asked, figure: id })}
          />
          <RangeMenu path={path} range={range} kept={kept} today={today} />
        </div>
        {metrics.platforms.length > 1 && (
          <div className="flex overflow-x-auto">
            <ViewSwitch
              label="Account"
              currentId={account.id}
              tabs={metrics.platforms.map(({ id, platform, handle }) => ({
                id,
                label: `${platformLabels[platform]} @${handle}`,
                href: withQuery(path, { ...days, ...kept, account: id }),
              }))}
            />
          </div>
        )}
        {hasFigures ? (
          <TimeSeriesChart
            title={`${growthFigures[figure].label} by day`}
            data={data}
            note="Days are in UTC. A gap is a day on which nobody read the figure. The axis begins near the smallest value."
          />
        ) : (
          <p className="text-muted">
            {growthFigures[figure].label} of this account was not read on any of these days.
          </p>
        )}
        <Changes accounts={metrics.platforms} range={range} />
      </div>
    </Panel>
  );
}

function FigureMenu({ figure, hrefOf }: { figure: GrowthFigure; hrefOf: (id: GrowthFigure) => string }) {
  const { label } = growthFigures[figure];
  return (
    <Menu
      label={`Shown: ${label}`}
      trigger={
        <>
          {label}
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      {(Object.keys(growthFigures) as GrowthFigure[]).map((id) => (
        <MenuLink key={id} href={hrefOf(id)} isCurrent={id === figure}>
          {growthFigures[id].label}
        </MenuLink>
      ))}
    </Menu>
  );
}

interface RangeMenuProps {
  path: string;
  range: GrowthRange;
  kept: { account: string | null; figure: string | null };
  today: string;
}

function RangeMenu({ path, range, kept, today }: RangeMenuProps) {
  const days = formatDateRange(range.from, range.to);
  const keep = Object.fromEntries(
    Object.entries(kept).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  return (
    <DateRangePicker
      from={range.from}
      to={range.to}
      label={range.days === null ? days : `Last ${range.days} days · ${days}`}
      presets={growthPresets.map((preset) => ({
        id: String(preset),
        label: `Last ${preset} days`,
        href: withQuery(path, { ...kept, days: preset }),
      }))}
      currentPresetId={range.days === null ? null : String(range.days)}
      action={path}
      keep={keep}
      max={today}
      note="Days in UTC, two years at most"
    />
  );
}

function Changes({ accounts, range }: { accounts: readonly GrowthAccount[]; range: GrowthRange }) {
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table label={`Followers gained and lost, ${formatDateRange(range.from, range.to)}`}>
        <thead>
          <tr>
            <th scope="col">Followers of</th>
            <th scope="col" className="end">
              First known
            </th>
            <th scope="col" className="end">
              Last known
            </th>
            <th scope="col" className="end">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <ChangeRow key={account.id} account={account} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ChangeRow({ account }: { account: GrowthAccount }) {
  const change = followersChange(account);
  return (
    <tr>
      <th scope="row">
        {platformLabels[account.platform]} @{account.handle}
      </th>
      {change ? (
        <>
          <td className="end" title={formatDate(change.from.date)}>
            {formatCount(change.from.value)}
          </td>
          <td className="end" title={formatDate(change.to.date)}>
            {formatCount(change.to.value)}
          </td>
          <td className="end">
            {change.difference > 0 && '+'}
            {formatCount(change.difference)}
          </td>
        </>
      ) : (
        <td className="end quiet" colSpan={3}>
          Known on fewer than two of these days
        </td>
      )}
    </tr>
  );
}
