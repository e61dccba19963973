import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';
import { mayChange } from '../tasks/rules.ts';
import { type NounRule, type Outcome, refusals, type Row } from './rules.ts';
import type { SetFields } from './schema.ts';

type TaskRow = Row & { assignee_id: string | null; audience: Audience };

const NOT_FITTING = {
  code: 'NOT_FITTING',
  reason: 'A client’s own login would not see it: share the task with their brand first.',
} as const;

/** The rules of single tasks. Errors: `invalid` where the assignee is no member whom the principal sees. */
export async function taskRule(
  tx: TenantTx,
  principal: Principal,
  set: SetFields['TASK'],
): Promise<NounRule> {
  const brandOfLogin = set.assigneeId ? await brandOfMember(tx, set.assigneeId) : null;
  return (row, values) => {
    const before = row as TaskRow;
    if (!mayChange(principal, before)) return { refusal: refusals.notYours };
    const after = { ...before, ...values };
    if (!mayChange(principal, after)) return { refusal: refusals.outOfReach };
    const isSeen = after.audience === 'EVERYONE' && after.brand_id === brandOfLogin;
    if (brandOfLogin !== null && !isSeen) return { refusal: NOT_FITTING };
    // A mark of a due day that moved falls away; the jobs set it anew where the new day is past as well.
    const isDueMoved = values.due_on !== undefined && values.due_on !== before.due_on;
    return { values: isDueMoved ? { ...values, overdue_at: null } : values };
  };
}

async function brandOfMember(tx: TenantTx, userId: string): Promise<string | null> {
  const member = await tx
    .selectFrom('memberships')
    .select('brand_id')
    .where('user_id', '=', userId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!member) throw invalidField('assigneeId', 'There is no such member of this agency.');
  return member.brand_id;
}

/** Tells the assignee of each task that is theirs now. */
export async function notifyAssignee(tx: TenantTx, outcomes: readonly Outcome[]): Promise<void> {
  const assigned = outcomes.flatMap((outcome) =>
    'values' in outcome && typeof outcome.values.assignee_id === 'string' ? [outcome.row.id] : [],
  );
  if (assigned.length === 0) return;
  await sql`
    select app.notify(t.assignee_id, 'TASK_ASSIGNED', null, t.id, t.company_id, t.contact_id, t.deal_id, t.campaign_id)
      from tasks t where t.id = any (${assigned}::uuid[])`.execute(tx);
}
