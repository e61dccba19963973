import { z } from 'zod';
import { flag, id, listInput, pageOf } from '../records/schema.ts';

const { cursor, limit } = listInput;

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
  createdAt: z.string(),
});
export type Activity = z.infer<typeof activity>;

export const listActivitiesInput = z.strictObject({
  companyId: id.optional(),
  contactId: id.optional(),
  dealId: id.optional(),
  campaignId: id.optional(),
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
