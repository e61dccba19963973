import type { ReactNode } from 'react';
import type { Neighbours } from '../../../../server/domain/records/schema.ts';
import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { paths } from '../../../lib/paths.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { PageBody } from '../../../ui/page-header.tsx';
import { ArchivedCallout, RecordActions } from '../../records/archive-actions.tsx';
import type { CustomFieldWords } from '../../records/field-specs.ts';
import { RecordEdits } from '../../records/record-edits.tsx';
import { RecordHeader } from '../../records/record-header.tsx';
import { useMay } from '../../shell/use-account.ts';
import { creatorNoun } from '../creator-fields.ts';
import { creatorStatusLabels, creatorStatusTones } from '../labels.ts';
import { type ProfileTab, ProfileTabs } from './profile-tabs.tsx';

export interface ProfilePageProps {
  creator: Creator;
  customFields: readonly CustomFieldWords[];
  names: Readonly<Record<string, string>>;
  list: string | null;
  place: Neighbours | null;
  isClient: boolean;
  tab: ProfileTab | 'accounts';
  /** Why what was asked for before was not done, or null. */
  refused: string | null;
  children: ReactNode;
}

/** Whether the reader may change this creator: who sees it through a campaign alone may not. */
export function useCanChange({
  isChangeable,
  isActive,
}: Pick<Creator, 'isChangeable' | 'isActive'>): boolean {
  return useMay(creatorNoun.permission) && isChangeable && isActive;
}

/** The frame of a creator's page: who it is, what can be done, and its parts. */
export function ProfilePage(props: ProfilePageProps) {
  const { creator, customFields, names, list, place, isClient, tab, refused, children } = props;
  // The accounts' page has forms of its own.
  const mayArchive = useMay(creatorNoun.permission) && creator.isChangeable && tab !== 'accounts';
  const editHref = paths.editCreator(creator.id);
  return (
    <RecordEdits
      specs={creatorNoun.specs}
      customFields={customFields}
      saveHref={creatorNoun.fieldHrefOf(creator.id)}
      editHref={editHref}
      canEdit={useCanChange(creator)}
      names={names}
    >
      <RecordHeader
        recordId={creator.id}
        title={creator.name}
        noun={{ label: creatorNoun.many, href: creatorNoun.listHref }}
        list={list}
        place={place}
        hrefOf={(id) => paths.creator(id, list)}
        meta={<Badge tone={creatorStatusTones[creator.status]}>{creatorStatusLabels[creator.status]}</Badge>}
        actions={<RecordActions record={creator} editHref={editHref} canWrite={mayArchive} />}
      />
      <ProfileTabs creator={creator} current={tab} isClient={isClient} list={list} />
      <PageBody>
        {!creator.isActive && <ArchivedCallout noun="creator" canRestore={mayArchive} />}
        {refused && (
          <Callout tone="danger" title="Nothing was changed" isAnswer>
            {refused}
          </Callout>
        )}
        {children}
      </PageBody>
    </RecordEdits>
  );
}
