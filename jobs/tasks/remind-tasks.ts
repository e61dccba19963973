import type { Task } from 'graphile-worker';
import type { Database } from '../../db/client.ts';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { listTasksToLookAt, markTask, type TaskToLookAt } from '../../server/domain/tasks/remind.ts';
import type { Logger } from '../../server/kernel/log.ts';

export interface RemindServices {
  jobsDb: Database;
  log: Logger;
  now: () => Date;
}

/** What one run takes on; after a long stop the following minutes take the rest. */
const MOST_TASKS = 500;

/** `remind-tasks`: reminds of tasks and marks those that are overdue, each in its assignee's own zone. */
export function remindTasksTask(services: RemindServices): Task {
  return async (_payload, { abortSignal }) => {
    await remindTasks(services, { signal: abortSignal });
  };
}

/**
 * Answers how many people were reminded and how many tasks became overdue. A task that fails stays as it is and comes
 * again; the others go on.
 */
export async function remindTasks(
  services: RemindServices,
  { signal, most = MOST_TASKS }: { signal?: AbortSignal | undefined; most?: number } = {},
): Promise<{ reminded: number; overdue: number }> {
  const now = services.now();
  const tasks = await withSystem(services.jobsDb, (tx) => listTasksToLookAt(tx, now, most));
  const done = { reminded: 0, overdue: 0 };
  for (const task of tasks) {
    if (signal?.aborted) break;
    const { isReminded, isOverdue } = await lookAt(services, task, now);
    if (isReminded) done.reminded += 1;
    if (isOverdue) done.overdue += 1;
  }
  if (done.reminded + done.overdue > 0) services.log.info(done, 'tasks are due');
  return done;
}

async function lookAt({ jobsDb, log }: RemindServices, { organizationId, taskId }: TaskToLookAt, now: Date) {
  const principal = jobPrincipal(organizationId);
  try {
    return await withTenant(jobsDb, principal, 'write', (tx) => markTask(tx, principal, { taskId, now }));
  } catch (error) {
    log.error({ organizationId, taskId, err: error }, 'a task could not be marked');
    return { isReminded: false, isOverdue: false };
  }
}
