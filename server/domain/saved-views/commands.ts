import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MemberRole } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getSavedView } from './queries.ts';
import { mayChange, whyNotShared } from './rules.ts';
import type {
  ChooseSavedViewInput,
  CreateSavedViewInput,
  DeletedSavedView,
  SavedView,
  UpdateSavedViewInput,
} from './schema.ts';

type Sharing = Pick<SavedView, 'visibility' | 'teamId' | 'defaultFor'>;

/**
 * Keeps a list's query under a name. Errors: `forbidden` where the author may not share so far; `invalid` on `teamId`
 * where it is no team of theirs, and on `defaultFor` of a view that is not the agency's.
 */
export async function createSavedView(
  tx: TenantTx,
  principal: Principal,
  input: CreateSavedViewInput,
): Promise<SavedView> {
  const { noun, name, query, visibility, defaultFor } = input;
  const ownerId = personOf(principal);
  const teamId = input.teamId ?? null;
  await requireSharing(tx, principal, { visibility, teamId, defaultFor });
  await takeDefaults(tx, { noun, roles: defaultFor, savedViewId: null });
  const { id } = await tx
    .insertInto('saved_views')
    .values({
      organization_id: principal.organizationId,
      noun,
      name,
      query,
      visibility,
      team_id: teamId,
      default_for: defaultFor,
      owner_id: ownerId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return getSavedView(tx, principal, id);
}

/** Errors: `not_found`, `forbidden`, `precondition`, `invalid` as createSavedView. */
export async function updateSavedView(
  tx: TenantTx,
  principal: Principal,
  input: UpdateSavedViewInput,
): Promise<SavedView> {
  const { savedViewId, name, query } = input;
  const before = await lockChangeable(tx, principal, input);
  const visibility = input.visibility ?? before.visibility;
  const sharing: Sharing = {
    visibility,
    teamId: visibility === 'TEAM' ? (input.teamId ?? before.teamId) : (input.teamId ?? null),
    defaultFor: input.defaultFor ?? (visibility === 'AGENCY' ? before.defaultFor : []),
  };
  const isShared = input.visibility ?? input.teamId ?? input.defaultFor;
  if (isShared !== undefined) await requireSharing(tx, principal, sharing);
  await takeDefaults(tx, { noun: before.noun, roles: input.defaultFor ?? [], savedViewId });
  await tx
    .updateTable('saved_views')
    .set(
      sentOnly({
        name,
        query,
        visibility: sharing.visibility,
        team_id: sharing.teamId,
        default_for: [...sharing.defaultFor],
      }),
    )
    .where('id', '=', savedViewId)
    .execute();
  return getSavedView(tx, principal, savedViewId);
}

/** Deletes a view for good. Errors: `not_found`, `forbidden`, `precondition`. */
export async function deleteSavedView(
  tx: TenantTx,
  principal: Principal,
  input: { savedViewId: string; expectedVersion?: number | undefined },
): Promise<DeletedSavedView> {
  const { id, name } = await lockChangeable(tx, principal, input);
  await tx.deleteFrom('saved_views').where('id', '=', id).execute();
  return { id, name };
}

/** Stars a view, or has this person's list open with it. Errors: `not_found`, `forbidden` for who is no person. */
export async function chooseSavedView(
  tx: TenantTx,
  principal: Principal,
  input: ChooseSavedViewInput,
): Promise<SavedView> {
  const userId = personOf(principal);
  const view = await getSavedView(tx, principal, input.savedViewId);
  if (input.isDefault) {
    await tx
      .updateTable('saved_view_choices')
      .set({ is_default: false })
      .where('user_id', '=', userId)
      .where('is_default', '=', true)
      .where('saved_view_id', 'in', (of) =>
        of.selectFrom('saved_views').select('id').where('noun', '=', view.noun),
      )
      .execute();
  }
  const choice = {
    is_starred: input.isStarred ?? view.isStarred,
    is_default: input.isDefault ?? view.isDefault,
  };
  await tx
    .insertInto('saved_view_choices')
    .values({ organization_id: principal.organizationId, saved_view_id: view.id, user_id: userId, ...choice })
    .onConflict((on) => on.columns(['organization_id', 'saved_view_id', 'user_id']).doUpdateSet(choice))
    .execute();
  return { ...view, isStarred: choice.is_starred, isDefault: choice.is_default };
}

/** A view belongs to somebody: an API key of the agency itself is nobody. */
function personOf(principal: Principal): string {
  if (principal.userId !== null) return principal.userId;
  throw new AppError('forbidden', 'A view belongs to a person; sign in as one.');
}

async function lockChangeable(
  tx: TenantTx,
  principal: Principal,
  input: { savedViewId: string; expectedVersion?: number | undefined },
): Promise<SavedView> {
  const row = await tx
    .selectFrom('saved_views')
    .select('id')
    .where('id', '=', input.savedViewId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('saved view');
  const view = await getSavedView(tx, principal, row.id);
  if (!mayChange(principal, view)) {
    throw new AppError('forbidden', 'This view is shared with you. Save a copy of your own to change it.');
  }
  requireVersion(view.version, input.expectedVersion);
  return view;
}

async function requireSharing(tx: TenantTx, principal: Principal, sharing: Sharing): Promise<void> {
  const { visibility, teamId, defaultFor } = sharing;
  const why = whyNotShared(principal, visibility);
  if (why) throw new AppError('forbidden', why);
  if (visibility !== 'AGENCY' && defaultFor.length > 0)
    throw invalidField('defaultFor', 'Only a view of the whole agency opens the lists of a role.');
  if (visibility !== 'TEAM') {
    if (teamId !== null) throw invalidField('teamId', 'Only a view of a team names one.');
    return;
  }
  if (teamId === null) throw invalidField('teamId', 'Choose the team that sees this view.');
  const own = await tx
    .selectFrom('team_members')
    .select('team_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', principal.userId)
    .executeTakeFirst();
  if (!own) throw invalidField('teamId', 'There is no such team, or you are not in it.');
}

/** A role's list opens with one view: the others of the noun give the role up. */
async function takeDefaults(
  tx: TenantTx,
  { noun, roles, savedViewId }: { noun: SavedView['noun']; roles: MemberRole[]; savedViewId: string | null },
): Promise<void> {
  if (roles.length === 0) return;
  const taken = sql<MemberRole[]>`${roles}::member_role[]`;
  let others = tx
    .updateTable('saved_views')
    .set({
      default_for: sql<
        MemberRole[]
      >`array(select role from unnest(default_for) role where role <> all(${taken}))`,
    })
    .where('noun', '=', noun)
    .where('visibility', '=', 'AGENCY')
    .where(sql<boolean>`default_for && ${taken}`);
  if (savedViewId) others = others.where('id', '<>', savedViewId);
  await others.execute();
}
