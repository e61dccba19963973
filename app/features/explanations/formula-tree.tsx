import { type ReactNode, useState } from 'react';
import type { Formula } from '../../../server/domain/explanations/schema.ts';
import {
  exactText,
  figureText,
  inWords,
  isShortened,
  operationWords,
  signOf,
  sourceNumbers,
} from './figure-text.ts';

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

/** Many alike stand in lines; few, or what has much below it, each in a place of its own. */
function Parts({ of, isLazy, depth }: PartsProps) {
  const { parts, operation } = of;
  if (parts.length === 0) return <p className="text-muted">Nothing was delivered in these days.</p>;
  const isList = operation === 'SUM' || operation === 'WHOLE_SUM';
  if (isList && parts.every((part) => heightOf(part) <= 2)) return <Lines of={of} />;
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

/** How many operations lie between a value and its deepest leaf. */
function heightOf({ operation, parts }: Formula): number {
  return operation === null ? 0 : 1 + Math.max(0, ...parts.map(heightOf));
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

/** The days of a sum, one line each, with what each is made of below it. Plain elements: a year has hundreds. */
function Lines({ of: { parts, label } }: { of: Formula }) {
  // What scrolls must be reachable by keyboard.
  const scrollable = {
    role: 'region',
    tabIndex: 0,
    'aria-label': `${inWords(label)}, part by part, scrolling`,
  };
  return (
    <div className="formula-lines" {...scrollable}>
      <ul>
        {parts.map((part, at) => (
          <li key={`${at} ${part.label}`} className="formula-line">
            <span className="formula-label">{inWords(part.label)}</span>
            {Value({ of: part })}
            {Beside({ of: part })}
            {madeOf(part)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "USD 300.00 × 3.6725", each value with where it is from; the accounts of a day fold where there are many. */
function madeOf({ operation, parts, label }: Formula): ReactNode {
  if (operation === null) return null;
  const list = (
    <ul className="formula-how">
      {parts.map((part, at) => (
        <li key={`${at} ${part.label}`}>
          {at > 0 && `${signOf(operation)} `}
          {Value({ of: part })} {part.label !== label && inWords(part.label)} {Beside({ of: part })}
          {madeOf(part)}
        </li>
      ))}
    </ul>
  );
  if (parts.length <= 3) return list;
  return (
    <details className="formula-how">
      <summary>{operationWords({ operation, parts, decimals: null })}</summary>
      {list}
    </details>
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

/** What stands beside a leaf: what is to be known of it, and where it is from, by the numbers of its sources. */
function Beside({ of: { sources, note } }: { of: Formula }) {
  if (sources.length === 0 && note === null) return null;
  return (
    <span className="formula-beside">
      {note !== null && <span className="formula-note">{inWords(note)}</span>}
      {sources.length > 0 && (
        <span className="formula-source" title="Where it is from, below">
          <span className="sr-only">source </span>
          {sourceNumbers(sources)}
        </span>
      )}
    </span>
  );
}
