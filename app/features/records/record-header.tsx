import type { ReactNode } from 'react';
import type { Neighbours } from '../../../server/domain/records/schema.ts';
import { rowHref } from '../../lib/list-address.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { RecordWalk } from './record-walk.tsx';

export interface RecordHeaderProps {
  recordId: string;
  title: string;
  /** The list of the noun: its name and address. */
  noun: { label: string; href: string };
  /** The query of the list that the record was opened from, or null. */
  list: string | null;
  place: Neighbours | null;
  /** The record's page in the same list. */
  hrefOf: (recordId: string) => string;
  /** Badges beside the title. */
  meta?: ReactNode;
  /** Buttons at the right; the last one is the primary. */
  actions?: ReactNode;
}

/** The top of a record's page: back to its row, on through its list, and what can be done with it. */
export function RecordHeader({
  recordId,
  title,
  noun,
  list,
  place,
  hrefOf,
  meta,
  actions,
}: RecordHeaderProps) {
  return (
    <PageHeader
      title={title}
      crumbs={[{ label: noun.label, href: rowHref(noun.href, list, recordId) }]}
      meta={
        <>
          {meta}
          <RecordWalk place={place} hrefOf={hrefOf} />
        </>
      }
      actions={actions}
    />
  );
}
