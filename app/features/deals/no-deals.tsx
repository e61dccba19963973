import { paths } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

export interface NoDealsProps {
  isFiltered: boolean;
  canCreate: boolean;
  view: 'board' | 'list';
}

export function NoDeals({ isFiltered, canCreate, view }: NoDealsProps) {
  if (isFiltered) {
    const action = { label: 'Clear filters', href: view === 'list' ? paths.dealList() : paths.dealBoard() };
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No deal fits this search and these filters."
        action={action}
      />
    );
  }
  const description =
    'What may become work stands here, from the first lead to won or lost. Add one, or import a file.';
  const action = canCreate ? { action: { label: 'New deal', href: paths.newDeal() } } : {};
  return <EmptyState kind="unused" title="No deals yet" description={description} {...action} />;
}
