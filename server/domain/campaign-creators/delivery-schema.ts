import { z } from 'zod';
import { contentTypes, socialPlatforms } from '../creator-contents/fields.ts';
import { id, requiredText, text, webAddress } from '../records/schema.ts';
import { reviewKinds } from './fields.ts';

/** Where the drafts of a deliverable stand. */
export const draftState = z.object({
  /** The newest of what came and was said; null: no draft came. */
  last: z.enum(reviewKinds).nullable(),
  lastAt: z.string().nullable(),
  drafts: z.number().int(),
  /** How often changes were asked for. */
  roundsUsed: z.number().int(),
  /** More than were agreed. */
  isOverRounds: z.boolean(),
});
export type DraftState = z.infer<typeof draftState>;

/** Posts that are for the campaign or may be, and what each counts for. */
export const workPieces = z.object({
  items: z.array(
    z.object({
      campaignContentId: z.string(),
      creatorContentId: z.string(),
      platform: z.enum(socialPlatforms),
      type: z.enum(contentTypes),
      title: z.string().nullable(),
      url: z.string().nullable(),
      /** The agency's day; null where nobody knows. */
      publishedOn: z.string().nullable(),
      views: z.number().nullable(),
      isConfirmed: z.boolean(),
      /** The deliverable that it counts for; null: for none. */
      campaignDeliverableId: z.string().nullable(),
      /** Somebody said so; else it was matched by network, type and day. */
      isPlacedByHand: z.boolean(),
      version: z.number().int(),
    }),
  ),
});
export type WorkPieces = z.infer<typeof workPieces>;
export type WorkPiece = WorkPieces['items'][number];

const review = { campaignDeliverableId: id, note: text(5000).nullish() };

export const submitDraftInput = z.strictObject({
  ...review,
  /** Where the draft can be looked at. */
  url: webAddress.nullish(),
});
export type SubmitDraftInput = z.infer<typeof submitDraftInput>;

export const requestChangesInput = z.strictObject({ ...review, note: requiredText(5000) });
export type RequestChangesInput = z.infer<typeof requestChangesInput>;

export const approveDraftInput = z.strictObject(review);
export type ApproveDraftInput = z.infer<typeof approveDraftInput>;

export const deliverableReview = z.object({
  id: z.string(),
  campaignDeliverableId: z.string(),
  kind: z.enum(reviewKinds),
  /** Which draft it is, or is of; the first is 1. */
  round: z.number().int(),
  note: z.string().nullable(),
  url: z.string().nullable(),
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.string(),
});
export type DeliverableReview = z.infer<typeof deliverableReview>;

export const deliverableReviews = z.object({ items: z.array(deliverableReview) });
export type DeliverableReviews = z.infer<typeof deliverableReviews>;
