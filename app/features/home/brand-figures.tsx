import type { BreakdownRow, Dashboard, FigureName } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { Rollup } from '../../../server/domain/portfolio/schema.ts';
import { formatCount, formatPercent, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { metricExplainer } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { DeltaMark } from '../metrics/delta-mark.tsx';
import { deltaOf } from '../metrics/deltas.ts';
import { figureSpecs, figureTitle, printFigure } from '../metrics/figure-specs.ts';
import { runHref, StateMark } from '../metrics/freshness-mark.tsx';
import { scopeOf } from './home-kpis.tsx';

const shown = ['spend', 'conversions', 'conversionValue', 'roas'] as const satisfies FigureName[];

export interface BrandFiguresProps {
  /** Cut by brand. */
  dashboard: Dashboard;
  rollup: Rollup;
  /** A client's login sees no budgets. */
  showsPlan: boolean;
}

/** The same figures for each client. */
export function BrandFigures({ dashboard, rollup, showsPlan }: BrandFiguresProps) {
  const { rows } = dashboard;
  if (rows.length === 0) return null;
  const explain = metricExplainer(scopeOf(dashboard));
  return (
    <Panel title="Brands" padded={false}>
      <Table label="Figures by brand">
        <thead>
          <tr>
            <th scope="col">Brand</th>
            {shown.map((name) => (
              <th key={name} scope="col" className="end" title={figureSpecs[name].formula}>
                {figureSpecs[name].label}
              </th>
            ))}
            {showsPlan && (
              <th scope="col" className="end" title="Spent ÷ expected by now, of the campaigns that run">
                Pacing
              </th>
            )}
            <th scope="col" className="end">
              Open campaigns
            </th>
            <th scope="col">Figures</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const plan = rollup.byBrand.find(({ key }) => key === (row.key ?? ''));
            return (
              <tr key={row.key ?? 'none'}>
                <th scope="row">
                  <a href={paths.performance(brandQuery(row))}>{row.name}</a>
                </th>
                {shown.map((name) => (
                  <td key={name} className="end">
                    {figureCell(row, name, { dashboard, explain })}
                  </td>
                ))}
                {showsPlan && <td className="end">{formatPercent(plan?.ratio ?? null, 0)}</td>}
                <td className="end">{plan ? formatCount(plan.campaigns) : missing}</td>
                <td>{StateMark({ state: row.state, href: runHref(dashboard.freshness, row.state) })}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Panel>
  );
}

function brandQuery({ key }: BreakdownRow): string {
  return key === null ? 'by=BRAND' : `brandId=${key}&by=CAMPAIGN`;
}

interface Context {
  dashboard: Dashboard;
  explain: ReturnType<typeof metricExplainer>;
}

function figureCell(row: BreakdownRow, name: FigureName, { dashboard, explain }: Context) {
  const spec = figureSpecs[name];
  const { currency } = dashboard;
  const delta = row.compared && deltaOf(spec, row, row.compared);
  return (
    <>
      {ExplainLink({
        href: explain(name, { row: { by: 'BRAND', key: row.key } }),
        figure: name,
        title: figureTitle(spec, row, currency),
        children: printFigure(spec, row, currency),
      })}{' '}
      {delta && row.compared && DeltaMark({ delta, before: printFigure(spec, row.compared, currency) })}
    </>
  );
}
