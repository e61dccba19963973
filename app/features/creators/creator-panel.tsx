import type { ReactNode } from 'react';
import type { Creator } from '../../../server/domain/creators/schema.ts';
import { type PanelData, RecordPanel } from '../records/record-panel.tsx';
import { creatorNoun } from './creator-fields.ts';
import { CreatorSummary } from './creator-summary.tsx';

export interface CreatorPanelProps {
  /** The list's address, as its loader gave it. */
  url: URL;
  /** What stands open as the page was loaded. */
  panel: (PanelData & { creator: Creator }) | null;
  now: string;
  /** The list. */
  children: ReactNode;
}

/** The roster with the creator of its address beside it. */
export function CreatorPanel({ url, panel, now, children }: CreatorPanelProps) {
  return (
    <RecordPanel
      noun={creatorNoun}
      url={url}
      initial={panel}
      recordOf={(data) => data.creator}
      canChange={(data) => data.creator.isChangeable}
      summaryOf={(data) => <CreatorSummary creator={data.creator} now={now} />}
    >
      {children}
    </RecordPanel>
  );
}
