import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ListTeamsInput, Team } from './schema.ts';

/** The agency's teams by name, with their active members; with `mine` those of this person alone. */
export async function listTeams(tx: TenantTx, input: ListTeamsInput, userId: string | null): Promise<Team[]> {
  let query = selectTeams(tx)
    .orderBy(sql`lower(teams.name)`)
    .orderBy('teams.id');
  if (input.mine) {
    query = query.where((on) =>
      on.exists(
        on
          .selectFrom('team_members')
          .select('team_members.user_id')
          .whereRef('team_members.team_id', '=', 'teams.id')
          .where('team_members.user_id', '=', userId),
      ),
    );
  }
  return (await query.execute()).map(toTeam);
}

/** One team. Errors: `not_found`. */
export async function getTeam(tx: TenantTx, teamId: string): Promise<Team> {
  const row = await selectTeams(tx).where('teams.id', '=', teamId).executeTakeFirst();
  if (!row) throw notFound('team');
  return toTeam(row);
}

function selectTeams(tx: TenantTx) {
  return tx
    .selectFrom('teams')
    .select(['teams.id', 'teams.name', 'teams.version', 'teams.created_at', 'teams.updated_at'])
    .select(
      sql<Team['members']>`coalesce((
        select jsonb_agg(jsonb_build_object('userId', u.id, 'name', u.name) order by u.name, u.id)
          from team_members t
          join memberships m on m.organization_id = t.organization_id and m.user_id = t.user_id and m.is_active
          join users u on u.id = t.user_id
         where t.organization_id = teams.organization_id and t.team_id = teams.id), '[]')`.as('members'),
    );
}

interface TeamRow {
  id: string;
  name: string;
  version: number;
  created_at: Date;
  updated_at: Date;
  members: Team['members'];
}

function toTeam(row: TeamRow): Team {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    members: row.members,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
