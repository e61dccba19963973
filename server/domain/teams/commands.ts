import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireVersion } from '../records/store.ts';
import { getTeam } from './queries.ts';
import type { CreateTeamInput, DeletedTeam, Team, TeamMemberInput, UpdateTeamInput } from './schema.ts';

/** Errors: `conflict` on a taken name, whatever its case; `invalid` on `userIds`. */
export async function createTeam(tx: TenantTx, principal: Principal, input: CreateTeamInput): Promise<Team> {
  await requireFreeName(tx, input.name);
  const { id } = await tx
    .insertInto('teams')
    .values({ organization_id: principal.organizationId, name: input.name })
    .returning('id')
    .executeTakeFirstOrThrow();
  const change = await setMembers(tx, id, input.userIds ?? []);
  const team = await getTeam(tx, id);
  await tell(tx, principal, { type: 'TEAM_CREATED', team, verb: 'created', metadata: change });
  return team;
}

/** Renames a team and says its members anew. Errors: `not_found`, `precondition`, `conflict`, `invalid`. */
export async function updateTeam(tx: TenantTx, principal: Principal, input: UpdateTeamInput): Promise<Team> {
  const { teamId, name, userIds } = input;
  const before = await lockTeam(tx, teamId);
  requireVersion(before.version, input.expectedVersion);
  const isRenamed = name !== undefined && name !== before.name;
  if (isRenamed) await requireFreeName(tx, name, teamId);
  const change = userIds ? await setMembers(tx, teamId, userIds) : { added: [], removed: [] };
  const isChanged = isRenamed || change.added.length > 0 || change.removed.length > 0;
  if (!isChanged) return before;
  // Its members are part of a team: who changes them moves its version on.
  await tx
    .updateTable('teams')
    .set({ name: name ?? before.name })
    .where('id', '=', teamId)
    .execute();
  const team = await getTeam(tx, teamId);
  const renamed = isRenamed ? { changes: { name: { from: before.name, to: name } } } : {};
  await tell(tx, principal, {
    type: 'TEAM_UPDATED',
    team,
    verb: 'changed',
    metadata: { ...renamed, ...change },
  });
  return team;
}

/** Takes one person into a team; who is in it already stays. Errors: `not_found`, `invalid`. */
export async function addTeamMember(
  tx: TenantTx,
  principal: Principal,
  { teamId, userId }: TeamMemberInput,
): Promise<Team> {
  const { members } = await lockTeam(tx, teamId);
  const userIds = [...new Set([...members.map((member) => member.userId), userId])];
  return updateTeam(tx, principal, { teamId, userIds });
}

/** Takes one person out of a team. Errors: `not_found`. */
export async function removeTeamMember(
  tx: TenantTx,
  principal: Principal,
  { teamId, userId }: TeamMemberInput,
): Promise<Team> {
  const { members } = await lockTeam(tx, teamId);
  const userIds = members.map((member) => member.userId).filter((id) => id !== userId);
  return updateTeam(tx, principal, { teamId, userIds });
}

/** Deletes a team for good, and the views that were shared with it alone. Errors: `not_found`. */
export async function deleteTeam(
  tx: TenantTx,
  principal: Principal,
  input: { teamId: string },
): Promise<DeletedTeam> {
  const team = await lockTeam(tx, input.teamId);
  await tx.deleteFrom('teams').where('id', '=', team.id).execute();
  await tell(tx, principal, { type: 'TEAM_DELETED', team, verb: 'deleted' });
  return { id: team.id, name: team.name };
}

/** Says a team's members, and who came and went. */
async function setMembers(tx: TenantTx, teamId: string, wanted: readonly string[]) {
  const userIds = [...new Set(wanted)];
  const rows = await tx.selectFrom('team_members').select('user_id').where('team_id', '=', teamId).execute();
  const held = new Set(rows.map((row) => row.user_id));
  const added = userIds.filter((userId) => !held.has(userId));
  const removed = [...held].filter((userId) => !userIds.includes(userId));
  if (removed.length > 0) {
    await tx
      .deleteFrom('team_members')
      .where('team_id', '=', teamId)
      .where('user_id', 'in', removed)
      .execute();
  }
  if (added.length > 0) {
    await requireColleagues(tx, added);
    await tx
      .insertInto('team_members')
      .values(
        added.map((userId) => ({
          organization_id: sql<string>`app.organization_id()`,
          team_id: teamId,
          user_id: userId,
        })),
      )
      .execute();
  }
  return { added, removed };
}

/** A client's own login is in no team: teams share what is the agency's. */
async function requireColleagues(tx: TenantTx, userIds: string[]): Promise<void> {
  const rows = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('user_id', 'in', userIds)
    .where('is_active', '=', true)
    .where('brand_id', 'is', null)
    .execute();
  if (rows.length < userIds.length) {
    throw invalidField('userIds', 'Only active members of the agency itself can be in a team.');
  }
}

async function requireFreeName(tx: TenantTx, name: string, except?: string): Promise<void> {
  let query = tx
    .selectFrom('teams')
    .select('id')
    .where(sql`lower(name)`, '=', sql`lower(${name})`);
  if (except) query = query.where('id', '<>', except);
  if (!(await query.executeTakeFirst())) return;
  const message = `There is a team called ${name} already.`;
  throw new AppError('conflict', message, { issues: [{ path: 'name', message }] });
}

async function lockTeam(tx: TenantTx, teamId: string): Promise<Team> {
  const row = await tx
    .selectFrom('teams')
    .select('id')
    .where('id', '=', teamId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('team');
  return getTeam(tx, teamId);
}

interface Told {
  type: 'TEAM_CREATED' | 'TEAM_UPDATED' | 'TEAM_DELETED';
  team: Team;
  verb: string;
  metadata?: Record<string, unknown>;
}

function tell(tx: TenantTx, principal: Principal, { type, team, verb, metadata }: Told): Promise<void> {
  const description = `Team ${team.name} ${verb}`;
  return recordActivities(tx, principal, [
    { type, description, metadata: { teamId: team.id, ...metadata }, audience: 'AGENCY' },
  ]);
}
