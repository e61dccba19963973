import { z } from 'zod';
import { expectedVersion, id, requiredText } from '../records/schema.ts';

export const team = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  /** By name. */
  members: z.array(z.object({ userId: z.string(), name: z.string() })),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Team = z.infer<typeof team>;

export const listTeamsInput = z.strictObject({
  /** true lists the caller's own teams alone. */
  mine: z.boolean().optional(),
});
export type ListTeamsInput = z.infer<typeof listTeamsInput>;

export const createTeamInput = z.strictObject({
  name: requiredText(200),
  userIds: z.array(id).max(1000).optional(),
});
export type CreateTeamInput = z.infer<typeof createTeamInput>;

export const updateTeamInput = z.strictObject({
  teamId: id,
  name: requiredText(200).optional(),
  /** Its members as they are to be, and no others. */
  userIds: z.array(id).max(1000).optional(),
  expectedVersion,
});
export type UpdateTeamInput = z.infer<typeof updateTeamInput>;

export const teamRef = z.strictObject({ teamId: id });
export const teamMemberInput = z.strictObject({ teamId: id, userId: id });
export type TeamMemberInput = z.infer<typeof teamMemberInput>;

export const deletedTeam = z.object({ id: z.string(), name: z.string() });
export type DeletedTeam = z.infer<typeof deletedTeam>;
