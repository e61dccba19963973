import { sql } from 'kysely';
import { cappedCount, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { textOf } from './rules.ts';
import type { ListNotificationsInput, Notification } from './schema.ts';

/** What the reader was told, newest first. Its words are found under their own policies, as they read. */
export async function listNotifications(
  tx: TenantTx,
  userId: string | null,
  input: ListNotificationsInput,
): Promise<Page<Notification>> {
  let query = mine(tx, userId)
    .leftJoin('users', 'users.id', 'notifications.actor_id')
    .select(['notifications.id', 'notifications.kind', 'notifications.actor_id'])
    .select(['notifications.read_at', 'notifications.created_at', 'users.name as actor_name'])
    .select([
      visible('note').as('note_id'),
      ...nouns.flatMap((noun) => [visible(noun).as(`${noun}_id`), nameOf(noun).as(`${noun}_name`)]),
    ]);
  if (input.unread) query = query.where('notifications.read_at', 'is', null);
  const page = await keysetPage(query, {
    sortName: '-createdAt',
    key: { expression: sql`notifications.created_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`notifications.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return {
    items: page.items.map((row) => toNotification(row)),
    nextCursor: page.nextCursor,
  };
}

const MOST_UNREAD = 99;

/** How many the reader has not read, counted to 100. */
export async function countUnread(tx: TenantTx, userId: string | null): Promise<number> {
  const unread = mine(tx, userId).select('notifications.id').where('notifications.read_at', 'is', null);
  return cappedCount(tx, unread, MOST_UNREAD);
}

/** The policy says the same; said here, the index is found. */
function mine(tx: TenantTx, userId: string | null) {
  return tx.selectFrom('notifications').where('notifications.user_id', '=', userId);
}

const nouns = ['task', 'deal', 'campaign', 'contact', 'company', 'creatorContract'] as const;
type Noun = (typeof nouns)[number];

const tables = {
  task: 'tasks',
  deal: 'deals',
  campaign: 'campaigns',
  contact: 'contacts',
  company: 'companies',
  creatorContract: 'creator_contracts',
  note: 'notes',
} as const;

/** The columns that hold them; a contract is called by its title. */
const columnOf = (noun: Noun | 'note') =>
  sql.ref(`notifications.${noun === 'creatorContract' ? 'creator_contract' : noun}_id`);

/** The id that a notification refers to, or null where the reader does not see it. */
function visible(noun: Noun | 'note') {
  return sql<string | null>`(select r.id from ${sql.table(tables[noun])} r
    where r.organization_id = notifications.organization_id and r.id = ${columnOf(noun)})`;
}

function nameOf(noun: Noun) {
  return sql<
    string | null
  >`(select r.${sql.ref(noun === 'creatorContract' ? 'title' : 'name')} from ${sql.table(tables[noun])} r
    where r.organization_id = notifications.organization_id and r.id = ${columnOf(noun)})`;
}

type NotificationRow = {
  id: string;
  kind: Notification['kind'];
  actor_id: string | null;
  actor_name: string | null;
  note_id: string | null;
  read_at: Date | null;
  created_at: Date;
} & Record<`${Noun}_id` | `${Noun}_name`, string | null>;

function toNotification(row: NotificationRow): Notification {
  const subject = subjectOf(row);
  return {
    id: row.id,
    kind: row.kind,
    text: textOf({ kind: row.kind, actorName: row.actor_name, subjectName: subject?.name ?? null }),
    actorId: row.actor_id,
    actorName: row.actor_name,
    subject,
    noteId: row.note_id,
    isRead: row.read_at !== null,
    readAt: row.read_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

/** The nearest thing that the reader sees. What is told of a note they don't see any more leads nowhere. */
function subjectOf(row: NotificationRow): Notification['subject'] {
  if (row.kind === 'MENTIONED' && row.note_id === null) return null;
  const isOfTask = row.kind.startsWith('TASK_');
  for (const noun of isOfTask ? (['task'] as const) : nouns) {
    const [id, name] = [row[`${noun}_id`], row[`${noun}_name`]];
    if (id !== null && name !== null) return { noun, id, name };
  }
  return null;
}
