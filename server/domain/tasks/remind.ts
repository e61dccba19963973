import { sql } from 'kysely';
import type { SystemTx, TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { dueMoment, remindMoment } from './rules.ts';
import { findHeldTask, type HeldTask } from './store.ts';
import { notifyOfTask, tellOfTask } from './tell.ts';

export interface TaskToLookAt {
  organizationId: string;
  taskId: string;
}

/**
 * Tasks of all agencies whose reminder or due moment has come, or comes within hours, the longest waiting first. The
 * list may hold what is not due: markTask decides.
 */
export async function listTasksToLookAt(tx: SystemTx, now: Date, most: number): Promise<TaskToLookAt[]> {
  const { rows } = await sql<{ organization_id: string; task_id: string }>`
    select organization_id, task_id from app.tasks_to_look_at(${now.toISOString()}::timestamptz, ${most})`.execute(
    tx,
  );
  return rows.map((row) => ({ organizationId: row.organization_id, taskId: row.task_id }));
}

/**
 * Reminds of a task and marks it as overdue where its moments have come. Mark and effect stand in one transaction under
 * the task's lock, so that each happens once however many workers look, and none is lost to one that dies.
 */
export async function markTask(
  tx: TenantTx,
  principal: Principal,
  { taskId, now }: { taskId: string; now: Date },
): Promise<{ isReminded: boolean; isOverdue: boolean }> {
  const task = await findHeldTask(tx, taskId);
  const due = task ? whatIsDue(task, now) : { isReminded: false, isOverdue: false };
  if (!task || (!due.isReminded && !due.isOverdue)) return due;
  await tx
    .updateTable('tasks')
    .set({ ...(due.isReminded && { reminded_at: now }), ...(due.isOverdue && { overdue_at: now }) })
    .where('id', '=', taskId)
    .execute();
  const userId = task.assignee_id ?? task.owner_id;
  if (due.isReminded && userId) await notifyOfTask(tx, task, { userId, kind: 'TASK_REMINDER' });
  if (due.isOverdue) {
    await tellOfTask(tx, principal, { type: 'TASK_OVERDUE', task });
    if (userId) await notifyOfTask(tx, task, { userId, kind: 'TASK_OVERDUE' });
  }
  return due;
}

function whatIsDue(task: HeldTask, now: Date): { isReminded: boolean; isOverdue: boolean } {
  const isOpen = task.is_active && task.completed_at === null;
  const { remind_on, remind_time, due_on, due_time, zone } = task;
  return {
    isReminded:
      isOpen &&
      task.reminded_at === null &&
      remind_on !== null &&
      remindMoment({ day: remind_on, time: remind_time }, zone) <= now,
    isOverdue:
      isOpen &&
      task.overdue_at === null &&
      due_on !== null &&
      dueMoment({ day: due_on, time: due_time }, zone) <= now,
  };
}
