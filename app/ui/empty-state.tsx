import type { ReactNode } from 'react';
import { LinkButton } from './button.tsx';

export interface EmptyStateProps {
  /**
   * `unused`: nothing was ever made here — say what it is for. `no-result`: filters hide everything — offer to clear
   * them. `no-right`: the reader may not see it — say who can grant it.
   */
  kind: 'unused' | 'no-result' | 'no-right';
  title: string;
  /** One or two sentences: what this is, and why one would want it. */
  description: ReactNode;
  /** The one thing to do next. */
  action?: { label: string; href: string };
  /** A form or button where the action is no link. */
  children?: ReactNode;
}

/** Never a bare "No data": each of the three kinds says why it is empty and what helps. */
export function EmptyState({ kind, title, description, action, children }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-16 text-center">
      <EmptyPicture kind={kind} />
      <h2 className="pt-3 text-md">{title}</h2>
      <p className="max-w-[26rem] text-pretty text-muted">{description}</p>
      {(action ?? children) && (
        <div className="flex flex-wrap justify-center gap-2 pt-4">
          {action && (
            <LinkButton href={action.href} variant={kind === 'unused' ? 'primary' : 'secondary'}>
              {action.label}
            </LinkButton>
          )}
          {children}
        </div>
      )}
    </div>
  );
}

/** Three rows of a table that isn't there yet; drawn with the tokens, so that both themes fit. */
function EmptyPicture({ kind }: { kind: EmptyStateProps['kind'] }) {
  return (
    <svg
      width="72"
      height="48"
      viewBox="0 0 72 48"
      fill="none"
      aria-hidden="true"
      className="text-line-strong"
    >
      <rect x="0.75" y="0.75" width="70.5" height="46.5" rx="7.25" stroke="currentColor" strokeWidth="1.5" />
      <path d="M1 16h70M1 32h70" stroke="currentColor" strokeWidth="1.5" />
      <g fill="currentColor">
        <rect x="9" y="7" width="20" height="3" rx="1.5" />
        <rect x="9" y="23" width="26" height="3" rx="1.5" />
        <rect x="9" y="38.5" width="16" height="3" rx="1.5" />
      </g>
      {kind === 'unused' && <circle cx="58" cy="24" r="6" className="fill-accent" />}
      {kind === 'no-result' && (
        <path d="m54 20 8 8m0-8-8 8" className="stroke-muted" strokeWidth="2" strokeLinecap="round" />
      )}
      {kind === 'no-right' && (
        <path d="M53.5 23h9v6h-9zm1.5 0v-2a3 3 0 0 1 6 0v2" className="stroke-muted" strokeWidth="1.75" />
      )}
    </svg>
  );
}
