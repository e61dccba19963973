import { useId, type ReactNode } from 'react';
import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
import type { Selection } from '../../table/selection-cells.tsx';
import { useMay } from '../shell/use-account.ts';
import { BulkBar } from './bulk-bar.tsx';
import { BulkStarter } from './bulk-starter.tsx';
import { useBulkPick } from './use-bulk-selection.ts';

export interface BulkListProps {
  noun: BulkNoun;
  /** The rows of this page, from top to bottom. */
  rowIds: readonly string[];
  /** How many match the list's filters. */
  total: number;
  /** The list's address; its filters are what "all that match" means. */
  url: URL;
  /** The list's filters where they are not those of the address: those of a saved view. */
  query?: string;
  /** Draws the table, with checkboxes where there is a selection. */
  children: (selection: Selection | undefined) => ReactNode;
}

/** A list whose rows can be selected and changed together. Who may not change them gets no checkboxes. */
export function BulkList({ noun, rowIds, total, url, query = url.search, children }: BulkListProps) {
  const formId = useId();
  const canChange = useMay('bulk-changes.write');
  const pick = useBulkPick(rowIds, total, formId);
  if (!canChange) return <>{children(undefined)}</>;
  const isBin = url.searchParams.get('deleted') === 'true';
  const returnTo = `${url.pathname.replace(/\.data$/, '')}${url.search}`;
  return (
    <>
      <BulkStarter noun={noun} formId={formId} isBin={isBin} returnTo={returnTo} />
      {children(pick.selection)}
      <BulkBar noun={noun} pick={pick} query={query} total={total} isBin={isBin} returnTo={returnTo} />
    </>
  );
}
