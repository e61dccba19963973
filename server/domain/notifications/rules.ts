import type { Notification } from './schema.ts';

interface Told {
  kind: Notification['kind'];
  actorName: string | null;
  /** null: the reader does not see it any more. */
  subjectName: string | null;
}

/** What happened, in a sentence. */
export function textOf({ kind, actorName, subjectName }: Told): string {
  const who = actorName ?? 'Somebody';
  const what = subjectName === null ? null : `“${subjectName}”`;
  switch (kind) {
    case 'MENTIONED':
      return what
        ? `${who} mentioned you on ${what}`
        : `${who} mentioned you in a note that you can’t see any more`;
    case 'TASK_ASSIGNED':
      return what ? `${who} assigned you ${what}` : `${who} assigned you a task that you can’t see any more`;
    case 'TASK_REMINDER':
      return what ? `Reminder: ${what}` : 'A reminder of a task that you can’t see any more';
    case 'TASK_OVERDUE':
      return what ? `${what} is overdue` : 'A task that you can’t see any more is overdue';
    case 'RECORD_CHANGED':
      return what ? `${who} changed ${what}` : `${who} changed something that you can’t see any more`;
    case 'CONTRACT_ENDING':
      return what
        ? `${what} ends soon, or a right that it gives`
        : 'A contract that you can’t see any more ends soon';
    case 'CONTRACT_CONFLICT':
      return what
        ? `Work stands against the exclusivity of ${what}`
        : 'Work stands against the exclusivity of a contract that you can’t see any more';
    case 'WORK_CONFLICT':
      return what
        ? `${what} stands against an exclusivity`
        : 'Something that you can’t see any more stands against an exclusivity';
    case 'CREATOR_CONNECTION_ENDED':
      return what
        ? `An account of ${what} is not connected any more: ask them to connect it again`
        : 'An account of a creator whom you can’t see any more is not connected any more';
    case 'CAMPAIGN_SUBMITTED':
      return what ? `${who} asks you to approve ${what}` : `${who} asked for an approval that is not yours`;
    case 'CAMPAIGN_APPROVED':
      return what ? `${who} approved ${what}` : `${who} approved a campaign that you can’t see any more`;
    case 'CAMPAIGN_RETURNED':
      return what
        ? `${who} sent ${what} back for a change`
        : `${who} sent a campaign back that you can’t see any more`;
    case 'CAMPAIGN_CANCELLED':
      return what
        ? `${who} cancelled ${what} in place of approving it`
        : `${who} cancelled a campaign that you can’t see any more`;
    case 'BRIEF_ANSWERED':
      return what
        ? `A creator answered a brief of ${what}`
        : 'A creator answered a brief of a campaign that you can’t see any more';
  }
}
