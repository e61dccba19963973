import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';

export interface ExplainLinkProps {
  /** From metricExplainer or explainHref (explain-address.ts). Null, for who may not ask: the figure alone. */
  href: string | null;
  /** The figure's name: "spend", "cpa", "pacingRatio". */
  figure: string;
  /** What is hovered: the exact amount, the formula. */
  title?: string | undefined;
  /** The figure's name in words, where no heading of a table or term of a list says it. */
  label?: string | undefined;
  className?: string | undefined;
  /** The figure as it is shown; "—" is explained as well. */
  children: ReactNode;
}

/**
 * A figure that opens what it is made of: a page without a script, a panel beside this one with it (explain-panel.tsx
 * hears of the press). Plain and without hooks, so that a table may call it as a function.
 */
export function ExplainLink({ href, figure, title, label, className, children }: ExplainLinkProps) {
  if (href === null) {
    return (
      <span data-figure={figure} title={title} className={className}>
        {children}
      </span>
    );
  }
  return (
    <a href={href} data-figure={figure} title={title} className={classNames('figure-link', className)}>
      {children}
      {label && <span className="sr-only">{`, ${label}: how it is made`}</span>}
    </a>
  );
}
