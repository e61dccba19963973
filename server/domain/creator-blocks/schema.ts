import { z } from 'zod';
import { id, listInput, pageOf, requiredText } from '../records/schema.ts';

export const blockCreatorInput = z.strictObject({
  creatorId: id,
  /** null: for all brands of the agency. */
  brandId: id.nullable(),
  reason: requiredText(2000),
});
export type BlockCreatorInput = z.infer<typeof blockCreatorInput>;

export const creatorBlockRef = z.strictObject({ creatorBlockId: id });

export const listCreatorBlocksInput = z.strictObject({
  creatorId: id.optional(),
  /** Of this brand, and of all. */
  brandId: id.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListCreatorBlocksInput = z.infer<typeof listCreatorBlocksInput>;

/** Who must not work for a brand, or for any, and why. */
export const creatorBlock = z.object({
  id: z.string(),
  creatorId: z.string(),
  creatorName: z.string(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  reason: z.string(),
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.string(),
  /** Whether the reader may take it away. */
  isChangeable: z.boolean(),
});
export type CreatorBlock = z.infer<typeof creatorBlock>;

export const creatorBlockPage = pageOf(creatorBlock);
