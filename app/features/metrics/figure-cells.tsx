import type { Figures } from '../../../server/domain/metrics/schema.ts';
import { figureTitle, printBare, tableFigures } from './measures.ts';

/** The header cells of a row of figures. */
export function figureHeads() {
  return tableFigures.map(({ id, label, short, formula }) => (
    <th key={id} scope="col" className="end" title={`${label}: ${formula}`}>
      {short ? <abbr title={label}>{short}</abbr> : label}
    </th>
  ));
}

/** A row of figures as cells: a plain function, since a table has hundreds of them. */
export function figureCells(figures: Figures, currency: string) {
  return tableFigures.map((spec) => (
    <td key={spec.id} className="end" {...titleOf(spec, figures, currency)}>
      {printBare(spec, figures, currency)}
    </td>
  ));
}

/** Only money is shown rounded; the others need no longer form. */
function titleOf(spec: (typeof tableFigures)[number], figures: Figures, currency: string) {
  return spec.kind === 'money' ? { title: figureTitle(spec, figures, currency) } : {};
}
