import { EmptyState } from '../../ui/empty-state.tsx';

export interface NoRecordsProps {
  /** "contacts". */
  nouns: string;
  isFiltered: boolean;
  /** The list without its filters. */
  listHref: string;
  /** What the list is for, where nothing was ever made. */
  description: string;
  /** Null for who may not create. */
  create: { label: string; href: string } | null;
}

/** A list without a row: either its filters hide everything, or nothing is there yet. */
export function NoRecords({ nouns, isFiltered, listHref, description, create }: NoRecordsProps) {
  if (isFiltered) {
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description={`No ${nouns} fit this search and these filters.`}
        action={{ label: 'Clear filters', href: listHref }}
      />
    );
  }
  const action = create ? { action: create } : {};
  return <EmptyState kind="unused" title={`No ${nouns} yet`} description={description} {...action} />;
}
