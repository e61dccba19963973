import { z } from 'zod';
import { createTask, setTaskActive, updateTask } from '../../domain/tasks/commands.ts';
import { completeTask, reopenTask } from '../../domain/tasks/complete.ts';
import { countTasks, getTask, listTasks } from '../../domain/tasks/queries.ts';
import {
  createTaskInput,
  listTasksInput,
  task,
  taskChange,
  taskPage,
  taskRef,
  updateTaskInput,
} from '../../domain/tasks/schema.ts';
import type { Actor } from '../../domain/tasks/store.ts';
import type { Services } from '../context.ts';
import { rest } from '../rest-meta.ts';
import { router, tenantProcedure } from '../trpc.ts';

export const tasksRouter = router({
  list: tenantProcedure('tasks.read')
    .meta(rest('GET', '/tasks', 'List tasks'))
    .input(listTasksInput)
    .output(taskPage)
    .query(({ ctx, input }) => listTasks(ctx.tx, askerOf(ctx), input)),
  count: tenantProcedure('tasks.read')
    .input(listTasksInput)
    .output(z.number().int())
    .query(({ ctx, input }) => countTasks(ctx.tx, askerOf(ctx), input)),
  byId: tenantProcedure('tasks.read')
    .meta(rest('GET', '/tasks/{taskId}', 'Read a task'))
    .input(taskRef)
    .output(task)
    .query(({ ctx, input }) => getTask(ctx.tx, ctx.services.now(), input.taskId)),
  create: tenantProcedure('tasks.write')
    .meta(rest('POST', '/tasks', 'Create a task', 201))
    .input(createTaskInput)
    .output(task)
    .mutation(({ ctx, input }) => createTask(ctx.tx, actorOf(ctx), input)),
  update: tenantProcedure('tasks.write')
    .meta(rest('PATCH', '/tasks/{taskId}', 'Change a task'))
    .input(updateTaskInput)
    .output(task)
    .mutation(({ ctx, input }) => updateTask(ctx.tx, actorOf(ctx), input)),
  complete: tenantProcedure('tasks.write')
    .meta(rest('POST', '/tasks/{taskId}/complete', 'Complete a task; one that repeats brings its next'))
    .input(taskChange)
    .output(task)
    .mutation(({ ctx, input }) => completeTask(ctx.tx, actorOf(ctx), input)),
  reopen: tenantProcedure('tasks.write')
    .meta(rest('POST', '/tasks/{taskId}/reopen', 'Open a completed task again'))
    .input(taskChange)
    .output(task)
    .mutation(({ ctx, input }) => reopenTask(ctx.tx, actorOf(ctx), input)),
  archive: tenantProcedure('tasks.write')
    .meta(rest('DELETE', '/tasks/{taskId}', 'Move a task to the recycle bin'))
    .input(taskChange)
    .output(task)
    .mutation(({ ctx, input }) => setTaskActive(ctx.tx, actorOf(ctx), { ...input, isActive: false })),
  restore: tenantProcedure('tasks.write')
    .meta(rest('POST', '/tasks/{taskId}/restore', 'Bring a task back from the recycle bin'))
    .input(taskChange)
    .output(task)
    .mutation(({ ctx, input }) => setTaskActive(ctx.tx, actorOf(ctx), { ...input, isActive: true })),
});

interface TaskContext {
  services: Pick<Services, 'now'>;
  principal: Actor['principal'];
}

function actorOf({ services, principal }: TaskContext): Actor {
  return { principal, now: services.now() };
}

function askerOf({ services, principal }: TaskContext) {
  return { userId: principal.userId, now: services.now() };
}
