import { useState, type MouseEvent } from 'react';
import type { Activity } from '../../../server/domain/activities/schema.ts';
import type { TimelineData } from '../../bridge/timeline.server.ts';
import { paths } from '../../lib/paths.ts';
import { timelineHref } from '../../lib/timeline-address.ts';
import { LinkButton } from '../../ui/button.tsx';
import { NoteCard } from '../notes/note-card.tsx';
import { NoteForm } from '../notes/note-form.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';
import { byDay } from './days.ts';
import { EntryLine } from './entry-line.tsx';
import { kindLabels, kindsOf } from './kinds.ts';
import { useOlder } from './use-older.ts';

export interface RecordTimelineProps {
  timeline: TimelineData;
  /** False for a record in the recycle bin. */
  isActive?: boolean;
}

/** A record's timeline: what to write on top, then what happened, newest first, by days and by kinds. */
export function RecordTimeline({ timeline, isActive = true }: RecordTimelineProps) {
  // A note is of a contact, a company or a deal: where a creator's contact is another's, there is nothing to write on.
  const canWrite = useMay('notes.write') && isActive && timeline.of.creatorId === undefined;
  const isClient = useAccount().current.brandId !== null;
  return (
    <div id="timeline" className="grid gap-4">
      {canWrite && (
        <NoteForm
          action={paths.newNote()}
          note={null}
          of={timeline.of}
          people={timeline.people}
          isClient={isClient}
          onDone={() => undefined}
        />
      )}
      <KindFilter timeline={timeline} />
      <Entries key={timeline.kinds.join()} timeline={timeline} canWrite={canWrite} />
    </div>
  );
}

/** Each kind switches itself on and off; the address says which are on. */
function KindFilter({ timeline: { of, kinds, href } }: { timeline: TimelineData }) {
  const offered = kindsOf(of);
  return (
    <nav aria-label="Kinds of entries" className="flex flex-wrap gap-1.5">
      <a
        href={timelineHref(href, { kinds: [] })}
        className="kind-chip"
        aria-current={kinds.length === 0 ? 'true' : undefined}
      >
        All
      </a>
      {offered.map((kind) => {
        const isOn = kinds.includes(kind);
        const next = isOn ? kinds.filter((one) => one !== kind) : [...kinds, kind];
        return (
          <a
            key={kind}
            href={timelineHref(href, { kinds: next })}
            className="kind-chip"
            aria-current={isOn ? 'true' : undefined}
          >
            {kindLabels[kind]}
          </a>
        );
      })}
    </nav>
  );
}

function Entries({ timeline, canWrite }: { timeline: TimelineData; canWrite: boolean }) {
  const { kinds, href, isOlder } = timeline;
  const { activities, hasOlder, isLoading, loadOlder } = useOlder(timeline);
  const { timeZone } = useAccount().current.organization;
  if (activities.length === 0) return <Nothing timeline={timeline} canWrite={canWrite} />;
  const load = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!isLoading) loadOlder();
  };
  return (
    <div className="grid gap-4">
      {isOlder && (
        <p>
          <a className="link" href={timelineHref(href, { kinds })}>
            Back to the newest
          </a>
        </p>
      )}
      {byDay(activities, { timeZone, now: timeline.now }).map(({ label, items }) => (
        <section key={label} className="grid gap-3">
          <h3 className="timeline-day">{label}</h3>
          <ol className="grid gap-3">
            {items.map((activity) => (
              <Entry key={activity.id} activity={activity} timeline={timeline} timeZone={timeZone} />
            ))}
          </ol>
        </section>
      ))}
      <p className="sr-only" aria-live="polite">
        {isLoading ? 'Loading older entries' : `${activities.length} entries`}
      </p>
      {hasOlder && (
        <p>
          <LinkButton
            href={timelineHref(href, { kinds, olderThan: timeline.olderCursor })}
            onClick={load}
            aria-busy={isLoading}
          >
            {isLoading ? 'Loading…' : 'Load older'}
          </LinkButton>
        </p>
      )}
    </div>
  );
}

interface EntryProps {
  activity: Activity;
  timeline: TimelineData;
  timeZone: string;
}

/** A note as the card that it is, anything else as a line. A note that is deleted meanwhile leaves its card. */
function Entry({ activity, timeline, timeZone }: EntryProps) {
  const [first] = useState(activity.note);
  const note = activity.note ?? (first && { ...first, isActive: false });
  const { now, people } = timeline;
  if (note) {
    return (
      <li id={`note-${note.id}`} className="timeline-entry">
        <NoteCard note={note} people={people} timeZone={timeZone} now={now} />
      </li>
    );
  }
  const { noteId, description } = activity;
  return (
    <li className="timeline-entry">
      <EntryLine activity={activity} timeZone={timeZone} now={now}>
        {noteId ? (
          <a className="hover:underline" href={paths.note(noteId)}>
            {description}
          </a>
        ) : (
          description
        )}
      </EntryLine>
    </li>
  );
}

function Nothing({ timeline: { kinds, href }, canWrite }: { timeline: TimelineData; canWrite: boolean }) {
  if (kinds.length === 0) {
    return (
      <p className="text-muted">
        Nothing has happened here yet.{canWrite && ' The first note says what this is about.'}
      </p>
    );
  }
  return (
    <p className="text-muted">
      Nothing of the kinds that you chose: {kinds.map((kind) => kindLabels[kind].toLowerCase()).join(', ')}.{' '}
      <a className="link" href={timelineHref(href, { kinds: [] })}>
        Show all
      </a>
    </p>
  );
}
