import type {
  Breakdown,
  BreakdownRow,
  Dashboard,
  FigureSet,
} from '../../../server/domain/metrics/dashboard-schema.ts';
import { formatDay, formatMoney, formatName, missing } from '../../lib/format.ts';
import type { DataColumn } from '../../table/data-table.tsx';
import type { metricExplainer, MetricRow } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { DeltaMark } from './delta-mark.tsx';
import { deltaOf } from './deltas.ts';
import { type FigureSpec, figureTitle, isPartlyTold, printBare, tableFigures } from './figure-specs.ts';
import { runHref, StateMark } from './freshness-mark.tsx';
import { statusWord } from './status-word.ts';

export interface FigureColumnsProps {
  dashboard: Dashboard;
  explain: ReturnType<typeof metricExplainer>;
  /** Where a row leads: the page narrowed to it. */
  hrefOf: (row: BreakdownRow) => string | null;
}

/** What the first column is called, and a table's tab. */
export const breakdownLabels = {
  DAY: 'Day',
  PLATFORM: 'Platform',
  AD_ACCOUNT: 'Ad account',
  BRAND: 'Brand',
  CAMPAIGN: 'Campaign',
  PLATFORM_CAMPAIGN: 'Platform campaign',
  CREATOR: 'Creator',
} as const satisfies Record<Breakdown, string>;

/** A row's name, how far it may be trusted, and all its figures, with the totals below. */
export function figureColumns(props: FigureColumnsProps): DataColumn<BreakdownRow>[] {
  const { dashboard } = props;
  return [
    {
      id: 'name',
      header: breakdownLabels[dashboard.by],
      className: 'figure-name',
      cell: (row) => nameCell(row, props),
      footer: 'Total',
    },
    {
      id: 'state',
      header: 'Data',
      cell: (row) => StateMark({ state: row.state, href: stateHref(row, dashboard) }),
    },
    ...tableFigures.map((spec) => figureColumn(spec, props)),
  ];
}

function nameCell(row: BreakdownRow, { dashboard: { by }, hrefOf }: FigureColumnsProps) {
  const href = hrefOf(row);
  const name = nameOf(row, by);
  const detail = detailOf(row, by);
  return (
    <>
      {href === null ? name : <a href={href}>{name}</a>}
      {detail && <small>{detail}</small>}
    </>
  );
}

export function nameOf({ key, name }: Pick<BreakdownRow, 'key' | 'name'>, by: Breakdown): string {
  if (by === 'DAY') return formatDay(key);
  return by === 'PLATFORM' && key !== null ? platformLabel(key) : formatName(name);
}

/** "Meta · Kesselbrand · Active": what tells a row from its namesakes. */
function detailOf({ platform, detail, status }: BreakdownRow, by: Breakdown): string {
  const parts = [
    by !== 'PLATFORM' && platform ? platformLabel(platform) : null,
    detail,
    statusWord(status, by),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** An account's own run; of rows over several accounts the one that can be meant. */
function stateHref({ key, platform, state }: BreakdownRow, { by, freshness }: Dashboard): string {
  const marks = freshness.filter(
    (mark) =>
      (by !== 'AD_ACCOUNT' || mark.adAccountId === key) && (platform === null || mark.platform === platform),
  );
  return runHref(marks, state);
}

function figureColumn(spec: FigureSpec, props: FigureColumnsProps): DataColumn<BreakdownRow> {
  const { dashboard, explain } = props;
  const { by, currency, totals } = dashboard;
  const foot = { figures: totals, currency, href: explain(spec.id) };
  return {
    id: spec.id,
    header: spec.label,
    className: 'end',
    // Days stand in their own order.
    ...(by !== 'DAY' && { sortKey: spec.id, firstDirection: 'desc' as const }),
    cell: (row) => figureCell(spec, row, { ...props, row: { by, key: row.key } }),
    footer: figureLink(spec, foot),
  };
}

function figureCell(
  spec: FigureSpec,
  row: BreakdownRow,
  { dashboard: { currency }, explain, row: of }: FigureColumnsProps & { row: MetricRow },
) {
  const link = figureLink(spec, { figures: row, currency, href: explain(spec.id, { row: of }) });
  const delta = row.compared && deltaOf(spec, row, row.compared);
  const own = spec.id === 'spend' ? ownSpend(row) : '';
  if (!delta && !own) return link;
  return (
    <>
      {link}
      {delta && row.compared && DeltaMark({ delta, before: printBare(spec, row.compared, currency) })}
      {own && (
        <small className="own" title={own}>
          {row.ownSpend.length > FEW ? `in ${row.ownSpend.length} currencies` : own}
        </small>
      )}
    </>
  );
}

/** Amounts of two currencies stand beside each other; they are never added. */
function ownSpend({ ownSpend: amounts }: BreakdownRow): string {
  return amounts.map((amount) => formatMoney(amount, 'code')).join(' + ');
}

/** More own currencies than these are counted; a step finer shows each. */
const FEW = 3;

interface Shown {
  figures: FigureSet;
  currency: string;
  href: string;
}

/** A figure of a table: money is shown rounded, and its title has every digit. */
function figureLink(spec: FigureSpec, { figures, currency, href }: Shown) {
  const text = printBare(spec, figures, currency);
  const isPart = isPartlyTold(spec, figures);
  const title = spec.kind === 'money' || isPart ? figureTitle(spec, figures, currency) : undefined;
  const link = ExplainLink({ href, figure: spec.id, title, children: text });
  if (!isPart || text === missing) return link;
  return (
    <>
      {link}
      <span aria-hidden="true">*</span>
      <span className="sr-only"> of the days that tell it</span>
    </>
  );
}
