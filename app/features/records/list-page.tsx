import type { ReactNode } from 'react';
import type { PageLinks } from '../../lib/paging.ts';
import { formatCapped } from '../../lib/format.ts';
import { listHref, listParams, VIEW } from '../../lib/list-url.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pagination } from '../../ui/pagination.tsx';
import { conditionWords } from './filter-words.ts';
import type { ListLook } from './list-look.ts';
import type { ListFrame } from './use-list-frame.ts';

export interface ListBodyProps {
  look: ListLook;
  frame: ListFrame;
  total: number;
  links: PageLinks;
  /** What the list is for, where nothing was ever made. */
  description: string;
  /** Null for who may not create. */
  create: { label: string; href: string } | null;
  /** The list under no view. */
  allHref: string;
  /** The table. */
  children: ReactNode;
}

/** A list's table with its pages, or why there is none. */
export function ListBody({
  look,
  frame,
  total,
  links,
  description,
  create,
  allHref,
  children,
}: ListBodyProps) {
  const { url, data, words } = frame;
  if (data.wrongFilter) {
    return (
      <EmptyState
        kind="no-result"
        title="This filter cannot be used"
        description={`${data.wrongFilter} A field may have been removed since the filter was made.`}
        action={{ label: 'Clear the filter', href: listHref(url, { filter: null }) }}
      />
    );
  }
  if (total === 0) {
    if (isOnlyBin(url, look)) return <EmptyBin look={look} listHref={allHref} />;
    const isFiltered = listParams(url).some(
      ([name]) => name === 'q' || name === 'filter' || look.filters.includes(name),
    );
    if (!isFiltered) {
      return (
        <EmptyState
          kind="unused"
          title={`No ${look.many} yet`}
          description={description}
          {...(create && { action: create })}
        />
      );
    }
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description={notFoundWords(look, url, data.filter && conditionWords(data.filter, words))}
        action={{ label: 'Clear search and filters', href: clearedHref(url, look, allHref) }}
      />
    );
  }
  return (
    <>
      {children}
      <Pagination label={look.label} {...links} summary={formatCapped(total, look.one, look.many)} />
    </>
  );
}

/** Whether what was deleted is shown, and nothing is searched in it. */
function isOnlyBin(url: URL, look: ListLook): boolean {
  const asked = listParams(url).flatMap(([name]) =>
    name === 'q' || name === 'filter' || look.filters.includes(name) ? [name] : [],
  );
  return asked.length === 1 && asked[0] === 'deleted' && url.searchParams.get('deleted') === 'true';
}

function EmptyBin({ look, listHref }: { look: ListLook; listHref: string }) {
  return (
    <EmptyState
      kind="no-result"
      title="The recycle bin is empty"
      description={`Deleted ${look.many} stand here, and can be restored.`}
      action={{ label: `Back to ${look.many}`, href: listHref }}
    />
  );
}

function notFoundWords(look: ListLook, url: URL, filter: string | null): string {
  const q = url.searchParams.get('q');
  const searched = q ? ` “${q}”` : '';
  const asked = filter ? ` where ${filter.replace(/^\((.*)\)$/s, '$1')}` : '';
  return searched || asked
    ? `There are no ${look.many}${searched}${asked}.`
    : `No ${look.many} fit this search and these filters.`;
}

function clearedHref(url: URL, look: ListLook, allHref: string): string {
  if (!url.searchParams.has(VIEW)) return allHref;
  const gone = ['q', 'filter', ...look.filters].map((name) => [name, null] as const);
  return listHref(url, Object.fromEntries(gone));
}
