import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { findNotes } from '../notes/queries.ts';
import type { Note } from '../notes/schema.ts';
import { namesOf } from '../records/history.ts';
import type { Activity } from './schema.ts';

interface Told {
  id: string;
  type: string;
  metadata: unknown;
  note_id: string | null;
  task_id: string | null;
}

/** What stands inside the entries of a page, each by what it is found by. */
export interface Details {
  /** By the entry that shows it. */
  notes: ReadonlyMap<string, Note>;
  tasks: ReadonlyMap<string, NonNullable<Activity['task']>>;
  names: Record<string, string>;
}

/** Four questions for a page, however many entries it has; a page without notes, tasks or references asks none. */
export async function findDetails(
  tx: TenantTx,
  principal: Principal,
  rows: readonly Told[],
): Promise<Details> {
  const noteIds = idsOf(rows.filter(({ type }) => type === 'NOTE_ADDED').map((row) => row.note_id));
  const [notes, shownAt, tasks, names] = await Promise.all([
    findNotes(tx, principal, noteIds),
    firstEntries(tx, noteIds),
    findTasks(tx, idsOf(rows.map((row) => row.task_id))),
    namesOf(tx, idsOf(rows.flatMap((row) => referencesIn(row.metadata)))),
  ]);
  const active = [...notes.values()].filter(({ isActive }) => isActive);
  return { notes: new Map(active.map((note) => [shownAt.get(note.id) ?? '', note])), tasks, names };
}

function idsOf(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

/** A note is added once for each circle of readers that it is opened to; it stands where its reader first met it. */
async function firstEntries(tx: TenantTx, noteIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (noteIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('activities')
    .distinctOn('note_id')
    .select(['note_id', 'id'])
    .where('note_id', 'in', noteIds)
    .where('type', '=', 'NOTE_ADDED')
    .orderBy('note_id')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.note_id ?? '', row.id]));
}

async function findTasks(tx: TenantTx, taskIds: readonly string[]): Promise<Details['tasks']> {
  if (taskIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('tasks')
    .leftJoin('users', 'users.id', 'tasks.assignee_id')
    .select(['tasks.id', 'title', 'priority', 'due_on', 'due_time', 'completed_at', 'tasks.is_active'])
    .select('users.name as assignee_name')
    .where('tasks.id', 'in', taskIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        title: row.title,
        priority: row.priority,
        dueOn: row.due_on,
        dueTime: row.due_time?.slice(0, 5) ?? null,
        completedAt: row.completed_at?.toISOString() ?? null,
        assigneeName: row.assignee_name,
        isActive: row.is_active,
      },
    ]),
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The ids among the values that a change gave or took. */
export function referencesIn(metadata: unknown): string[] {
  const { changes } = (metadata ?? {}) as { changes?: unknown };
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.values(changes as Record<string, { from?: unknown; to?: unknown }>)
    .flatMap((change) => [change?.from, change?.to])
    .filter((value): value is string => typeof value === 'string' && UUID.test(value));
}
