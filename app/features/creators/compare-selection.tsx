import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { formatCapped } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import type { Selection } from '../../table/selection-cells.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { type BulkPick, useBulkPick } from '../bulk-changes/use-bulk-selection.ts';
import { compareHref, FEWEST_COMPARED, MOST_COMPARED } from './compare-address.ts';

export interface CompareSelectionProps {
  /** The rows of this page, from top to bottom. */
  rowIds: readonly string[];
  total: number;
  /** Draws the table with its checkboxes. */
  children: (selection: Selection) => ReactNode;
}

/** A roster whose rows can be chosen and compared. Before the script arrives the checkboxes are a plain form's. */
export function CompareSelection({ rowIds, total, children }: CompareSelectionProps) {
  const formId = useId();
  const pick = useBulkPick(rowIds, total, formId);
  return (
    <>
      <form
        id={formId}
        method="get"
        action={paths.compareCreators('')}
        className="needs-no-script bulk-starter"
      >
        <Button type="submit">Compare the selected</Button>
      </form>
      {children(pick.selection)}
      <CompareBar pick={pick} />
    </>
  );
}

function CompareBar({ pick }: { pick: BulkPick }) {
  const { count, selectedIds, clear } = pick;
  const words = formatCapped(count, 'creator', 'creators');
  return (
    <>
      <p className="sr-only" role="status">
        {count > 0 ? `${words} selected` : ''}
      </p>
      {count > 0 && (
        <section className="bulk-bar" aria-label="Selected creators">
          <strong className="font-medium">{words} selected</strong>
          {count < FEWEST_COMPARED && <span className="text-muted">Select one more to compare</span>}
          {count > MOST_COMPARED && <span className="text-muted">Up to {MOST_COMPARED} can be compared</span>}
          {count >= FEWEST_COMPARED && count <= MOST_COMPARED && (
            <LinkButton variant="primary" href={compareHref(selectedIds)}>
              Compare
            </LinkButton>
          )}
          <Button variant="quiet" iconOnly aria-label="Clear the selection" onClick={clear}>
            <X aria-hidden="true" />
          </Button>
        </section>
      )}
    </>
  );
}
