import type { Funnel } from '../../../server/domain/deals/schema.ts';
import { formatCount, formatDateRange, formatMoney, formatPercent, missing } from '../../lib/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { leftOutInWords, ratesInWords } from './board-totals.tsx';
import { FunnelBar } from './funnel-bar.tsx';
import { stageLabels } from './labels.ts';

/** How deals went through the stages: how many entered each, how many went on, and how long they stayed. */
export function FunnelView({ funnel, isFiltered }: { funnel: Funnel; isFiltered: boolean }) {
  const { stages, closed, from, to } = funnel;
  const isEmpty = stages.every(({ entered }) => entered === 0) && closed.won.count + closed.lost.count === 0;
  if (isEmpty) {
    return (
      <EmptyState
        kind={isFiltered ? 'no-result' : 'unused'}
        title={isFiltered ? 'No deals in this range' : 'No deals have moved yet'}
        description="Each move of a deal is kept. What entered a stage in the range, and what became of it, stands here."
      />
    );
  }
  return (
    <div className="grid gap-4">
      <Closings funnel={funnel} />
      <Panel
        title={`Stages entered ${formatDateRange(from, to)}`}
        description="Each deal counts once a stage, from when it first entered it in the range, with what became of it since. Going on is a later stage or a win; days are those of stays that are over."
      >
        <StageTable stages={stages} />
      </Panel>
    </div>
  );
}

function Closings({ funnel }: { funnel: Funnel }) {
  const { closed, velocity, currency } = funnel;
  const { won, lost, winRate, medianDaysToWin, averageWon } = closed;
  const money = (amount: string | null) => formatMoney(amount === null ? null : { amount, currency });
  const notes = [ratesInWords(won.converted), leftOutInWords(won.converted)].filter((note) => note !== null);
  return (
    <Panel title="Closed in the range">
      <StatRow>
        <Stat
          label="Win rate"
          value={formatPercent(winRate, 1)}
          hint={`${formatCount(won.count)} won, ${formatCount(lost.count)} lost`}
        />
        <Stat label="Won" value={money(won.converted.amount)} hint={`In ${currency}`} />
        <Stat label="Average won" value={money(averageWon)} hint="Of deals with an amount" />
        <Stat label="Days to win" value={daysOf(medianDaysToWin)} hint="Median, from opening to winning" />
        <Stat label="Velocity a day" value={money(velocity)} hint={velocityInWords(funnel)} />
      </StatRow>
      {notes.length > 0 && <p className="pt-2 text-sm text-muted">{notes.join(' ')}</p>}
    </Panel>
  );
}

function velocityInWords({ closed: { won, lost }, pricedOpenCount, velocityNeeds }: Funnel): string {
  return won.count + lost.count < velocityNeeds
    ? `Told from ${formatCount(velocityNeeds)} closed deals on`
    : `${formatCount(pricedOpenCount)} open with an amount × win rate × average won ÷ days to win`;
}

function StageTable({ stages }: Pick<Funnel, 'stages'>) {
  const most = Math.max(...stages.map(({ entered }) => entered), 1);
  return (
    <Table label="Stages">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          {['Entered', 'Went on', 'Conversion', 'Won', 'Lost', 'Median days', 'Stays measured'].map(
            (name) => (
              <th key={name} scope="col" className="end">
                {name}
              </th>
            ),
          )}
          <th scope="col" className="wide">
            <span className="sr-only">Share</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {stages.map((row) => (
          <tr key={row.stage}>
            <th scope="row">{stageLabels[row.stage]}</th>
            <td className="end">{formatCount(row.entered)}</td>
            <td className="end">{formatCount(row.advanced)}</td>
            <td className="end">{formatPercent(row.conversion, 1)}</td>
            <td className="end">{formatCount(row.won)}</td>
            <td className="end">{formatCount(row.lost)}</td>
            <td className="end">{daysOf(row.medianDays)}</td>
            <td className="end">{formatCount(row.stays)}</td>
            <td className="wide">
              <FunnelBar entered={row.entered} advanced={row.advanced} most={most} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function daysOf(days: string | null): string {
  return days === null ? missing : `${formatCount(days)} d`;
}
