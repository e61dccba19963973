import type { CostFigure, CostLine, CostStack } from '../../../server/domain/costs/schema.ts';
import { formatDateRange, formatMoney, formatMoneyExact, formatPercent } from '../../lib/format.ts';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { costFigureOf, costKindLabels } from './labels.ts';
import { StackBar, swatchOf } from './stack-bar.tsx';

export interface CostStackProps {
  stack: CostStack;
  /** The address that explains one of its figures. */
  hrefOf: (figure: CostFigure) => string;
}

/** What a campaign costs, from media to what the client pays: one bar, and the table that it is drawn from. */
export function CostStackPanel({ stack, hrefOf }: CostStackProps) {
  const { lines, range, currency, leftOut } = stack;
  const days = range ? formatDateRange(range.from, range.to) : 'Nothing was spent yet';
  return (
    <>
      {leftOut.length > 0 && (
        <Callout tone="warning" title="Not everything is in these sums">
          <ul className="grid gap-1">
            {leftOut.map((item) => (
              <li key={`${item.kind} ${item.currency}`}>
                {costKindLabels[item.kind]}, {formatMoney(item, 'code')}: {item.note}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      <Panel title="Cost" description={`${days}, in ${currency}`} padded={false}>
        <div className="px-4 pt-4 empty:hidden">
          <StackBar lines={lines} />
        </div>
        <Table label="Cost by kind">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col" className="end">
                Amount
              </th>
              <th scope="col" className="end">
                Of what the client pays
              </th>
              <th scope="col" className="end">
                Agreed, not yet earned
              </th>
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <StackLine key={line.kind} line={line} hrefOf={hrefOf} />
            ))}
          </tbody>
        </Table>
        <Notes stack={stack} />
      </Panel>
    </>
  );
}

function StackLine({ line, hrefOf }: { line: CostLine; hrefOf: CostStackProps['hrefOf'] }) {
  const { kind, amount, committed, share, note } = line;
  const swatch = swatchOf(kind);
  const figure = costFigureOf[kind];
  return (
    <tr className={swatch ? undefined : 'stack-sum'}>
      <th scope="row">
        {swatch && <span aria-hidden="true" className={`mr-2 inline-block size-2.5 rounded-sm ${swatch}`} />}
        {costKindLabels[kind]}
      </th>
      <td className="end">
        <ExplainLink href={hrefOf(figure)} figure={figure} title={formatMoneyExact(amount)}>
          {formatMoney(amount)}
        </ExplainLink>
      </td>
      <td className="end quiet">{formatPercent(share, 1)}</td>
      <td className="end">
        {kind === 'CREATOR' && (
          <ExplainLink href={hrefOf('creatorsCommitted')} figure="creatorsCommitted">
            {formatMoney(committed)}
          </ExplainLink>
        )}
      </td>
      <td className="wrap quiet">{note}</td>
    </tr>
  );
}

function Notes({ stack: { notes, fx } }: { stack: CostStack }) {
  const rates = fx.filter(({ base, quote }) => base !== quote).map(({ note }) => note);
  const all = [...new Set([...notes, ...rates])];
  if (all.length === 0) return null;
  return (
    <div className="border-t border-line py-3 pr-4 pl-8">
      <ul className="grid max-w-200 list-disc gap-1 text-sm text-muted">
        {all.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
