import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { requireRelated } from '../records/related.ts';
import { type Changes, sentOnly } from '../records/rules.ts';
import { changeRecord, newId, ownershipOf, setActive } from '../records/store.ts';
import { completeTask, reopenTask } from './complete.ts';
import { getTask, zoneOfPerson } from './queries.ts';
import { dueMoment, remindMoment } from './rules.ts';
import type { CreateTaskInput, Task, UpdateTaskInput } from './schema.ts';
import {
  type Actor,
  type HeldTask,
  holdTask,
  requireAssignee,
  requireChangeable,
  requireSchedule,
} from './store.ts';
import { notifyOfTask, tellOfTask } from './tell.ts';

/**
 * A new task is its author's to do unless it says whose. Without a brand of its own it has that of the record that it
 * hangs on; hanging on a deal alone, it hangs on the deal's company and contact as well.
 * Errors: `invalid` where a reference is none of the author's, or the schedule lacks a day; `conflict` on a taken
 * external id.
 */
export async function createTask(tx: TenantTx, actor: Actor, input: CreateTaskInput): Promise<Task> {
  const { principal } = actor;
  const [related, ofDeal, ownership] = await Promise.all([
    requireRelated(tx, input),
    refsOfDeal(tx, input),
    ownershipOf(tx, principal, input),
  ]);
  const columns = sentOnly(toColumns(input));
  const brandId = input.brandId === undefined ? (ownership.brand_id ?? related.brandId) : ownership.brand_id;
  const schedule = { due_on: null, due_time: null, remind_on: null, remind_time: null, recurrence: null };
  requireSchedule({ ...schedule, ...columns });
  const audience = columns.audience ?? (principal.brandId === null ? 'AGENCY' : 'EVERYONE');
  const assigneeId = input.assigneeId === undefined ? ownByDefault(principal) : input.assigneeId;
  if (assigneeId !== null) await requireAssignee(tx, { assigneeId, audience, brandId });
  const id = uuidV7();
  const series = columns.recurrence ? { series_id: id, series_start_on: columns.due_on ?? null } : {};
  const row = await tx
    .insertInto('tasks')
    .values({
      ...columns,
      ...ofDeal,
      ...ownership,
      ...series,
      id,
      title: input.title,
      brand_id: brandId,
      assignee_id: assigneeId,
      audience,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tellOfTask(tx, principal, { type: 'TASK_CREATED', task: row });
  if (assigneeId !== null) await notifyOfTask(tx, row, { userId: assigneeId, kind: 'TASK_ASSIGNED' });
  return input.completed ? completeTask(tx, actor, { taskId: id }) : getTask(tx, actor.now, id);
}

/**
 * Changes fields, and with `completed` the task's state. Another recurrence counts from the task's due day on.
 * Errors: `not_found`, `forbidden`, `invalid`, `precondition`, `conflict`.
 */
export async function updateTask(tx: TenantTx, actor: Actor, input: UpdateTaskInput): Promise<Task> {
  const { principal } = actor;
  const { taskId, completed } = input;
  const before = await holdTask(tx, principal, taskId);
  const values = sentOnly(toColumns(input));
  const after: HeldTask = { ...before, ...values };
  if (values.assignee_id !== undefined) after.zone = await zoneOfPerson(tx, values.assignee_id);
  const { row, changes } = await changeRecord(tx, {
    table: 'tasks',
    id: taskId,
    values: { ...values, ...consequences(before, after, { input, now: actor.now }) },
    expectedVersion: input.expectedVersion,
    base: input.base && toColumns(input.base as UpdateTaskInput),
    check: (_before, changes) => requireFit(tx, principal, { after, changes }),
  });
  const told = withoutConsequences(changes);
  if (Object.keys(told).length > 0) {
    await tellOfTask(tx, principal, { type: 'TASK_UPDATED', task: row, metadata: { changes: told } });
  }
  const userId = newId(changes.assignee_id);
  if (userId !== null) await notifyOfTask(tx, row, { userId, kind: 'TASK_ASSIGNED' });
  if (completed === undefined) return getTask(tx, actor.now, taskId);
  return completed ? completeTask(tx, actor, { taskId }) : reopenTask(tx, actor, { taskId });
}

/** Moves a task to the recycle bin (`isActive` false) or back. Errors: `not_found`, `forbidden`, `precondition`. */
export async function setTaskActive(
  tx: TenantTx,
  actor: Actor,
  input: { taskId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Task> {
  const { taskId: id, isActive, expectedVersion } = input;
  const task = await holdTask(tx, actor.principal, id);
  if (await setActive(tx, { table: 'tasks', id, isActive, expectedVersion })) {
    await tellOfTask(tx, actor.principal, { type: isActive ? 'TASK_RESTORED' : 'TASK_DELETED', task });
  }
  return getTask(tx, actor.now, id);
}

function ownByDefault(principal: Principal): string | null {
  return principal.kind === 'USER' && principal.brandId === null ? principal.userId : null;
}

/** The company and the contact of a task's deal, where the task names neither. */
async function refsOfDeal(tx: TenantTx, { dealId, companyId, contactId }: CreateTaskInput) {
  if (!dealId || companyId !== undefined || contactId !== undefined) return {};
  const deal = await tx
    .selectFrom('deals')
    .select(['company_id', 'contact_id'])
    .where('id', '=', dealId)
    .executeTakeFirst();
  return deal ?? {};
}

/** What a change of the schedule or the assignee brings with it: marks of moments that are still to come fall away. */
function consequences(
  before: HeldTask,
  after: HeldTask,
  { input, now }: { input: UpdateTaskInput; now: Date },
): Partial<HeldTask> {
  const isDueMoved = before.due_on !== after.due_on || before.due_time !== after.due_time;
  const isReminderMoved = before.remind_on !== after.remind_on || before.remind_time !== after.remind_time;
  const isDueAhead =
    after.due_on === null || dueMoment({ day: after.due_on, time: after.due_time }, after.zone) > now;
  const isReminderAhead =
    after.remind_on === null ||
    remindMoment({ day: after.remind_on, time: after.remind_time }, after.zone) > now;
  return {
    ...((isDueMoved || isDueAhead) && { overdue_at: null }),
    ...((isReminderMoved || isReminderAhead) && { reminded_at: null }),
    ...(after.recurrence === null && { series_start_on: null }),
    ...(after.recurrence !== null &&
      (after.recurrence !== before.recurrence || (input.movesSeries && isDueMoved)) && {
        series_id: before.series_id ?? before.id,
        series_start_on: after.due_on,
      }),
  };
}

const consequenceColumns = ['overdue_at', 'reminded_at', 'series_id', 'series_start_on'];

function withoutConsequences(changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([column]) => !consequenceColumns.includes(column)),
  );
}

async function requireFit(
  tx: TenantTx,
  principal: Principal,
  { after, changes }: { after: HeldTask; changes: Changes },
): Promise<void> {
  requireSchedule(after);
  await requireRelated(tx, {
    companyId: newId(changes.company_id),
    contactId: newId(changes.contact_id),
    dealId: newId(changes.deal_id),
    campaignId: newId(changes.campaign_id),
  });
  const { assignee_id: assigneeId, audience, brand_id: brandId } = after;
  if (assigneeId !== null && (changes.assignee_id ?? changes.audience ?? changes.brand_id)) {
    await requireAssignee(tx, { assigneeId, audience, brandId });
  }
  requireChangeable(
    principal,
    after,
    'After this the task would no longer be yours to change. Ask its author or an admin to do it.',
  );
}

/** PostgreSQL's own way to write a time, so that one that stays is no change. */
function toTime(time: string | null | undefined): string | null | undefined {
  return typeof time === 'string' ? `${time}:00` : time;
}

function toColumns(input: CreateTaskInput | UpdateTaskInput) {
  return {
    title: input.title,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    external_id: input.externalId,
    tags: input.tags,
    custom_fields: input.customFields as Json | undefined,
    company_id: input.companyId,
    contact_id: input.contactId,
    deal_id: input.dealId,
    campaign_id: input.campaignId,
    description: input.description,
    due_on: input.dueOn,
    // A day that is taken away takes its time along.
    due_time: input.dueOn === null ? (toTime(input.dueTime) ?? null) : toTime(input.dueTime),
    remind_on: input.remindOn,
    remind_time: input.remindOn === null ? (toTime(input.remindTime) ?? null) : toTime(input.remindTime),
    priority: input.priority,
    assignee_id: input.assigneeId,
    recurrence: input.recurrence,
    audience: audienceOf(input.isShared),
  };
}

function audienceOf(isShared: boolean | undefined): 'EVERYONE' | 'AGENCY' | undefined {
  return isShared === undefined ? undefined : isShared ? 'EVERYONE' : 'AGENCY';
}
