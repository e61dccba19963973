import { type AppLoadContext, json, redirect } from '@remix-run/node';
import type { WrittenNote } from '../../server/domain/notes/schema.ts';
import type { NoteAnswer } from '../features/notes/note-answer.ts';
import { noteHref, unreachedWords } from '../lib/note-links.ts';
import { paths } from '../lib/paths.ts';
import { timelineOf } from '../lib/timeline-address.ts';
import { type Api, load } from './api.server.ts';
import { submit } from './forms.server.ts';
import { type NoteForm, readNoteForm } from './note-forms.server.ts';
import { redirectWithNotice } from './notice.server.ts';

interface Sent {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/** Answers the form of a new note. */
export function answerNewNote(sent: Sent) {
  const of = timelineOf(sent.form);
  return answer(sent, (note) => sent.caller.notes.create({ ...of, ...note }));
}

/** Answers the form of a note that is changed: its hidden `base` says what its person saw. */
export async function answerNoteChange(sent: Sent, noteId: string) {
  const { form, caller } = sent;
  const removed = form.get('removeFile');
  if (typeof removed === 'string') return removeFile(sent, { noteId, attachmentId: removed });
  const seen = form.get('base');
  const base = typeof seen === 'string' ? { content: seen.replaceAll('\r\n', '\n') } : undefined;
  return answer(sent, (note) => caller.notes.update({ noteId, ...note, base }));
}

async function answer(sent: Sent, work: (note: NoteForm) => Promise<WrittenNote>) {
  const read = await readNoteForm(sent);
  if ('failure' in read) return json(read.failure satisfies NoteAnswer, 400);
  const result = await submit(sent.context, sent.form, () => work(read.note));
  if ('failure' in result) {
    const failure = { ...result.failure, uploads: read.uploads };
    return json(failure satisfies NoteAnswer, result.status);
  }
  return answerDone(sent, result.value);
}

function answerDone({ form }: Sent, written: WrittenNote) {
  const { unreached: people, ...note } = written;
  const unreached = unreachedWords(
    note,
    people.map(({ name }) => name),
  );
  if (form.get('answer') === 'json') {
    return json({ ok: true, note, href: noteHref(note), unreached } satisfies NoteAnswer);
  }
  // Somebody who is mentioned in vain is a thing to read before going on.
  return unreached === null ? redirect(noteHref(note)) : redirectWithNotice(paths.note(note.id), unreached);
}

async function removeFile(sent: Sent, { noteId, attachmentId }: { noteId: string; attachmentId: string }) {
  const { context, caller } = sent;
  const note = await load(context, async () => {
    await caller.attachments.remove({ attachmentId });
    return caller.notes.byId({ noteId });
  });
  return answerDone(sent, { ...note, unreached: [] });
}

/** Answers the forms of a note's own page and card: into the recycle bin, and back. */
export async function answerNoteIntent({ context, caller, form }: Sent, noteId: string) {
  const intent = form.get('intent');
  if (intent !== 'archive' && intent !== 'restore') throw new Response('Unknown intent', { status: 400 });
  const note = await load(context, () => caller.notes[intent]({ noteId }));
  if (form.get('answer') === 'json') {
    return json({ ok: true, note, href: noteHref(note), unreached: null } satisfies NoteAnswer);
  }
  return redirect(intent === 'restore' ? noteHref(note) : paths.note(noteId));
}
