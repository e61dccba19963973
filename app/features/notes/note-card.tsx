import { useFetcher, useRevalidator } from '@remix-run/react';
import { Eye, Lock, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Note } from '../../../server/domain/notes/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';
import { useAccount } from '../shell/use-account.ts';
import { AttachmentList } from './file-chips.tsx';
import type { Person } from './mention-textarea.tsx';
import type { NoteAnswer } from './note-answer.ts';
import { NoteBody } from './note-body.tsx';
import { NoteForm } from './note-form.tsx';

export interface NoteCardProps {
  note: Note;
  people: readonly Person[];
  timeZone: string;
  now: string;
}

/** A note with what its reader may do with it; it is changed in its place where the script runs. */
export function NoteCard({ note: given, people, timeZone, now }: NoteCardProps) {
  const [saved, setSaved] = useState<Note | null>(null);
  const [isEditing, setIsEditing] = useState(false);
  const isClient = useAccount().current.brandId !== null;
  // An older page of a timeline is not read again, so the card keeps what its own form answered.
  const note = saved && saved.version > given.version ? saved : given;
  const edit = useRef<HTMLAnchorElement>(null);
  const close = () => {
    setIsEditing(false);
    requestAnimationFrame(() => edit.current?.focus());
  };
  return (
    <article className="note-card" data-private={note.isPrivate} aria-label={`Note by ${authorOf(note)}`}>
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Avatar name={authorOf(note)} />
        <span className="font-medium">{authorOf(note)}</span>
        <Moment note={note} timeZone={timeZone} now={now} />
        <Readers note={note} />
        <span className="flex-1" />
        {note.isEditable && note.isActive && !isEditing && (
          <>
            <LinkButton
              ref={edit}
              href={paths.editNote(note.id)}
              variant="quiet"
              size="small"
              iconOnly
              aria-label="Edit note"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                setIsEditing(true);
              }}
            >
              <Pencil aria-hidden="true" />
            </LinkButton>
            <DeleteButton noteId={note.id} onAnswer={setSaved} />
          </>
        )}
      </header>
      {isEditing ? (
        <NoteForm
          action={paths.editNote(note.id)}
          note={note}
          people={people}
          isClient={isClient}
          onDone={(answer) => {
            setSaved(answer.note);
            close();
          }}
          onCancel={close}
        />
      ) : note.isActive ? (
        <NoteBody note={note} />
      ) : (
        <p className="text-muted">This note was deleted.</p>
      )}
      {note.isActive && <Files note={note} isEditing={isEditing} onAnswer={setSaved} />}
    </article>
  );
}

function authorOf({ authorName }: Note): string {
  return authorName ?? 'Somebody who left';
}

function Moment({ note, timeZone, now }: Pick<NoteCardProps, 'note' | 'timeZone' | 'now'>) {
  const { createdAt, updatedAt, version } = note;
  const isChanged = version > 1;
  const title = isChanged
    ? `${formatDateTime(createdAt, timeZone)}, changed ${formatDateTime(updatedAt, timeZone)}`
    : formatDateTime(createdAt, timeZone);
  return (
    <a href={paths.note(note.id)} className="text-sm text-muted hover:underline">
      <time dateTime={createdAt} title={title}>
        {formatRelative(createdAt, now)}
      </time>
      {isChanged && ' · edited'}
    </a>
  );
}

function Readers({ note }: { note: Note }) {
  if (note.isPrivate) {
    return (
      <Badge tone="warning" title="Nobody else reads it, owners and admins included">
        <Lock aria-hidden="true" className="mr-1 size-3" /> Only you
      </Badge>
    );
  }
  if (!note.isShared) return null;
  return (
    <Badge tone="info" title="The client’s own login reads it">
      <Eye aria-hidden="true" className="mr-1 size-3" /> Client reads this
    </Badge>
  );
}

interface DeleteButtonProps {
  noteId: string;
  onAnswer: (note: Note) => void;
}

/** It offers the way back for ten seconds; the timeline that is read anew may have taken the card away by then. */
function DeleteButton({ noteId, onAnswer }: DeleteButtonProps) {
  const fetcher = useFetcher<NoteAnswer>();
  const hasScript = useHasScript();
  const { revalidate } = useRevalidator();
  const told = useRef<NoteAnswer | null>(null);
  const { data } = fetcher;
  useEffect(() => {
    if (!data || told.current === data || !data.ok) return;
    told.current = data;
    onAnswer(data.note);
    const onUndo = () => void bringBack(noteId).then(onAnswer, tellRefusal).finally(revalidate);
    toast.undo({ message: 'Note deleted', onUndo });
  }, [data, noteId, onAnswer, revalidate]);
  return (
    <fetcher.Form method="post" action={paths.note(noteId)}>
      {hasScript && <input type="hidden" name="answer" value="json" />}
      <input type="hidden" name="intent" value="archive" />
      <Button
        type="submit"
        variant="quiet"
        size="small"
        iconOnly
        aria-label="Delete note"
        isPending={fetcher.state !== 'idle'}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </fetcher.Form>
  );
}

async function bringBack(noteId: string): Promise<Note> {
  const { liveApi } = await import('../../bridge/live.ts');
  const note = await liveApi.notes.restore.mutate({ noteId });
  toast.success('The note is back');
  return note;
}

function tellRefusal(error: unknown): void {
  toast.error('The note was not brought back', error instanceof Error ? error.message : undefined);
}

function Files({
  note,
  isEditing,
  onAnswer,
}: {
  note: Note;
  isEditing: boolean;
  onAnswer: (note: Note) => void;
}) {
  const fetcher = useFetcher<NoteAnswer>();
  const { data } = fetcher;
  useEffect(() => {
    if (data?.ok) onAnswer(data.note);
  }, [data, onAnswer]);
  const files = data?.ok ? data.note.attachments : note.attachments;
  if (!isEditing) return <AttachmentList attachments={files} />;
  return (
    <fetcher.Form method="post" action={paths.editNote(note.id)}>
      <input type="hidden" name="answer" value="json" />
      <AttachmentList attachments={files} isRemovable />
    </fetcher.Form>
  );
}
