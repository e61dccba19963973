import { useFetcher } from '@remix-run/react';
import { Paperclip } from 'lucide-react';
import { useEffect, useId, useRef, useState, type DragEvent } from 'react';
import type { Note } from '../../../server/domain/notes/schema.ts';
import type { NoteFailure } from '../../bridge/note-forms.server.ts';
import { mentionedIn, toDraft } from '../../lib/mentions.ts';
import type { TimelineRecord } from '../../lib/timeline-address.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Select } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.ts';
import { UploadChips } from './file-chips.tsx';
import { MentionTextarea, type Person } from './mention-textarea.tsx';
import type { NoteAnswer } from './note-answer.ts';
import { useUploads } from './use-uploads.ts';

export interface NoteFormProps {
  action: string;
  /** The note to change; null writes a new one. */
  note: Note | null;
  /** What a new note is about. */
  of?: TimelineRecord;
  people: readonly Person[];
  /** A client's login writes for everybody. */
  isClient: boolean;
  /** What a form without a script is shown again with. */
  failure?: NoteFailure | undefined;
  onDone: (answer: Extract<NoteAnswer, { ok: true }>) => void;
  onCancel?: (() => void) | undefined;
}

const readers = [
  { value: 'agency', label: 'Your agency reads it' },
  { value: 'shared', label: 'The client reads it too' },
  { value: 'private', label: 'Only you read it' },
];

