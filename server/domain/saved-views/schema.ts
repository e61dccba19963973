import { z } from 'zod';
import { customFieldKinds } from '../custom-fields/schema.ts';
import type { FilterNode } from '../records/fields.ts';
import { expectedVersion, flag, id, listInput, pageOf, requiredText, text } from '../records/schema.ts';

/** The nouns whose lists keep views. */
export const viewNouns = ['COMPANY', 'CONTACT', 'DEAL', 'TASK', 'CREATOR', 'CAMPAIGN'] as const;
export const viewVisibilities = ['PRIVATE', 'TEAM', 'AGENCY'] as const;
export const memberRoles = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;

/** What belongs to one look at a list and not to the list. */
const passing: ReadonlySet<string> = new Set(['cursor', 'trail', 'view', 'limit', 'panel', 'edit']);

/** A list's query string as a view keeps it: without a page's place, without what is empty, in one order. */
export function viewQuery(query: string): string {
  const kept = [...new URLSearchParams(query)].filter(([name, value]) => value !== '' && !passing.has(name));
  return new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))).toString();
}

const noun = z.enum(viewNouns);
const visibility = z.enum(viewVisibilities);

const fields = {
  name: requiredText(200),
  visibility,
  /** Of a view of a team: one that its author is in. */
  teamId: id.nullish(),
  /** The list's query string: q, filter, sort, columns and the noun's own filters. */
  query: text(8000).transform(viewQuery),
  /** The roles whose lists open with it, of an agency's view alone; it takes them from another view. */
  defaultFor: z.array(z.enum(memberRoles)).max(memberRoles.length),
};

export const createSavedViewInput = z.strictObject({
  noun,
  name: fields.name,
  visibility: visibility.default('PRIVATE'),
  teamId: fields.teamId,
  query: fields.query.default(''),
  defaultFor: fields.defaultFor.default([]),
});
export type CreateSavedViewInput = z.output<typeof createSavedViewInput>;

export const updateSavedViewInput = z.strictObject({
  savedViewId: id,
  name: fields.name.optional(),
  visibility: visibility.optional(),
  teamId: fields.teamId,
  query: fields.query.optional(),
  defaultFor: fields.defaultFor.optional(),
  expectedVersion,
});
export type UpdateSavedViewInput = z.output<typeof updateSavedViewInput>;

export const savedViewRef = z.strictObject({ savedViewId: id });
export const deleteSavedViewInput = z.strictObject({ savedViewId: id, expectedVersion });

/** What a person makes of a view for themselves. */
export const chooseSavedViewInput = z.strictObject({
  savedViewId: id,
  isStarred: z.boolean().optional(),
  /** true has the person's list open with it, and no other of the noun. */
  isDefault: z.boolean().optional(),
});
export type ChooseSavedViewInput = z.infer<typeof chooseSavedViewInput>;

export const listSavedViewsInput = z.strictObject({
  noun: noun.optional(),
  /** true lists those alone that this person starred. */
  starred: flag.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListSavedViewsInput = z.infer<typeof listSavedViewsInput>;

export const savedView = z.object({
  id: z.string(),
  noun,
  name: z.string(),
  visibility,
  teamId: z.string().nullable(),
  teamName: z.string().nullable(),
  query: z.string(),
  defaultFor: z.array(z.enum(memberRoles)),
  ownerId: z.string(),
  isStarred: z.boolean(),
  isDefault: z.boolean(),
  /** Whether the reader may change and delete it: their own, and an agency's or a team's as an owner or admin. */
  isChangeable: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedView = z.infer<typeof savedView>;

export const savedViewPage = pageOf(savedView);

/** What a list's page asks before it asks for rows. */
export const listFrameInput = z.strictObject({
  noun: z.enum(['COMPANY', 'CONTACT', 'DEAL', 'CREATOR', 'CAMPAIGN']),
  /** The view that the list stands under. */
  savedViewId: id.optional(),
  /** The list's own query; where it is empty the view's counts. */
  query: z.string().max(20_000),
});
export type ListFrameInput = z.infer<typeof listFrameInput>;

export const listFrame = z.object({
  views: z.array(savedView),
  /** The fields that the agency added to the noun. */
  customFields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      kind: z.enum(customFieldKinds),
      options: z.array(z.string()),
    }),
  ),
  /** What the list shows: its own query, or the view's. */
  query: z.string(),
  /** The filter of that query; `node` is null where there is none and where it does not hold. */
  filter: z.custom<FilterNode>().nullable(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type ListFrame = z.infer<typeof listFrame>;

export const deletedSavedView = z.object({ id: z.string(), name: z.string() });
export type DeletedSavedView = z.infer<typeof deletedSavedView>;
