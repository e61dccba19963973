import type { Figures } from '../../../server/domain/metrics/schema.ts';
import { missing } from '../../lib/format.ts';
import { type FigureSpec, figureTitle, isPartlyTold, printBare, tableFigures } from './measures.ts';

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
  return tableFigures.map((spec) => {
    const text = printBare(spec, figures, currency);
    const isPart = isPartlyTold(spec, figures);
    return (
      <td key={spec.id} className="end" {...titleOf(spec, { figures, currency, isPart })}>
        {text}
        {isPart && text !== missing && (
          <>
            <span aria-hidden="true">*</span>
            <span className="sr-only"> of the days that tell it</span>
          </>
        )}
      </td>
    );
  });
}

interface Shown {
  figures: Figures;
  currency: string;
  isPart: boolean;
}

/** Money is shown rounded, and a sum may be of some days alone; the others need no more words. */
function titleOf(spec: FigureSpec, { figures, currency, isPart }: Shown) {
  return spec.kind === 'money' || isPart ? { title: figureTitle(spec, figures, currency) } : {};
}
