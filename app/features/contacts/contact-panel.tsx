import type { ReactNode } from 'react';
import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { type PanelData, RecordPanel } from '../records/record-panel.tsx';
import { contactNoun } from './contact-fields.ts';
import { ContactSummary } from './contact-summary.tsx';

export interface ContactPanelProps {
  /** The list's address, as its loader gave it. */
  url: URL;
  /** What stands open as the page was loaded. */
  panel: (PanelData & { contact: Contact }) | null;
  /** The list. */
  children: ReactNode;
}

/** The list of contacts with the one of its address beside it. */
export function ContactPanel({ url, panel, children }: ContactPanelProps) {
  return (
    <RecordPanel
      noun={contactNoun}
      url={url}
      initial={panel}
      recordOf={(data) => data.contact}
      summaryOf={(data) => <ContactSummary contact={data.contact} />}
    >
      {children}
    </RecordPanel>
  );
}
