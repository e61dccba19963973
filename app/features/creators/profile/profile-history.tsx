import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { Panel } from '../../../ui/panel.tsx';
import type { RecordPageData } from '../../records/record-page.tsx';
import { RecordHistory } from '../../records/record-history.tsx';

export interface ProfileHistoryProps {
  creator: Creator;
  history: RecordPageData['history'];
  address: string;
  now: string;
}

/** What each field of a creator said before. */
export function ProfileHistory({ creator, history, address, now }: ProfileHistoryProps) {
  if (!history) return null;
  const url = new URL(address);
  return (
    <Panel title="Field history">
      <RecordHistory
        changes={history.changes}
        record={creator}
        here={url.pathname + url.search}
        now={now}
        olderHref={history.olderHref}
      />
    </Panel>
  );
}
