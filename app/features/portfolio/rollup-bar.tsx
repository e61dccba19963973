import type { Rollup } from '../../../server/domain/portfolio/schema.ts';
import { formatCount, formatMoney, formatMoneyExact, formatPercent, formatRatio } from '../../lib/format.ts';
import { Stat, StatRow } from '../../ui/stat.tsx';

export interface RollupBarProps {
  rollup: Rollup;
  /** What the sums are of: "All 12 campaigns", "3 campaigns that you ticked". */
  title: string;
  /** A client's login sees no budgets. */
  showsPlan: boolean;
}

/** The sums of a set of campaigns. Ratios are of the sums and never averages of ratios. */
export function RollupBar({ rollup, title, showsPlan }: RollupBarProps) {
  const { budget, spent, expected, pacedSpent, ratio, pacedCampaigns, conversionValue, roas, leftOut } =
    rollup;
  return (
    <section aria-label={title} className="grid gap-2">
      <h2 className="text-md">{title}</h2>
      <StatRow>
        {showsPlan && <Stat label="Budget" value={formatMoney(budget)} title={formatMoneyExact(budget)} />}
        <Stat label="Spent to date" value={formatMoney(spent)} title={formatMoneyExact(spent)} />
        {showsPlan && (
          <Stat
            label="Pacing"
            value={formatPercent(ratio, 0)}
            title="Spent through the last full day ÷ expected by then, both summed"
            hint={
              ratio === null
                ? 'No campaign is judged'
                : `${formatMoney(pacedSpent)} of ${formatMoney(expected)} expected, ${countWords(pacedCampaigns)}`
            }
          />
        )}
        <Stat
          label="Conversion value"
          value={formatMoney(conversionValue)}
          title={formatMoneyExact(conversionValue)}
          hint="As the platforms claim it"
        />
        <Stat label="ROAS" value={formatRatio(roas)} title="Conversion value ÷ spend, both summed" />
      </StatRow>
      {leftOut.length > 0 && (
        <p className="text-sm text-muted">{leftOut.map(({ note }) => note).join(' ')}</p>
      )}
    </section>
  );
}

function countWords(count: number): string {
  return count === 1 ? '1 campaign' : `${formatCount(count)} campaigns`;
}
