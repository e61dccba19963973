import type { ReactNode } from 'react';

export interface TableProps {
  /** The table's name; the scrolling region carries it. */
  label: string;
  /**
   * `viewport` keeps a list's header in sight: the table scrolls within the window (not on a phone). `content` lets a
   * short table be as tall as it is.
   */
  height?: 'viewport' | 'content';
  /** `linked` where a click anywhere on a row opens it. */
  rows?: 'plain' | 'linked';
  density?: 'comfortable' | 'compact';
  /** The first column holds checkboxes, and the second is the one that stays in sight. */
  hasSelection?: boolean;
  /** Columns are as wide as their <col> says, and what is longer is cut. */
  isFixed?: boolean;
  /**
   * Plain thead, tbody, tr, th, td. A cell's class says what it is: `end` (figures, right), `quiet` (secondary),
   * `clip` (long text cut with an ellipsis), `wrap` (long text broken), `wide` (left out on a phone).
   */
  children: ReactNode;
}

/** The dense table's frame, also for tables that are written by hand. Lists use DataTable. */
export function Table({
  label,
  height = 'content',
  rows = 'plain',
  density = 'comfortable',
  hasSelection = false,
  isFixed = false,
  children,
}: TableProps) {
  // A region that scrolls must be reachable by keyboard, also in browsers that don't focus scrollers themselves.
  const scrollable = { role: 'region', tabIndex: 0, 'aria-label': `${label}, scrolling` };
  return (
    <div className="table-scroll" data-height={height} {...scrollable}>
      <table
        className="dense-table"
        data-rows={rows}
        aria-label={label}
        {...(density === 'compact' && { 'data-density': density })}
        {...(hasSelection && { 'data-selection': '' })}
        {...(isFixed && { 'data-layout': 'fixed' })}
      >
        {children}
      </table>
    </div>
  );
}
