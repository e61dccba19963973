import { type Selectable, sql, type SqlBool } from 'kysely';
import {
  cappedCount,
  type KeysetRequest,
  keysetPage,
  type Page,
  type SortKey,
} from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Tasks } from '../../../db/types.ts';
import { notFound } from '../../kernel/errors.ts';
import { filterRecords, recordKeyset, toRecord } from '../records/queries.ts';
import { dueMoment, remindMoment } from './rules.ts';
import type { ListTasksInput, Task } from './schema.ts';

/** Who asks, and when it is: what is overdue or of today depends on both. */
export interface Asker {
  userId: string | null;
  now: Date;
}

/** One task. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getTask(tx: TenantTx, now: Date, taskId: string): Promise<Task> {
  const row = await tx
    .selectFrom('tasks')
    .selectAll()
    .select(besides())
    .where('id', '=', taskId)
    .executeTakeFirst();
  if (!row) throw notFound('task');
  return toTask(row, now);
}

export async function listTasks(tx: TenantTx, asker: Asker, input: ListTasksInput): Promise<Page<Task>> {
  const query = matchingTasks(tx, asker, input).selectAll('tasks').select(besides());
  const page = await keysetPage(query, taskKeyset(input));
  return { items: page.items.map((row) => toTask(row, asker.now)), nextCursor: page.nextCursor };
}

/** How many tasks match, counted to 10,001. */
export async function countTasks(tx: TenantTx, asker: Asker, input: ListTasksInput): Promise<number> {
  return cappedCount(tx, matchingTasks(tx, asker, input).select('tasks.id'));
}

/** The zone of a task's days and times. */
export const zoneOfTask = sql<string>`coalesce((select u.time_zone from users u where u.id = tasks.assignee_id),
  (select o.time_zone from organizations o where o.type <> 'BRAND'))`;

const references = [
  ['companyId', 'tasks.company_id'],
  ['contactId', 'tasks.contact_id'],
  ['dealId', 'tasks.deal_id'],
  ['campaignId', 'tasks.campaign_id'],
  ['assigneeId', 'tasks.assignee_id'],
] as const;

/** The tasks that a list shows, without columns yet. */
export function matchingTasks(tx: TenantTx, asker: Asker, input: ListTasksInput) {
  let query = filterRecords(tx.selectFrom('tasks'), 'tasks', input);
  for (const [field, column] of references) {
    const id = input[field];
    if (id) query = query.where(column, '=', id);
  }
  if (input.priority) query = query.where('tasks.priority', '=', input.priority);
  if (input.dueFrom) query = query.where('tasks.due_on', '>=', input.dueFrom);
  if (input.dueTo) query = query.where('tasks.due_on', '<=', input.dueTo);
  if (input.completed !== undefined) {
    query = query.where('tasks.completed_at', input.completed ? 'is not' : 'is', null);
  }
  return input.view === 'all'
    ? query
    : query.where('tasks.completed_at', 'is', null).where(isInView(input.view, asker));
}

/** What a view shows of the open tasks, by the wall clock of each task's own zone. */
function isInView(view: 'myDay' | 'upcoming' | 'overdue', { userId, now }: Asker) {
  const localNow = sql`(${now.toISOString()}::timestamptz at time zone ${zoneOfTask})`;
  switch (view) {
    case 'myDay':
      return sql<SqlBool>`(tasks.assignee_id = ${userId}::uuid and (coalesce(tasks.due_on, tasks.remind_on) is null
        or tasks.due_on <= ${localNow}::date or tasks.remind_on <= ${localNow}::date))`;
    case 'upcoming':
      return sql<SqlBool>`tasks.due_on > ${localNow}::date`;
    case 'overdue':
      // Once it is marked it stays so while a doubled hour passes a second time.
      return sql<SqlBool>`(tasks.due_on is not null and (tasks.overdue_at is not null
        or tasks.due_on + coalesce(tasks.due_time, time '24:00') <= ${localNow}))`;
  }
}

/** Of one day those with a time come first; without a due day they stand at the end, whichever way it is sorted. */
const dueKey = sql`coalesce(tasks.due_on + coalesce(tasks.due_time, time '24:00'), 'infinity'::timestamp)`;
const dueKeyDown = sql`coalesce(tasks.due_on + coalesce(tasks.due_time, time '24:00'), '-infinity'::timestamp)`;
const priorityKey = sql`case tasks.priority when 'LOW' then 1 when 'MEDIUM' then 2 when 'HIGH' then 3 else 4 end`;
const completedKey = sql`coalesce(tasks.completed_at, 'infinity'::timestamptz)`;
const completedKeyDown = sql`coalesce(tasks.completed_at, '-infinity'::timestamptz)`;

