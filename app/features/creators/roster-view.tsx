import { listOf } from '../../lib/list-address.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import type { ListLook, ListRow } from '../records/list-look.ts';
import { ListBody } from '../records/list-page.tsx';
import { RecordList } from '../records/record-list.tsx';
import type { ListFrame } from '../records/use-list-frame.ts';
import { useMay } from '../shell/use-account.ts';
import { CompareSelection } from './compare-selection.tsx';

export interface RosterViewProps {
  look: ListLook;
  frame: ListFrame;
  rows: readonly ListRow[];
  total: number;
  links: PageLinks;
}

/** The roster as a table whose rows can be chosen and compared, or why there is none. */
export function RosterView({ look, frame, rows, total, links }: RosterViewProps) {
  const { url, data } = frame;
  const canWrite = useMay('creators.write');
  const list = listOf(url);
  return (
    <ListBody
      look={look}
      frame={frame}
      total={total}
      links={links}
      description="The people who make content for your brands stand here: one person, one record, with figures that say how old they are."
      create={canWrite ? { label: 'New creator', href: paths.newCreator() } : null}
      allHref={withQuery(paths.creators(), { view: 'all' })}
    >
      <CompareSelection rowIds={rows.map(({ id }) => id)} total={total}>
        {(selection) => (
          <RecordList
            look={look}
            rows={rows}
            columns={data.columns}
            fields={frame.fields}
            specs={frame.specs}
            url={url}
            words={frame.cellWords}
            density={data.density}
            rowHref={({ id }) => paths.creator(id, list)}
            fieldHrefOf={canWrite ? paths.creatorField : undefined}
            selection={selection}
          />
        )}
      </CompareSelection>
    </ListBody>
  );
}
