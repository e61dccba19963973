import type { CostFigure, CostStack } from '../../../server/domain/costs/schema.ts';
import type { Pacing, PacingFigure } from '../../../server/domain/pacing/schema.ts';
import { formatDate, formatMoney, formatRatio, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { explainHref } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { bandWords } from '../pacing/band-words.ts';

export interface MoneyStripProps {
  pacing: Pacing;
  costs: CostStack;
}

/** Whether the campaign keeps its pace and what it costs, in a line; the tabs Budget and Costs have the rest. */
export function MoneyStrip({ pacing, costs }: MoneyStripProps) {
  const { campaignId, band, reason } = pacing;
  const { label, tone } = bandWords[band];
  return (
    <Panel
      title="Pace and cost"
      actions={
        <>
          <LinkButton size="small" href={paths.campaignBudget(campaignId)}>
            Budget
          </LinkButton>
          <LinkButton size="small" href={paths.campaignCosts(campaignId)}>
            Costs
          </LinkButton>
        </>
      }
    >
      <p className="pb-3">
        <StatusDot tone={tone}>{label}</StatusDot>: {reason}
      </p>
      <StatRow>
        {paceFigures(pacing).map((figure) => (
          <Figure
            key={figure.figure}
            {...figure}
            href={explainHref('pacing', { campaignId, figure: figure.figure })}
          />
        ))}
        {costFigures(costs).map((figure) => (
          <Figure
            key={figure.figure}
            {...figure}
            href={explainHref('cost', {
              campaignIds: costs.campaignIds,
              currency: costs.currency,
              figure: figure.figure,
            })}
          />
        ))}
      </StatRow>
    </Panel>
  );
}

interface Shown<Name extends string> {
  figure: Name;
  label: string;
  value: string;
  hint: string | null;
}

function Figure({ figure, label, value, hint, href }: Shown<string> & { href: string }) {
  return (
    <Stat
      isDense
      label={label}
      value={
        <ExplainLink href={href} figure={figure}>
          {value}
        </ExplainLink>
      }
      {...(hint && { hint })}
    />
  );
}

function paceFigures(pacing: Pacing): Shown<PacingFigure>[] {
  const { spent, budget, through, ratio, expected, flightEnd, currency } = pacing;
  const money = (amount: string | null) => (amount === null ? missing : formatMoney({ amount, currency }));
  const ofBudget = budget === null ? null : `of ${money(budget)}`;
  const until = through === null ? null : `to ${formatDate(through)}`;
  return [
    {
      figure: 'spent',
      label: 'Spent on platforms',
      value: money(spent),
      hint: [ofBudget, until].filter(Boolean).join(', ') || null,
    },
    {
      figure: 'ratio',
      label: 'Spent per expected',
      value: formatRatio(ratio),
      hint: expected === null ? null : `expected ${money(expected)}`,
    },
    {
      figure: 'flightEnd',
      label: 'By the flight’s end',
      value: money(flightEnd?.amount ?? null),
      hint: flightEnd?.low && flightEnd.high ? `${money(flightEnd.low)} to ${money(flightEnd.high)}` : null,
    },
  ];
}

function costFigures({ lines, claimed, truth }: CostStack): Shown<CostFigure>[] {
  const total = lines.find(({ kind }) => kind === 'CLIENT_COST');
  return [
    {
      figure: 'clientCost',
      label: 'Cost to the client',
      value: formatMoney(total?.amount),
      hint: total?.note ?? 'media, boosts, creators, other, margin',
    },
    {
      figure: 'claimedRoas',
      label: 'ROAS, as claimed',
      value: formatRatio(claimed.roas),
      hint: claimed.roas === null ? claimed.reason : claimed.overlapNote && 'may count a sale twice',
    },
    {
      figure: 'trueRoas',
      label: 'ROAS, by your source',
      value: formatRatio(truth.roas),
      hint: truth.roas === null ? truth.reason : truth.origins.join(', ') || null,
    },
  ];
}