const keys: Partial<Record<ListTasksInput['sort'], SortKey>> = {
  dueOn: { expression: dueKey, type: 'timestamp', direction: 'asc' },
  '-dueOn': { expression: dueKeyDown, type: 'timestamp', direction: 'desc' },
  priority: { expression: priorityKey, type: 'int4', direction: 'asc' },
  '-priority': { expression: priorityKey, type: 'int4', direction: 'desc' },
  completedAt: { expression: completedKey, type: 'timestamptz', direction: 'asc' },
  '-completedAt': { expression: completedKeyDown, type: 'timestamptz', direction: 'desc' },
};

function taskKeyset(input: ListTasksInput): KeysetRequest {
  const { sort, cursor, limit } = input;
  const key = keys[sort];
  if (key) return { sortName: sort, key, id: sql<string>`tasks.id`, cursor, limit };
  // The table above has every sort of tasks alone.
  return recordKeyset('tasks', { sort: sort as Parameters<typeof recordKeyset>[1]['sort'], cursor, limit });
}

const nameOf = (table: 'companies' | 'contacts' | 'deals' | 'campaigns', column: string) =>
  sql<string | null>`(select r.name from ${sql.table(table)} r
    where r.organization_id = tasks.organization_id and r.id = ${sql.ref(column)})`;
const personOf = (column: string) =>
  sql<string | null>`(select u.name from users u where u.id = ${sql.ref(column)})`;

/** The names beside a task, each where the reader sees that record, and its zone. */
export function besides() {
  return [
    nameOf('companies', 'tasks.company_id').as('company_name'),
    nameOf('contacts', 'tasks.contact_id').as('contact_name'),
    nameOf('deals', 'tasks.deal_id').as('deal_name'),
    nameOf('campaigns', 'tasks.campaign_id').as('campaign_name'),
    personOf('tasks.assignee_id').as('assignee_name'),
    personOf('tasks.completed_by_id').as('completed_by_name'),
    zoneOfTask.as('zone'),
  ] as const;
}

type TaskRow = Selectable<Tasks> & {
  company_name: string | null;
  contact_name: string | null;
  deal_name: string | null;
  campaign_name: string | null;
  assignee_name: string | null;
  completed_by_name: string | null;
  zone: string;
};

function toTask(row: TaskRow, now: Date): Task {
  const dueAt = row.due_on === null ? null : dueMoment({ day: row.due_on, time: row.due_time }, row.zone);
  const remind = row.remind_on === null ? null : { day: row.remind_on, time: row.remind_time };
  return {
    title: row.title,
    description: row.description,
    companyId: row.company_id,
    companyName: row.company_name,
    contactId: row.contact_id,
    contactName: row.contact_name,
    dealId: row.deal_id,
    dealName: row.deal_name,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    dueOn: row.due_on,
    dueTime: row.due_time?.slice(0, 5) ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    remindOn: row.remind_on,
    remindTime: row.remind_time?.slice(0, 5) ?? null,
    remindAt: remind && remindMoment(remind, row.zone).toISOString(),
    timeZone: row.zone,
    priority: row.priority,
    assigneeId: row.assignee_id,
    assigneeName: row.assignee_name,
    recurrence: row.recurrence,
    isShared: row.audience === 'EVERYONE',
    completed: row.completed_at !== null,
    completedAt: row.completed_at?.toISOString() ?? null,
    completedById: row.completed_by_id,
    completedByName: row.completed_by_name,
    isOverdue:
      row.completed_at === null &&
      dueAt !== null &&
      (row.overdue_at !== null || dueAt.getTime() <= now.getTime()),
    nextTaskId: row.next_task_id,
    ...toRecord(row),
  };
}

/** The zone that the days and times of somebody's tasks are of. */
export async function zoneOfPerson(tx: TenantTx, userId: string | null): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select coalesce((select u.time_zone from users u where u.id = ${userId}::uuid), o.time_zone) as zone
      from organizations o where o.type <> 'BRAND'`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('The transaction is in no agency.');
  return row.zone;
}
