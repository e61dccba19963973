import { useMemo } from 'react';
import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import type { Selection } from '../../table/selection-cells.tsx';
import { readSort, sortHref } from '../../table/sort.ts';
import { contentSorts } from '../../../server/domain/creator-contents/fields.ts';
import { firstLine } from './labels.ts';
import { disclosureCell, matchCell, pieceCell, publishedCell, rateCell, typeCell } from './piece-cells.tsx';

export interface ContentTableProps {
  contents: readonly CreatorContent[];
  /** The list's own address, which carries its order. */
  url: URL;
  /** Of one campaign alone: its own state of each piece. */
  campaignId?: string | null;
  /** Of one creator alone: who it is needs no column. */
  isOfOneCreator?: boolean;
  now: string;
  timeZone: string;
  selection?: Selection | undefined;
}

/** Posts of all networks in one calm table; every figure as its network tells it, "—" where it does not. */
export function ContentTable({ contents, url, selection, ...shown }: ContentTableProps) {
  const { campaignId = null, isOfOneCreator = false, now, timeZone } = shown;
  const columns = useMemo(
    () => columnsOf({ campaignId, now, timeZone }).filter(({ id }) => !(isOfOneCreator && id === 'creator')),
    [campaignId, isOfOneCreator, now, timeZone],
  );
  return (
    <DataTable
      label="Content"
      columns={columns}
      rows={contents}
      rowId={({ id }) => id}
      rowName={firstLine}
      rowHref={({ id }) => paths.creatorContent(id)}
      sort={readSort(url.searchParams.get('sort') ?? '-publishedAt', contentSorts)}
      hrefForSort={(sort) => sortHref(url, sort)}
      {...(selection && { selection })}
    />
  );
}

interface Words {
  campaignId: string | null;
  now: string;
  timeZone: string;
}

const figure = (id: 'views' | 'likes' | 'comments' | 'shares' | 'saves', header: string) => ({
  id,
  header,
  className: 'end',
  cell: (content: CreatorContent) => formatCount(content[id]),
  firstDirection: 'desc' as const,
});

function columnsOf({ campaignId, now, timeZone }: Words): DataColumn<CreatorContent>[] {
  return [
    { id: 'piece', header: 'Post', cell: pieceCell, className: 'clip' },
    { id: 'creator', header: 'Creator', cell: ({ creatorName }) => creatorName },
    { id: 'type', header: 'Type', cell: typeCell, className: 'quiet' },
    {
      id: 'published',
      header: 'Published',
      cell: (content) => publishedCell(content, { now, timeZone }),
      sortKey: 'publishedAt',
      firstDirection: 'desc',
    },
    { ...figure('views', 'Views'), sortKey: 'views' },
    { ...figure('likes', 'Likes'), sortKey: 'likes' },
    { ...figure('comments', 'Comments'), sortKey: 'comments' },
    figure('shares', 'Shares'),
    figure('saves', 'Saves'),
    {
      id: 'rate',
      header: 'Rate of views',
      className: 'end',
      cell: rateCell,
      sortKey: 'engagementRate',
      firstDirection: 'desc',
    },
    {
      id: 'campaign',
      header: campaignId === null ? 'Campaign' : 'State',
      cell: (content) => matchCell(content, campaignId),
    },
    { id: 'disclosure', header: 'Disclosure', cell: disclosureCell },
  ];
}
