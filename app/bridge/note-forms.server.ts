import type { AppLoadContext } from '@remix-run/node';
import type { Attachment } from '../../server/domain/attachments/schema.ts';
import { toContent } from '../lib/mentions.ts';
import type { Api } from './api.server.ts';
import { bytesOf } from './attachments.server.ts';
import { type FormFailure, submit } from './forms.server.ts';

/** A note's form as it is shown again: with the files that came in already. */
export interface NoteFailure extends FormFailure {
  uploads: Attachment[];
}

export interface NoteForm {
  content: string;
  isPrivate?: boolean;
  isShared?: boolean;
  uploadIds: string[];
}

interface Reading {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/**
 * What a note's form says. Files that came with it (a form without a script sends them so) are taken in first and wait
 * for the note, so that a refusal of its words loses none of them.
 */
export async function readNoteForm(
  reading: Reading,
): Promise<{ note: NoteForm; uploads: Attachment[] } | { failure: NoteFailure }> {
  const { form, caller } = reading;
  const [uploads, came] = await Promise.all([waiting(reading), takeFiles(reading)]);
  const all = [...uploads, ...came.uploads];
  if (came.refusal) {
    const { refusal } = came;
    const fields = { ...refusal.fields, files: refusal.message };
    return { failure: { ...refusal, fields, uploads: all } };
  }
  const chosen = new Set(texts(form, 'mention'));
  const members = chosen.size === 0 ? [] : await caller.members.list();
  const content = toContent(
    texts(form, 'content').join('').replaceAll('\r\n', '\n'),
    members.filter(({ id }) => chosen.has(id)),
  );
  const uploadIds = all.map(({ id }) => id);
  return { note: { content, uploadIds, ...readersOf(form) }, uploads: all };
}

/** Who reads it; a form that does not ask says nothing of it. */
function readersOf(form: FormData): Pick<NoteForm, 'isPrivate' | 'isShared'> {
  const readers = form.get('readers');
  if (typeof readers !== 'string') return {};
  return { isPrivate: readers === 'private', isShared: readers === 'shared' };
}

function texts(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** The files that an earlier try, or the script, took in. One that is gone meanwhile is left out. */
async function waiting({ form, caller, context }: Reading): Promise<Attachment[]> {
  const found = await Promise.all(
    texts(form, 'uploadIds').map(async (attachmentId) => {
      const result = await submit(context, form, () => caller.attachments.byId({ attachmentId }));
      return 'failure' in result ? [] : [result.value];
    }),
  );
  return found.flat();
}

async function takeFiles({
  form,
  caller,
  context,
}: Reading): Promise<{ uploads: Attachment[]; refusal: FormFailure | null }> {
  const uploads: Attachment[] = [];
  for (const file of form.getAll('files')) {
    if (typeof file === 'string' || file.name === '') continue;
    const input = { fileName: file.name, content: bytesOf(file.stream()) };
    const result = await submit(context, form, () => caller.attachments.upload(input));
    if ('failure' in result) return { uploads, refusal: result.failure };
    uploads.push(result.value);
  }
  return { uploads, refusal: null };
}
