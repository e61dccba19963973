import { useId } from 'react';
import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { formatCapped } from '../../lib/format.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { Pagination } from '../../ui/pagination.tsx';
import { useBulkPick } from '../bulk-changes/use-bulk-selection.ts';
import { useMay, useTimeZone } from '../shell/use-account.ts';
import { ContentGrid } from './content-grid.tsx';
import { readContentView } from './content-query.ts';
import { ContentTable } from './content-table.tsx';
import { DecisionBar } from './decision-bar.tsx';

export interface ContentListProps {
  contents: readonly CreatorContent[];
  total: number;
  links: PageLinks;
  /** The list's whole address. */
  address: string;
  now: string;
  /** Of one campaign alone. */
  campaignId?: string | null;
  /** Of one creator alone: who it is needs no column. */
  isOfOneCreator?: boolean;
}

/** A page of posts as a table or as cards, and what can be decided about those that are chosen. */
export function ContentList(props: ContentListProps) {
  const { contents, total, links, address, now, campaignId = null, isOfOneCreator = false } = props;
  const formId = useId();
  const canDecide = useMay('creator-contents.write');
  const timeZone = useTimeZone();
  const url = new URL(address);
  const pick = useBulkPick(
    contents.map(({ id }) => id),
    total,
    formId,
  );
  const selection = canDecide ? pick.selection : undefined;
  const shown = { contents, campaignId, now, timeZone, selection };
  return (
    <>
      {readContentView(url) === 'grid' ? (
        <ContentGrid {...shown} />
      ) : (
        <ContentTable {...shown} url={url} isOfOneCreator={isOfOneCreator} />
      )}
      {canDecide && <DecisionBar formId={formId} contents={contents} campaignId={campaignId} pick={pick} />}
      <Pagination label="Content" {...links} summary={formatCapped(total, 'post', 'posts')} />
    </>
  );
}
