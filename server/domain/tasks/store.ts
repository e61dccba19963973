import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience, Tasks } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { zoneOfTask } from './queries.ts';
import { mayChange } from './rules.ts';

/** Who changes a task, and when that is. */
export interface Actor {
  principal: Principal;
  now: Date;
}

/** A task as it stands, held until the transaction ends, with the zone of its days and times. */
export type HeldTask = Selectable<Tasks> & { zone: string };

export async function findHeldTask(tx: TenantTx, taskId: string): Promise<HeldTask | undefined> {
  return tx
    .selectFrom('tasks')
    .selectAll('tasks')
    .select(zoneOfTask.as('zone'))
    .where('id', '=', taskId)
    .forUpdate('tasks')
    .executeTakeFirst();
}

/** Errors: `not_found`; `forbidden` where the principal sees it through its record alone. */
export async function holdTask(tx: TenantTx, principal: Principal, taskId: string): Promise<HeldTask> {
  const task = await findHeldTask(tx, taskId);
  if (!task) throw notFound('task');
  requireChangeable(
    principal,
    task,
    'You may read this task; its author, its assignee and its brand’s people change it.',
  );
  return task;
}

/** Errors: `forbidden` with the given words where such a task would not be the principal's to change. */
export function requireChangeable(
  principal: Principal,
  task: Parameters<typeof mayChange>[1],
  message: string,
): void {
  if (!mayChange(principal, task)) throw new AppError('forbidden', message);
}

interface Assignment {
  assigneeId: string;
  audience: Audience;
  brandId: string | null;
}

/**
 * Errors: `invalid` on `assigneeId` where it is no active member whom the author sees, or a client's own login that
 * would not see the task.
 */
export async function requireAssignee(tx: TenantTx, assignment: Assignment): Promise<void> {
  const { assigneeId, audience, brandId } = assignment;
  const member = await tx
    .selectFrom('memberships')
    .select('brand_id')
    .where('user_id', '=', assigneeId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!member) throw invalidField('assigneeId', 'There is no such member of this agency.');
  if (member.brand_id !== null && (audience !== 'EVERYONE' || member.brand_id !== brandId)) {
    throw invalidField('assigneeId', 'This is a client’s own login: share the task with their brand first.');
  }
}

interface Schedule {
  due_on: string | null;
  due_time: string | null;
  remind_on: string | null;
  remind_time: string | null;
  recurrence: string | null;
}

/** Errors: `invalid` naming the field that the others need. */
export function requireSchedule(schedule: Schedule): void {
  const { due_on, due_time, remind_on, remind_time, recurrence } = schedule;
  if (recurrence !== null && due_on === null) {
    throw invalidField('dueOn', 'A task that repeats needs a due day.');
  }
  if (due_time !== null && due_on === null) throw invalidField('dueOn', 'A due time needs a due day.');
  if (remind_time !== null && remind_on === null) {
    throw invalidField('remindOn', 'The time of a reminder needs a day.');
  }
}
