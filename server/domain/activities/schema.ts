import { z } from 'zod';
import type { ActivityType } from '../../../db/types.ts';
import { note } from '../notes/schema.ts';
import { flag, id, listInput, pageOf } from '../records/schema.ts';

const { cursor, limit } = listInput;

/** What a reader of the stream can ask for, in the order in which it is offered. */
export const activityKinds = [
  'notes',
  'tasks',
  'stages',
  'changes',
  'records',
  'mail',
  'campaigns',
  'creators',
  'platforms',
  'settings',
  'files',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** The one table from type to kind. A new type does not compile until it has its line. */
export const kindOf = {
  NOTE_ADDED: 'notes',
  NOTE_UPDATED: 'notes',
  NOTE_DELETED: 'notes',
  NOTE_RESTORED: 'notes',
  TASK_CREATED: 'tasks',
  TASK_UPDATED: 'tasks',
  TASK_COMPLETED: 'tasks',
  TASK_REOPENED: 'tasks',
  TASK_OVERDUE: 'tasks',
  TASK_DELETED: 'tasks',
  TASK_RESTORED: 'tasks',
  DEAL_STAGE_CHANGED: 'stages',
  DEAL_WON: 'stages',
  DEAL_LOST: 'stages',
  COMPANY_UPDATED: 'changes',
  CONTACT_UPDATED: 'changes',
  DEAL_UPDATED: 'changes',
  CAMPAIGN_UPDATED: 'changes',
  COMPANY_CREATED: 'records',
  COMPANY_DELETED: 'records',
  COMPANY_RESTORED: 'records',
  COMPANY_MERGED: 'records',
  CONTACT_CREATED: 'records',
  CONTACT_DELETED: 'records',
  CONTACT_RESTORED: 'records',
  CONTACT_MERGED: 'records',
  DEAL_CREATED: 'records',
  DEAL_DELETED: 'records',
  DEAL_RESTORED: 'records',
  EMAIL_RECEIVED: 'mail',
  EMAIL_SENT: 'mail',
  CAMPAIGN_CREATED: 'campaigns',
  CAMPAIGN_DELETED: 'campaigns',
  CAMPAIGN_RESTORED: 'campaigns',
  CAMPAIGN_LAUNCHED: 'campaigns',
  CAMPAIGN_PAUSED: 'campaigns',
  CAMPAIGN_COMPLETED: 'campaigns',
  CAMPAIGN_SUBMITTED: 'campaigns',
  CAMPAIGN_APPROVED: 'campaigns',
  CAMPAIGN_RETURNED: 'campaigns',
  CAMPAIGN_CANCELLED: 'campaigns',
  CAMPAIGN_REOPENED: 'campaigns',
  CAMPAIGN_BUDGET_CHANGED: 'campaigns',
  CAMPAIGN_RULES_CHANGED: 'campaigns',
  CAMPAIGN_RESULTS_CHANGED: 'campaigns',
  CAMPAIGN_COSTS_CHANGED: 'campaigns',
  CAMPAIGN_TEMPLATE_CHANGED: 'settings',
  CAMPAIGN_SETTINGS_CHANGED: 'settings',
  BRIEF_SENT: 'creators',
  BRIEF_ANSWERED: 'creators',
  DELIVERABLE_REVIEWED: 'creators',
  CREATOR_SIGNED: 'creators',
  CREATOR_CREATED: 'creators',
  CREATOR_UPDATED: 'changes',
  CREATOR_DELETED: 'creators',
  CREATOR_RESTORED: 'creators',
  CREATOR_STATUS_CHANGED: 'creators',
  CREATOR_BLOCKED: 'creators',
  CREATOR_UNBLOCKED: 'creators',
  CREATOR_ASSIGNED: 'creators',
  CREATOR_UNASSIGNED: 'creators',
  CAMPAIGN_CREATOR_UPDATED: 'creators',
  CONTRACT_CREATED: 'creators',
  CONTRACT_UPDATED: 'creators',
  CONTRACT_SIGNED: 'creators',
  CONTRACT_ENDING: 'creators',
  CONTRACT_CONFLICT: 'creators',
  CONTRACT_TERMINATED: 'creators',
  CONTENT_PUBLISHED: 'creators',
  CONTENT_CONFIRMED: 'creators',
  CONTENT_REJECTED: 'creators',
  DISCLOSURE_TERMS_UPDATED: 'settings',
  LEAD_FORM_UPDATED: 'settings',
  LEAD_RECEIVED: 'records',
  PLATFORM_CONNECTED: 'platforms',
  PLATFORM_DISCONNECTED: 'platforms',
  AD_ACCOUNT_UPDATED: 'platforms',
  PLATFORM_SETTINGS_UPDATED: 'platforms',
  BRAND_CREATED: 'settings',
  BRAND_UPDATED: 'settings',
  BRAND_ASSIGNED: 'settings',
  CUSTOM_FIELD_CREATED: 'settings',
  CUSTOM_FIELD_UPDATED: 'settings',
  CUSTOM_FIELD_ARCHIVED: 'settings',
  CUSTOM_FIELD_RESTORED: 'settings',
  TEAM_CREATED: 'settings',
  TEAM_UPDATED: 'settings',
  TEAM_DELETED: 'settings',
  PIPELINE_UPDATED: 'settings',
  IMPORT_COMPLETED: 'files',
  RECORDS_EXPORTED: 'files',
} as const satisfies Record<ActivityType, ActivityKind>;

const activityTypes = Object.keys(kindOf) as ActivityType[];

/** Every type of these kinds. */
export function typesOf(kinds: readonly ActivityKind[]): ActivityType[] {
  return activityTypes.filter((type) => kinds.includes(kindOf[type]));
}

/** A task as an entry about it shows it now. */
const taskState = z.object({
  id: z.string(),
  title: z.string(),
  priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT']),
  dueOn: z.string().nullable(),
  dueTime: z.string().nullable(),
  completedAt: z.string().nullable(),
  assigneeName: z.string().nullable(),
  isActive: z.boolean(),
});

export const activity = z.object({
  id: z.string(),
  type: z.string(),
  description: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  actorKind: z.enum(['USER', 'API_KEY', 'EMBED', 'JOB']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  brandId: z.string().nullable(),
  companyId: z.string().nullable(),
  contactId: z.string().nullable(),
  dealId: z.string().nullable(),
  campaignId: z.string().nullable(),
  creatorId: z.string().nullable(),
  noteId: z.string().nullable(),
  taskId: z.string().nullable(),
  /** Who reads it: everybody who sees the record, the agency's people, or its author alone. */
  audience: z.enum(['EVERYONE', 'AGENCY', 'AUTHOR']),
  /** The note as it is now, at the entry that first told the reader of it; null where it is deleted. */
  note: note.nullable(),
  /** The task as it is now. */
  task: taskState.nullable(),
  /** What the ids among its changes are called, of those that the reader sees. */
  names: z.record(z.string(), z.string()),
  createdAt: z.string(),
});
export type Activity = z.infer<typeof activity>;

function isKind(value: string): value is ActivityKind {
  return (activityKinds as readonly string[]).includes(value);
}

export const listActivitiesInput = z.strictObject({
  companyId: id.optional(),
  contactId: id.optional(),
  dealId: id.optional(),
  campaignId: id.optional(),
  creatorId: id.optional(),
  /** Some kinds alone, with commas between: notes,tasks. */
  kinds: z
    .string()
    .max(200)
    .transform((value, ctx) => {
      const kinds = value.split(',').map((kind) => kind.trim());
      const unknown = kinds.find((kind) => !isKind(kind));
      if (unknown === undefined) return kinds.filter(isKind);
      const message = `There is no kind "${unknown}"; there are ${activityKinds.join(', ')}.`;
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional(),
  /** false leaves out what an import's rows did one by one; that the import was done stays. */
  importedRows: flag.optional(),
  /** A text in the description. */
  q: listInput.q,
  /** What happened since; the stream is append-only. */
  updatedSince: listInput.updatedSince,
  cursor,
  limit,
  sort: z.enum(['-createdAt', 'createdAt']).default('-createdAt'),
});
export type ListActivitiesInput = z.infer<typeof listActivitiesInput>;

export const activityPage = pageOf(activity);
