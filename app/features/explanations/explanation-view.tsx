import { useId, type ReactNode } from 'react';
import type { Explanation } from '../../../server/domain/explanations/schema.ts';
import { paths } from '../../lib/paths.ts';
import { useTimeZone } from '../shell/use-account.ts';
import { exactText, figureText, inWords, isShortened } from './figure-text.ts';
import { FormulaTree } from './formula-tree.tsx';
import { RestatementList } from './restatement-list.tsx';
import { SourceList } from './source-list.tsx';

export interface ExplanationViewProps {
  explanation: Explanation;
  /** What was asked: the query of its address. */
  query: string;
  /** Whether what is folded is made when it is unfolded: see FormulaTree. */
  isLazy: boolean;
}

/** A figure and all that it is made of: the formula, its inputs, whom they are from, and what they said before. */
export function ExplanationView({ explanation, query, isLazy }: ExplanationViewProps) {
  const { formula, notes, sources, words, subtitle } = explanation;
  const timeZone = useTimeZone();
  return (
    <div className="explanation">
      <header className="grid gap-1">
        <p className="text-muted">{inWords(subtitle)}</p>
        <p className="explain-figure">
          <data className="figures" value={formula.value ?? ''} data-explained="">
            {figureText(formula)}
          </data>
        </p>
        {isShortened(formula) && <p className="figures text-sm text-subtle">exactly {exactText(formula)}</p>}
        <p className="font-medium text-pretty">{words}</p>
      </header>
      <Part title="What it is made of">
        <FormulaTree formula={formula} isLazy={isLazy} />
      </Part>
      {notes.length > 0 && (
        <Part title="To know beside it">
          <ul className="explain-notes">
            {notes.map((note) => (
              <li key={note}>{inWords(note)}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Where that is from">
        {sources.length === 0 ? (
          <p className="text-muted">No stored row stands behind this figure.</p>
        ) : (
          <SourceList sources={sources} timeZone={timeZone} />
        )}
      </Part>
      <Part title="What it said before">
        <RestatementList explanation={explanation} asOfHref={asOfHrefOf(query)} timeZone={timeZone} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="grid gap-2">
      <h3 id={titleId} className="text-sm font-medium text-muted">
        {title}
      </h3>
      {children}
    </section>
  );
}

/** Figures of platforms have a past; plans and fees are of today. */
function asOfHrefOf(query: string): ((moment: string) => string) | null {
  const search = new URLSearchParams(query);
  if (search.get('of') !== 'metric') return null;
  return (moment) => {
    const past = new URLSearchParams(search);
    past.set('asOf', moment);
    return paths.explain(past.toString());
  };
}
