import type { CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import { formatDateIn, formatDateTime } from '../../lib/format.ts';
import { Callout } from '../../ui/callout.tsx';
import { ArchivedCallout } from '../records/archive-actions.tsx';

export interface PieceNoticesProps {
  content: CreatorContent;
  timeZone: string;
  canWrite: boolean;
}

/** What is to be known before the figures are read: in the bin, gone at its network, a story and its copy. */
export function PieceNotices({ content, timeZone, canWrite }: PieceNoticesProps) {
  const { isActive, missingSince, media, expiresAt } = content;
  return (
    <>
      {!isActive && <ArchivedCallout noun="post" canRestore={canWrite} />}
      {missingSince && (
        <Callout tone="warning" title="It is no longer at its network">
          Nobody found it there since {formatDateIn(missingSince, timeZone)}: deleted, hidden, or its access
          withdrawn. Its figures stay as they were last read.
        </Callout>
      )}
      {media?.state === 'WAITING' && (
        <Callout tone="info" title="Its picture is copied before it goes">
          A story is there for a day{expiresAt && `, until ${formatDateTime(expiresAt, timeZone)}`}.
        </Callout>
      )}
      {media?.state === 'LOST' && (
        <Callout tone="warning" title="Its picture was not copied in time">
          {media.error ?? 'The story was gone before it could be copied.'}
        </Callout>
      )}
    </>
  );
}
