import type { RemindServices } from '../../jobs/tasks/remind-tasks.ts';
import type { World } from '../support/world.ts';
import type { TestClock } from '../support/meta.ts';

/** What the minute's look at tasks needs, by a clock that the test sets. */
export function remindServices(world: World, clock: TestClock): RemindServices {
  return { jobsDb: world.jobsDb, log: world.services.log, now: clock.now };
}

export interface StoredNotice {
  kind: string;
  user_id: string;
  actor_id: string | null;
}

/** What people were told of a task, in order. */
export async function noticesOf(world: World, taskId: string): Promise<StoredNotice[]> {
  const { rows } = await world.ownerDb.pool.query<StoredNotice>(
    'select kind, user_id, actor_id from notifications where task_id = $1 order by created_at, id',
    [taskId],
  );
  return rows;
}

export async function setTimeZone(world: World, userId: string, timeZone: string | null): Promise<void> {
  await world.ownerDb.pool.query('update users set time_zone = $2 where id = $1', [userId, timeZone]);
}
