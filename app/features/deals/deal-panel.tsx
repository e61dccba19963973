import type { ReactNode } from 'react';
import type { Deal } from '../../../server/domain/deals/schema.ts';
import { type PanelData, RecordPanel } from '../records/record-panel.tsx';
import { dealNoun } from './deal-fields.ts';
import { DealSummary } from './deal-summary.tsx';

export interface DealPanelProps {
  /** The list's address, as its loader gave it. */
  url: URL;
  /** What stands open as the page was loaded. */
  panel: (PanelData & { deal: Deal }) | null;
  /** The list. */
  children: ReactNode;
}

/** The list of deals with the one of its address beside it. */
export function DealPanel({ url, panel, children }: DealPanelProps) {
  return (
    <RecordPanel
      noun={dealNoun}
      url={url}
      initial={panel}
      recordOf={(data) => data.deal}
      summaryOf={(data) => <DealSummary deal={data.deal} />}
    >
      {children}
    </RecordPanel>
  );
}
