import type { Activity } from '../../../server/domain/activities/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';

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

/** What happened to a record, newest first. */
export function Timeline({ activities, timeZone, now, olderHref, isLinked = false }: TimelineProps) {
  if (activities.length === 0) return <p className="text-muted">Nothing has happened here yet.</p>;
  return (
    <>
      <ol className="grid gap-3">
        {activities.map((activity) => (
          <li key={activity.id} className="flex items-start gap-2.5">
            <Avatar name={actorOf(activity)} />
            <div className="min-w-0 flex-1">
              <p className="break-words">
                {isLinked ? <Linked activity={activity} /> : activity.description}
              </p>
              <p className="text-sm text-muted">
                {actorOf(activity)} ·{' '}
                <time dateTime={activity.createdAt} title={formatDateTime(activity.createdAt, timeZone)}>
                  {formatRelative(activity.createdAt, now)}
                </time>
              </p>
              <Reason metadata={activity.metadata} />
              <ChangeList metadata={activity.metadata} />
            </div>
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

/** The description, leading to the record that it is about where there is one. */
function Linked({ activity }: { activity: Activity }) {
  const { dealId, campaignId, contactId, companyId, description } = activity;
  const href =
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

function actorOf({ actorName, actorKind }: Activity): string {
  if (actorName) return actorName;
  return actorKind === 'JOB' ? 'SpokeStack' : 'Somebody who left';
}

/** Why a deal was closed, where somebody said it. */
function Reason({ metadata: { reason } }: Pick<Activity, 'metadata'>) {
  if (typeof reason !== 'string' || reason === '') return null;
  return <p className="pt-0.5 break-words text-muted">“{reason}”</p>;
}

interface Change {
  field: string;
  from: string;
  to: string;
}

/** A change's fields with what they said before and after. */
function ChangeList({ metadata }: Pick<Activity, 'metadata'>) {
  const changes = changesOf(metadata);
  if (changes.length === 0) return null;
  return (
    <ul className="pt-0.5 text-sm text-muted">
      {changes.map(({ field, from, to }) => (
        <li key={field} className="break-words">
          {field}: <del>{from}</del> → <ins className="no-underline text-ink">{to}</ins>
        </li>
      ))}
    </ul>
  );
}

function changesOf(metadata: Record<string, unknown>): Change[] {
  const { changes } = metadata;
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes as Record<string, { from: unknown; to: unknown }>)
    .filter(([column]) => !/_id$|^rank$/.test(column))
    .map(([column, { from, to }]) => ({ field: toWords(column), from: shown(from), to: shown(to) }));
}

function toWords(column: string): string {
  const words = column.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
