import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface StatProps {
  label: string;
  /** Already formatted by app/lib/format.ts; null figures arrive as an em dash. A link where the figure explains itself. */
  value: ReactNode;
  /** The full, unrounded value or the formula, on hover. */
  title?: string;
  /** Where the figure comes from, or what moves it: one short line. */
  hint?: ReactNode;
  /** Smaller digits, where many figures with their currencies stand side by side. */
  isDense?: boolean;
}

/** One figure with its name. Put several into a StatRow. */
export function Stat({ label, value, title, hint, isDense = false }: StatProps) {
  const size = isDense ? 'text-md sm:text-lg' : 'text-lg sm:text-xl';
  return (
    <div className="stat">
      <dt className="truncate text-sm text-muted">{label}</dt>
      <dd className="m-0">
        <span
          className={classNames('figures block truncate font-semibold tracking-tight', size)}
          title={title}
        >
          {value}
        </span>
        {hint && <span className="block text-sm text-subtle">{hint}</span>}
      </dd>
    </div>
  );
}

/** Figures side by side, parted by hairlines; they wrap into a grid where there is no room. */
export function StatRow({ children }: { children: ReactNode }) {
  return <dl className="stat-row">{children}</dl>;
}
