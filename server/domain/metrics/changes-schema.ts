import { z } from 'zod';
import { id } from '../records/schema.ts';

export const figureChangesInput = z.strictObject({
  adAccountIds: z.array(id).min(1).max(500, 'At most 500 at a time.'),
});
export type FigureChangesInput = z.infer<typeof figureChangesInput>;

/** An ad account's sync moved: its figures, its clocks or its state may be others now. */
export const figureChange = z.object({
  adAccountId: z.string(),
  /** false: how it stands when the listening begins; true: it moved since. */
  hasMoved: z.boolean(),
  /** A run is under way. */
  isSyncing: z.boolean(),
  lastSyncedAt: z.string().nullable(),
  newestBusinessDate: z.string().nullable(),
});
export type FigureChange = z.infer<typeof figureChange>;
