import type { Note } from '../../../server/domain/notes/schema.ts';
import type { NoteFailure } from '../../bridge/note-forms.server.ts';

/** What a note's form answers to a script. */
export type NoteAnswer =
  | {
      ok: true;
      note: Note;
      /** The page of the record that it is on. */
      href: string;
      /** Whom it mentions in vain, in words; null where nobody. */
      unreached: string | null;
    }
  | NoteFailure;
