import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience } from '../../../db/types.ts';
import { invalidField } from '../../kernel/errors.ts';
import { notify } from '../records/notify.ts';
import { mentionedIds } from './rules.ts';
import type { WrittenNote } from './schema.ts';

interface Mentioning {
  noteId: string;
  organizationId: string;
  content: string;
  audience: Audience;
  references: {
    companyId: string | null;
    contactId: string | null;
    dealId: string | null;
    campaignId: string | null;
  };
}

/**
 * Keeps whom a note mentions and tells those who are new to it. Answers those who are mentioned now and may not read
 * it: they are not told, so that a mention never says what its reader must not see; the author is.
 * Errors: `invalid` where a private note mentions a member.
 */
export async function keepMentions(tx: TenantTx, note: Mentioning): Promise<WrittenNote['unreached']> {
  const people = await membersAmong(tx, mentionedIds(note.content));
  if (note.audience === 'AUTHOR' && people.length > 0) {
    const names = people.map(({ name }) => name).join(', ');
    throw invalidField(
      'content',
      `A private note is yours alone, so it cannot mention ${names}. Take the mention out, or let your agency read the note.`,
    );
  }
  const known = await storedMentions(tx, note.noteId);
  await store(tx, note, { known, wanted: people.map(({ userId }) => userId) });
  const added = people.filter(({ userId }) => !known.has(userId));
  const readers = await readersAmong(tx, note.noteId, added);
  for (const { userId } of added.filter(({ userId }) => readers.has(userId))) {
    await notify(tx, { userId, kind: 'MENTIONED', noteId: note.noteId, ...note.references });
  }
  return added.filter(({ userId }) => !readers.has(userId));
}

/** The active members of the agency among these ids, of those whom the author may know. */
async function membersAmong(tx: TenantTx, ids: readonly string[]): Promise<WrittenNote['unreached']> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['users.id', 'users.name'])
    .where('memberships.is_active', '=', true)
    .where('memberships.user_id', 'in', ids)
    .orderBy('users.name')
    .execute();
  return rows.map(({ id, name }) => ({ userId: id, name }));
}

async function storedMentions(tx: TenantTx, noteId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('note_mentions').select('user_id').where('note_id', '=', noteId).execute();
  return new Set(rows.map((row) => row.user_id));
}

async function store(
  tx: TenantTx,
  note: Pick<Mentioning, 'noteId' | 'organizationId'>,
  { known, wanted }: { known: ReadonlySet<string>; wanted: readonly string[] },
): Promise<void> {
  const gone = [...known].filter((userId) => !wanted.includes(userId));
  const added = wanted.filter((userId) => !known.has(userId));
  if (gone.length > 0) {
    await tx
      .deleteFrom('note_mentions')
      .where('note_id', '=', note.noteId)
      .where('user_id', 'in', gone)
      .execute();
  }
  if (added.length === 0) return;
  const { organizationId: organization_id, noteId: note_id } = note;
  await tx
    .insertInto('note_mentions')
    .values(added.map((user_id) => ({ organization_id, note_id, user_id })))
    .execute();
}

async function readersAmong(
  tx: TenantTx,
  noteId: string,
  people: WrittenNote['unreached'],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const ids = people.map(({ userId }) => userId);
  const { rows } = await sql<{ id: string }>`
    select app.note_readers(${noteId}::uuid, ${ids}::uuid[]) as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
