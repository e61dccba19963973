import type { ReactNode } from 'react';
import type { Company } from '../../../server/domain/companies/schema.ts';
import { type PanelData, RecordPanel } from '../records/record-panel.tsx';
import { companyNoun } from './company-fields.ts';
import { CompanySummary } from './company-summary.tsx';

export interface CompanyPanelProps {
  /** The list's address, as its loader gave it. */
  url: URL;
  /** What stands open as the page was loaded. */
  panel: (PanelData & { company: Company }) | null;
  /** The list. */
  children: ReactNode;
}

/** The list of companies with the one of its address beside it. */
export function CompanyPanel({ url, panel, children }: CompanyPanelProps) {
  return (
    <RecordPanel
      noun={companyNoun}
      url={url}
      initial={panel}
      recordOf={(data) => data.company}
      summaryOf={(data) => <CompanySummary company={data.company} />}
    >
      {children}
    </RecordPanel>
  );
}
