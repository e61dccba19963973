import type { DealTotals } from '../../../server/domain/deals/schema.ts';
import { formatCount, formatMoney } from '../../lib/format.ts';
import { listOf } from '../../lib/list-address.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { paths } from '../../lib/paths.ts';
import { BulkList } from '../bulk-changes/bulk-list.tsx';
import type { ListRow } from '../records/list-look.ts';
import { ListBody } from '../records/list-page.tsx';
import { RecordList } from '../records/record-list.tsx';
import type { ListFrame } from '../records/use-list-frame.ts';
import { viewQueryOf } from '../saved-views/view-query.ts';
import { dealList } from './deal-list.tsx';

export interface DealListViewProps {
  frame: ListFrame;
  rows: readonly ListRow[];
  totals: DealTotals;
  links: PageLinks;
  canWrite: boolean;
}

/** The deals as a table; under the amounts stand the sums of all that match. */
export function DealListView({ frame, rows, totals, links, canWrite }: DealListViewProps) {
  const { url, data } = frame;
  const list = listOf(url);
  return (
    <ListBody
      look={dealList}
      frame={frame}
      total={totals.count}
      links={links}
      description="What may become work stands here, from the first lead to won or lost. Add one, or import a file."
      create={canWrite ? { label: 'New deal', href: paths.newDeal() } : null}
      allHref={paths.dealList()}
    >
      <BulkList
        noun="DEAL"
        rowIds={rows.map(({ id }) => id)}
        total={totals.count}
        url={url}
        query={viewQueryOf(url, dealList.sort)}
      >
        {(selection) => (
          <RecordList
            look={dealList}
            rows={rows}
            columns={data.columns}
            fields={frame.fields}
            specs={frame.specs}
            url={url}
            words={frame.cellWords}
            density={data.density}
            rowHref={({ id }) => paths.deal(id, list)}
            fieldHrefOf={canWrite ? paths.dealField : undefined}
            footers={footersOf(totals)}
            {...(selection && { selection })}
          />
        )}
      </BulkList>
    </ListBody>
  );
}

/** Amounts of different currencies stand below each other: they are never added. */
function footersOf({ count, sums }: DealTotals) {
  return {
    name: `${formatCount(count)} ${count === 1 ? 'deal' : 'deals'}`,
    amount: sums.map((sum) => (
      <span key={sum.currency} className="block">
        {formatMoney(sum, 'code')}
      </span>
    )),
  };
}