/** Writes a note or changes one: words, mentions, files, and who reads it. */
export function NoteForm(props: NoteFormProps) {
  const { action, note, of = {}, people, isClient } = props;
  const fetcher = useFetcher<NoteAnswer>();
  const hasScript = useHasScript();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const failure = failureOf(fetcher.data) ?? props.failure;
  const [draft, setDraft] = useState(() => failure?.values.content ?? toDraft(note?.content ?? ''));
  const [mentioned, setMentioned] = useState<readonly string[]>(() => mentionedIn(note?.content ?? ''));
  const [written, setWritten] = useState(0);
  const files = useUploads(failure?.uploads ?? []);
  const isPending = fetcher.state !== 'idle';
  useDone(fetcher.data, (answer) => {
    if (!note) {
      setDraft('');
      setMentioned([]);
      setWritten((count) => count + 1);
      files.clear();
    }
    tellOf(answer, note !== null);
    props.onDone(answer);
  });
  const submit = () => {
    if (!isPending && !files.isSending) form.current?.requestSubmit();
  };
  const base = failure?.conflicts?.find(({ field }) => field === 'content');
  return (
    <fetcher.Form
      ref={form}
      method="post"
      action={action}
      {...(!hasScript && { encType: 'multipart/form-data' as const })}
      className="composer"
      onDragOver={(event: DragEvent<HTMLFormElement>) => event.preventDefault()}
      onDrop={(event: DragEvent<HTMLFormElement>) => {
        event.preventDefault();
        files.add(event.dataTransfer.files);
      }}
    >
      <Problem failure={failure} current={base?.current} />
      {Object.entries(of).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {hasScript && <input type="hidden" name="answer" value="json" />}
      {note && (
        <input type="hidden" name="base" value={base ? (JSON.parse(base.current) as string) : note.content} />
      )}
      <div>
        <MentionTextarea
          control={{
            id,
            name: 'content',
            required: true,
            ...(failure && { 'aria-describedby': `${id}-problem` }),
          }}
          label={note ? 'Change the note' : 'Write a note'}
          placeholder="Write a note. @ mentions somebody; **bold**, lists and links work."
          rows={note ? 5 : 2}
          draft={draft}
          onDraft={setDraft}
          people={people}
          onMention={(person) => setMentioned((all) => [...all, person.id])}
          onSubmit={submit}
        />
      </div>
      {hasScript ? (
        <MentionInputs draft={draft} people={people} mentioned={mentioned} />
      ) : (
        <PlainMentions people={people} mentioned={mentioned} />
      )}
      <UploadChips uploads={files.uploads} remove={files.remove} />
      <div className="composer-bar">
        <FileButton onFiles={files.add} hasScript={hasScript} />
        {!isClient && (
          <Select
            // The next note is for the agency again, whatever this one was.
            key={written}
            name="readers"
            aria-label="Who reads it"
            options={readers}
            className="w-auto"
            defaultValue={failure?.values.readers ?? readersOf(note)}
          />
        )}
        <span className="flex-1" />
        {props.onCancel && <Button onClick={props.onCancel}>Cancel</Button>}
        <Button type="submit" variant="primary" isPending={isPending} disabled={files.isSending}>
          {note ? 'Save' : 'Add note'}
        </Button>
      </div>
    </fetcher.Form>
  );
}

function readersOf(note: Note | null): string {
  if (note?.isPrivate) return 'private';
  return note?.isShared ? 'shared' : 'agency';
}

function failureOf(answer: NoteAnswer | undefined): NoteFailure | undefined {
  return answer && !answer.ok ? answer : undefined;
}

/** Once for each answer that is good. */
function useDone(
  answer: NoteAnswer | undefined,
  onDone: (answer: Extract<NoteAnswer, { ok: true }>) => void,
): void {
  const told = useRef<NoteAnswer | undefined>(undefined);
  useEffect(() => {
    if (!answer || told.current === answer) return;
    told.current = answer;
    if (answer.ok) onDone(answer);
  });
}

function tellOf({ unreached }: Extract<NoteAnswer, { ok: true }>, isChange: boolean): void {
  if (unreached) toast.error(isChange ? 'Note saved' : 'Note added', unreached);
  else toast.success(isChange ? 'Note saved' : 'Note added');
}

function Problem({ failure, current }: { failure: NoteFailure | undefined; current: string | undefined }) {
  if (!failure) return null;
  return (
    <Callout
      tone="danger"
      title={current ? 'Somebody changed this note while you wrote' : failure.message}
      isAnswer
    >
      {current && (
        <>
          <p>It says now:</p>
          <blockquote className="my-1 border-l-2 border-line-strong pl-3 whitespace-pre-wrap">
            {toDraft(JSON.parse(current) as string)}
          </blockquote>
          <p>Put together what should stay, and save again.</p>
        </>
      )}
    </Callout>
  );
}

/** Those who were chosen and whose names still stand in the draft. */
function MentionInputs({
  draft,
  people,
  mentioned,
}: {
  draft: string;
  people: readonly Person[];
  mentioned: readonly string[];
}) {
  const named = people.filter(({ id, name }) => mentioned.includes(id) && draft.includes(`@${name}`));
  return (
    <>
      {named.map(({ id }) => (
        <input key={id} type="hidden" name="mention" value={id} />
      ))}
    </>
  );
}

function PlainMentions({ people, mentioned }: { people: readonly Person[]; mentioned: readonly string[] }) {
  return (
    <label className="grid gap-1">
      <span className="text-sm text-muted">Mention (several with Ctrl or ⌘)</span>
      <select
        name="mention"
        multiple
        size={Math.min(4, Math.max(2, people.length))}
        className="control h-auto"
        defaultValue={[...mentioned]}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function FileButton({
  onFiles,
  hasScript,
}: {
  onFiles: (files: Iterable<File>) => void;
  hasScript: boolean;
}) {
  if (!hasScript) {
    return (
      <label className="grid gap-1">
        <span className="text-sm text-muted">Files, up to 25 MB together</span>
        <input type="file" name="files" multiple className="file-input" />
      </label>
    );
  }
  return (
    <label className="button button-secondary focus-within:outline-2 focus-within:outline-focus">
      <Paperclip aria-hidden="true" />
      Attach
      <input
        type="file"
        multiple
        className="sr-only"
        aria-label="Attach files, up to 25 MB each"
        onChange={(event) => {
          if (event.target.files) onFiles(event.target.files);
          event.target.value = '';
        }}
      />
    </label>
  );
}
