import type { TenantTx } from '../../../db/tenant.ts';
import { AppError } from '../../kernel/errors.ts';
import { dayIn, plusDays } from '../../kernel/time-zones.ts';
import { requireVersion } from '../records/store.ts';
import { getTask } from './queries.ts';
import { daysBetween, mayChange, nextOccurrence } from './rules.ts';
import type { Task } from './schema.ts';
import { type Actor, findHeldTask, type HeldTask, holdTask } from './store.ts';
import { tellOfTask } from './tell.ts';

interface StateChange {
  taskId: string;
  expectedVersion?: number | undefined;
}

/**
 * Completes a task. One that repeats brings the next of its series, once, in the same transaction: completing again,
 * or at the same moment as somebody else, brings no second one.
 * Errors: `not_found`, `forbidden`, `precondition`; `conflict` in the recycle bin.
 */
export async function completeTask(tx: TenantTx, actor: Actor, input: StateChange): Promise<Task> {
  const { principal, now } = actor;
  const task = await holdForChange(tx, actor, input);
  if (task.completed_at === null) {
    const nextTaskId = await continueSeries(tx, actor, task);
    await tx
      .updateTable('tasks')
      .set({ completed_at: now, completed_by_id: principal.userId, next_task_id: nextTaskId })
      .where('id', '=', task.id)
      .execute();
    await tellOfTask(tx, principal, { type: 'TASK_COMPLETED', task });
  }
  return getTask(tx, now, task.id);
}

/**
 * Opens a task again. The next one of its series goes to the recycle bin until this one is done, unless it is done
 * itself: a series has one open task.
 * Errors: as completeTask.
 */
export async function reopenTask(tx: TenantTx, actor: Actor, input: StateChange): Promise<Task> {
  const { principal, now } = actor;
  const task = await holdForChange(tx, actor, input);
  if (task.completed_at !== null) {
    await tx
      .updateTable('tasks')
      .set({ completed_at: null, completed_by_id: null })
      .where('id', '=', task.id)
      .execute();
    await tellOfTask(tx, principal, { type: 'TASK_REOPENED', task });
    await setNextActive(tx, actor, { nextTaskId: task.next_task_id, isActive: false });
  }
  return getTask(tx, now, task.id);
}

async function holdForChange(tx: TenantTx, { principal }: Actor, input: StateChange): Promise<HeldTask> {
  const task = await holdTask(tx, principal, input.taskId);
  requireVersion(task.version, input.expectedVersion);
  if (!task.is_active) {
    throw new AppError('conflict', 'This task is in the recycle bin. Restore it first.');
  }
  return task;
}

/** Answers the next task of a series, making it where there is none; null where the task does not repeat. */
async function continueSeries(tx: TenantTx, actor: Actor, task: HeldTask): Promise<string | null> {
  if (task.next_task_id !== null) {
    await setNextActive(tx, actor, { nextTaskId: task.next_task_id, isActive: true });
    return task.next_task_id;
  }
  if (task.recurrence === null || task.due_on === null) return null;
  const series = { recurrence: task.recurrence, startOn: task.series_start_on ?? task.due_on };
  const dueOn = nextOccurrence(series, task.due_on, dayIn(task.zone, actor.now));
  const next = await tx
    .insertInto('tasks')
    .values({ ...copyOf(task), due_on: dueOn, remind_on: remindOnOf(task, dueOn) })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tellOfTask(tx, actor.principal, {
    type: 'TASK_CREATED',
    task: next,
    metadata: { fromTaskId: task.id },
  });
  return next.id;
}

/** A reminder keeps its distance to the due day. */
function remindOnOf(task: HeldTask, dueOn: string): string | null {
  if (task.remind_on === null || task.due_on === null) return null;
  return plusDays(dueOn, daysBetween(task.due_on, task.remind_on));
}

/** What the next of a series takes over; what was completed, marked or given by another system stays behind. */
function copyOf(task: HeldTask) {
  return {
    organization_id: task.organization_id,
    brand_id: task.brand_id,
    owner_id: task.owner_id,
    created_by_id: task.created_by_id,
    tags: task.tags,
    custom_fields: task.custom_fields,
    company_id: task.company_id,
    contact_id: task.contact_id,
    deal_id: task.deal_id,
    campaign_id: task.campaign_id,
    title: task.title,
    description: task.description,
    priority: task.priority,
    assignee_id: task.assignee_id,
    due_time: task.due_time,
    remind_time: task.remind_time,
    recurrence: task.recurrence,
    series_id: task.series_id ?? task.id,
    series_start_on: task.series_start_on ?? task.due_on,
    audience: task.audience,
  };
}

/** Puts the next task of a series away while this one is open again, or takes it back; one that is done stays. */
async function setNextActive(
  tx: TenantTx,
  { principal }: Actor,
  { nextTaskId, isActive }: { nextTaskId: string | null; isActive: boolean },
): Promise<void> {
  const next = nextTaskId === null ? undefined : await findHeldTask(tx, nextTaskId);
  if (!next || next.completed_at !== null || next.is_active === isActive || !mayChange(principal, next))
    return;
  await tx.updateTable('tasks').set({ is_active: isActive }).where('id', '=', next.id).execute();
  await tellOfTask(tx, principal, { type: isActive ? 'TASK_RESTORED' : 'TASK_DELETED', task: next });
}
