import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Tasks } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { type Notice, notify } from '../records/notify.ts';

type Told = Pick<
  Selectable<Tasks>,
  'id' | 'title' | 'audience' | 'brand_id' | 'company_id' | 'contact_id' | 'deal_id' | 'campaign_id'
>;

const words = {
  TASK_CREATED: 'created',
  TASK_UPDATED: 'changed',
  TASK_COMPLETED: 'completed',
  TASK_REOPENED: 'opened again',
  TASK_OVERDUE: 'is overdue',
  TASK_DELETED: 'deleted',
  TASK_RESTORED: 'restored',
} as const satisfies Partial<Record<ActivityEntry['type'], string>>;

/** Records what happened to a task on the timelines of what it hangs on, for those who read the task itself. */
export function tellOfTask(
  tx: TenantTx,
  principal: Principal,
  happened: { type: keyof typeof words; task: Told; metadata?: Record<string, unknown> },
): Promise<void> {
  const { type, task, metadata } = happened;
  return recordActivities(tx, principal, [
    {
      type,
      description: `Task ${task.title} ${words[type]}`,
      ...(metadata && { metadata }),
      taskId: task.id,
      companyId: task.company_id,
      contactId: task.contact_id,
      dealId: task.deal_id,
      campaignId: task.campaign_id,
      brandId: task.brand_id,
      audience: task.audience,
    },
  ]);
}

/** Tells one person of a task. Errors: none; somebody who left is not told. */
export function notifyOfTask(
  tx: TenantTx,
  task: Told,
  { userId, kind }: Pick<Notice, 'userId' | 'kind'>,
): Promise<void> {
  return notify(tx, {
    userId,
    kind,
    taskId: task.id,
    companyId: task.company_id,
    contactId: task.contact_id,
    dealId: task.deal_id,
    campaignId: task.campaign_id,
  });
}
