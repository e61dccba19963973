import { type ReactNode, useState } from 'react';
import type { Formula } from '../../../server/domain/explanations/schema.ts';
import { exactText, figureText, inWords, isShortened, operationWords, signOf } from './figure-text.ts';

export interface FormulaTreeProps {
  formula: Formula;
  /** Whether what is folded is made when it is unfolded; a page without a script has it from the start. */
  isLazy: boolean;
}

/** What a figure is made of, from the outside in: the operation, its parts, and of each part the same. */
export function FormulaTree({ formula, isLazy }: FormulaTreeProps) {
  if (formula.operation === null) {
    return (
      <p className="formula-leaf">
        <Value of={formula} /> <Beside of={formula} />
      </p>
    );
  }
  return <Parts of={formula} isLazy={isLazy} depth={0} />;
}

interface PartsProps {
  of: Formula;
  isLazy: boolean;
  depth: number;
}

/** Many alike stand in a table; few, or what has much below it, under each other. */
function Parts({ of, isLazy, depth }: PartsProps) {
  const { parts, operation } = of;
  if (parts.length === 0) return <p className="text-muted">Nothing was delivered in these days.</p>;
  const isList = operation === 'SUM' || operation === 'WHOLE_SUM';
  if (isList && parts.every(isLine)) return <PartsTable of={of} />;
  return (
    <ul className="formula-parts">
      {parts.map((part, at) => (
        <li key={`${at} ${part.label}`}>
          {at > 0 && (
            <span className="formula-sign" aria-hidden="true">
              {signOf(operation ?? 'SUM')}
            </span>
          )}
          <Part of={part} isLazy={isLazy} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

/** Leaves at most two levels down: a line of a table tells it whole. */
function isLine({ parts }: Formula): boolean {
  return parts.length <= 6 && parts.every((part) => part.parts.every(({ operation }) => operation === null));
}

function Part({ of, isLazy, depth }: PartsProps) {
  const [isOpen, setOpen] = useState(depth <= 1);
  const head = (
    <>
      <span className="formula-label">{inWords(of.label)}</span>
      <Value of={of} />
    </>
  );
  if (of.operation === null) {
    return (
      <div className="formula-line">
        {head}
        <Beside of={of} />
      </div>
    );
  }
  return (
    <details open={depth <= 1} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="formula-line">
        {head}
        <span className="formula-beside">{noteOf(of)}</span>
      </summary>
      <div className="formula-below">
        {(isOpen || !isLazy) && <Parts of={of} isLazy={isLazy} depth={depth} />}
      </div>
    </details>
  );
}

function noteOf(of: Formula): string {
  return [operationWords(of), of.note === null ? '' : inWords(of.note)].filter(Boolean).join(' · ');
}

/** The days of a sum. Plain cells: a year has hundreds. */
function PartsTable({ of: { parts, label } }: { of: Formula }) {
  const hasHow = parts.some(({ operation }) => operation !== null);
  const scrollable = {
    role: 'region',
    tabIndex: 0,
    'aria-label': `${inWords(label)}, part by part, scrolling`,
  };
  return (
    <div className="formula-table" {...scrollable}>
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            {hasHow && <th scope="col">Made of</th>}
            <th scope="col" className="end">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, at) => (
            <tr key={`${at} ${part.label}`}>
              <th scope="row">
                {inWords(part.label)}
                {Beside({ of: part })}
              </th>
              {hasHow && <td>{how(part)}</td>}
              <td className="end">{Value({ of: part })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "USD 300.00 × 3.6725", each value with where it is from. */
function how({ operation, parts, label }: Formula): ReactNode {
  if (operation === null) return null;
  return (
    <ul className="formula-how">
      {parts.map((part, at) => (
        <li key={`${at} ${part.label}`}>
          {at > 0 && `${signOf(operation)} `}
          {Value({ of: part })}{' '}
          <span className="formula-beside">{part.label === label ? null : inWords(part.label)}</span>
          {Beside({ of: part })}
          {how(part)}
        </li>
      ))}
    </ul>
  );
}

/** A value in its short form, with every digit for who hovers or copies. */
function Value({ of }: { of: Formula }) {
  const title = isShortened(of) ? exactText(of) : undefined;
  return (
    <data className="figures formula-value" value={of.value ?? ''} title={title}>
      {figureText(of)}
    </data>
  );
}

/** What stands beside a leaf: where it is from, by the number of its source, and what is to be known of it. */
function Beside({ of: { sources, note } }: { of: Formula }) {
  if (sources.length === 0 && note === null) return null;
  return (
    <span className="formula-beside">
      {note !== null && inWords(note)}
      {sources.map((source) => (
        <span key={source} className="formula-source" title={`Source ${source + 1}, below`}>
          <span className="sr-only">source </span>
          {source + 1}
        </span>
      ))}
    </span>
  );
}
