import { z } from 'zod';
import {
  addTeamMember,
  createTeam,
  deleteTeam,
  removeTeamMember,
  updateTeam,
} from '../../domain/teams/commands.ts';
import { listTeams } from '../../domain/teams/queries.ts';
import {
  createTeamInput,
  deletedTeam,
  listTeamsInput,
  team,
  teamMemberInput,
  teamRef,
  updateTeamInput,
} from '../../domain/teams/schema.ts';
import { router, tenantProcedure } from '../trpc.ts';

const writing = tenantProcedure('teams.write');

export const teamsRouter = router({
  list: tenantProcedure('teams.read')
    .input(listTeamsInput)
    .output(z.array(team))
    .query(({ ctx, input }) => listTeams(ctx.tx, input, ctx.principal.userId)),
  create: writing
    .input(createTeamInput)
    .output(team)
    .mutation(({ ctx, input }) => createTeam(ctx.tx, ctx.principal, input)),
  update: writing
    .input(updateTeamInput)
    .output(team)
    .mutation(({ ctx, input }) => updateTeam(ctx.tx, ctx.principal, input)),
  addMember: writing
    .input(teamMemberInput)
    .output(team)
    .mutation(({ ctx, input }) => addTeamMember(ctx.tx, ctx.principal, input)),
  removeMember: writing
    .input(teamMemberInput)
    .output(team)
    .mutation(({ ctx, input }) => removeTeamMember(ctx.tx, ctx.principal, input)),
  delete: writing
    .input(teamRef)
    .output(deletedTeam)
    .mutation(({ ctx, input }) => deleteTeam(ctx.tx, ctx.principal, input)),
});
