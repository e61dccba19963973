import type { ReactNode } from 'react';
import type { CostFigure, CostStack } from '../../../server/domain/costs/schema.ts';
import { formatCount, formatMoney, formatRatio } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import type { CostStackProps } from './cost-stack-panel.tsx';
import { valueSourceLabels } from './labels.ts';

export interface ReturnPanelsProps extends CostStackProps {
  /** Where the agency's own counts are kept. */
  resultsHref: string;
}

/** Two answers to what it brought, beside each other: as the platforms claim, and by the source that the agency chose. */
export function ReturnPanels({ stack, hrefOf, resultsHref }: ReturnPanelsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Claimed stack={stack} hrefOf={hrefOf} />
      <Truth stack={stack} hrefOf={hrefOf} resultsHref={resultsHref} />
    </div>
  );
}

type Row = readonly [label: string, figure: CostFigure, value: string];

function Claimed({ stack: { claimed, currency }, hrefOf }: CostStackProps) {
  const rows: Row[] = [
    ['ROAS on what the client pays', 'claimedRoas', formatRatio(claimed.roas)],
    ['ROAS on media alone, as dashboards show it', 'mediaRoas', formatRatio(claimed.mediaRoas)],
    ['Value', 'claimedValue', formatMoney(claimed.conversionValue)],
    ['Conversions', 'claimedConversions', formatCount(claimed.conversions)],
    ['Cost per conversion', 'claimedCpa', moneyOf(claimed.cpa, currency)],
  ];
  const who = claimed.platforms.map(platformLabel).join(', ');
  return (
    <Panel title="As the platforms claim" description={who || 'No platform claims anything yet'}>
      <Figures rows={rows} hrefOf={hrefOf} />
      {claimed.reason && <p className="pt-2 text-sm text-muted">{claimed.reason}</p>}
      {claimed.overlapNote && (
        <div className="pt-3">
          <Callout tone="info" title="Counted more than once, perhaps">
            {claimed.overlapNote}
          </Callout>
        </div>
      )}
    </Panel>
  );
}

const choosers = {
  BRAND: 'chosen for the brand',
  AGENCY: 'chosen by the agency',
  DEFAULT: 'nobody has chosen yet',
  SEVERAL: 'the brands chose differently',
} as const satisfies Record<CostStack['truth']['chosenBy'], string>;

function Truth({ stack: { truth, currency }, hrefOf, resultsHref }: ReturnPanelsProps) {
  const rows: Row[] = [
    ['ROAS on what the client pays', 'trueRoas', formatRatio(truth.roas)],
    ['Value', 'trueValue', formatMoney(truth.conversionValue)],
    ['Conversions', 'trueConversions', formatCount(truth.conversions)],
    ['Cost per conversion', 'trueCpa', moneyOf(truth.cpa, currency)],
  ];
  const source = truth.source ? valueSourceLabels[truth.source] : 'No one source';
  return (
    <Panel
      title="By the source of truth"
      description={`${source}, ${choosers[truth.chosenBy]}`}
      actions={
        <a className="link text-sm" href={paths.settingsCosts()}>
          Source of truth
        </a>
      }
    >
      <Figures rows={rows} hrefOf={hrefOf} />
      {truth.origins.length > 0 && (
        <p className="pt-2 text-sm text-muted">Counted by {truth.origins.join(', ')}.</p>
      )}
      {truth.reason && <p className="pt-2 text-sm text-muted">{truth.reason}</p>}
      {truth.source === 'RESULTS' && (
        <p className="pt-2 text-sm">
          <a className="link" href={resultsHref}>
            Results of the campaign
          </a>
        </p>
      )}
    </Panel>
  );
}

function Figures({ rows, hrefOf }: { rows: readonly Row[]; hrefOf: CostStackProps['hrefOf'] }): ReactNode {
  return (
    <dl className="grid gap-1.5">
      {rows.map(([label, figure, value], at) => (
        <div key={figure} className="flex items-baseline justify-between gap-4">
          <dt className="text-muted">{label}</dt>
          <dd className={at === 0 ? 'figures text-xl font-semibold tracking-tight' : 'figures'}>
            <ExplainLink href={hrefOf(figure)} figure={figure}>
              {value}
            </ExplainLink>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function moneyOf(amount: string | null, currency: string): string {
  return formatMoney(amount === null ? null : { amount, currency });
}
