import type { Activity } from '../../../server/domain/activities/schema.ts';
import { paths } from '../../lib/paths.ts';
import { EntryLine } from './entry-line.tsx';

export interface TimelineProps {
  activities: readonly Activity[];
  /** The agency's zone, for the full time on hover. */
  timeZone: string;
  now: string;
  /** Where older entries are; null at the end. */
  olderHref: string | null;
  /** True where the entries are of many records: each leads to its own. */
  isLinked?: boolean;
}

/** What happened, newest first, each in a line. A record's page has RecordTimeline. */
export function Timeline({ activities, timeZone, now, olderHref, isLinked = false }: TimelineProps) {
  if (activities.length === 0) return <p className="text-muted">Nothing has happened here yet.</p>;
  return (
    <>
      <ol className="grid gap-3">
        {activities.map((activity) => (
          <li key={activity.id} className="timeline-entry">
            <EntryLine activity={activity} timeZone={timeZone} now={now}>
              {isLinked ? <Linked activity={activity} /> : activity.description}
            </EntryLine>
          </li>
        ))}
      </ol>
      {olderHref && (
        <p className="pt-3">
          <a className="link" href={olderHref}>
            Older
          </a>
        </p>
      )}
    </>
  );
}

/** The description, leading to what it is about where there is something. */
function Linked({ activity }: { activity: Activity }) {
  const { noteId, dealId, campaignId, contactId, companyId, description } = activity;
  const href =
    (noteId && paths.note(noteId)) ??
    (dealId && paths.deal(dealId)) ??
    (campaignId && paths.campaign(campaignId)) ??
    (contactId && paths.contact(contactId)) ??
    (companyId && paths.company(companyId));
  if (!href) return <>{description}</>;
  return (
    <a className="hover:underline" href={href}>
      {description}
    </a>
  );
}
