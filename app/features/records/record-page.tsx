import type { ReactNode } from 'react';
import type { Neighbours } from '../../../server/domain/records/schema.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-header.tsx';
import { useMay } from '../shell/use-account.ts';
import { ArchivedCallout, RecordActions } from './archive-actions.tsx';
import type { CustomFieldWords } from './field-specs.ts';
import { RecordEdits } from './record-edits.tsx';
import { RecordHeader } from './record-header.tsx';
import { RecordHistory, type ShownChange } from './record-history.tsx';
import { RecordLayout } from './record-layout.tsx';
import type { RecordNounWords } from './record-noun.ts';
import { RecordTabs } from './record-tabs.tsx';

/** What a record's loader brings beside the record; see app/bridge/record-panel.server.ts. */
export interface RecordPageData {
  customFields: readonly CustomFieldWords[];
  /** What the ids of its fields are called. */
  names: Readonly<Record<string, string>>;
  /** The query of the list that it was opened from, or null. */
  list: string | null;
  place: Neighbours | null;
  history: {
    changes: readonly ShownChange[];
    names: Readonly<Record<string, string>>;
    olderHref: string | null;
  } | null;
  /** Why what was asked for before was not done, or null. */
  refused: string | null;
  address: string;
  now: string;
}

export interface RecordPageProps {
  noun: RecordNounWords;
  record: Readonly<Record<string, unknown>> & {
    id: string;
    name: string;
    isActive: boolean;
    version: number;
  };
  data: RecordPageData;
  /** Badges beside the title. */
  meta?: ReactNode;
  /** Buttons before Delete and Edit: following and the like. */
  actions?: ReactNode;
  /** Under the header: what a reader has to know first. */
  notices?: ReactNode;
  summary: ReactNode;
  /** Above the timeline: a deal's stages. */
  middle?: ReactNode;
  /** What happened, newest first. */
  timeline: ReactNode;
  related: ReactNode;
}

/** A record's page: what it is on the left, what happened in the middle, what belongs to it on the right. */
export function RecordPage(props: RecordPageProps) {
  const { noun, record, data, meta, actions, notices, summary, middle, timeline, related } = props;
  const canWrite = useMay(noun.permission);
  const url = new URL(data.address);
  const { list, place, history, refused } = data;
  const editHref = noun.editHrefOf(record.id);
  return (
    <RecordEdits
      specs={noun.specs}
      customFields={data.customFields}
      saveHref={noun.fieldHrefOf(record.id)}
      editHref={editHref}
      canEdit={canWrite && record.isActive}
      names={{ ...data.names, ...history?.names }}
    >
      <RecordHeader
        recordId={record.id}
        title={record.name}
        noun={{ label: noun.many, href: noun.listHref }}
        list={list}
        place={place}
        hrefOf={(id) => noun.hrefOf(id, list)}
        meta={meta}
        actions={
          <>
            {actions}
            <RecordActions record={record} editHref={editHref} canWrite={canWrite} />
          </>
        }
      />
      <PageBody>
        {!record.isActive && <ArchivedCallout noun={noun.one} canRestore={canWrite} />}
        {refused && (
          <Callout tone="danger" title="Nothing was changed" isAnswer>
            {refused}
          </Callout>
        )}
        {notices}
        <RecordLayout
          summary={summary}
          timeline={
            <>
              {middle}
              <RecordTabs
                url={url}
                timeline={timeline}
                history={
                  history && (
                    <RecordHistory
                      changes={history.changes}
                      record={record}
                      here={url.pathname + url.search}
                      now={data.now}
                      olderHref={history.olderHref}
                    />
                  )
                }
              />
            </>
          }
          related={related}
        />
      </PageBody>
    </RecordEdits>
  );
}
