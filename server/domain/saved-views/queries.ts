import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MemberRole } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { mayChange } from './rules.ts';
import type { ListSavedViewsInput, SavedView } from './schema.ts';

/** The views that this person sees, by name. The policies leave out what is private to others. */
export async function listSavedViews(
  tx: TenantTx,
  principal: Principal,
  input: ListSavedViewsInput,
): Promise<Page<SavedView>> {
  let query = selectViews(tx, principal);
  if (input.noun) query = query.where('saved_views.noun', '=', input.noun);
  if (input.starred !== undefined)
    query = query.where(sql<boolean>`coalesce(choice.is_starred, false)`, '=', input.starred);
  const page = await keysetPage(query, {
    sortName: 'name',
    key: { expression: sql`lower(saved_views.name) collate "C"`, type: 'text', direction: 'asc' },
    id: sql<string>`saved_views.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map((row) => toSavedView(row, principal)), nextCursor: page.nextCursor };
}

/** One view. Errors: `not_found`, the same for another's private one, a foreign id and a nonsense one. */
export async function getSavedView(
  tx: TenantTx,
  principal: Principal,
  savedViewId: string,
): Promise<SavedView> {
  const row = await selectViews(tx, principal).where('saved_views.id', '=', savedViewId).executeTakeFirst();
  if (!row) throw notFound('saved view');
  return toSavedView(row, principal);
}

function selectViews(tx: TenantTx, principal: Principal) {
  return (
    tx
      .selectFrom('saved_views')
      .leftJoin('saved_view_choices as choice', (join) =>
        join.onRef('choice.saved_view_id', '=', 'saved_views.id').on('choice.user_id', '=', principal.userId),
      )
      .leftJoin('teams', 'teams.id', 'saved_views.team_id')
      .select(['saved_views.id', 'saved_views.noun', 'saved_views.name', 'saved_views.visibility'])
      .select(['saved_views.team_id', 'saved_views.query', 'saved_views.owner_id', 'saved_views.version'])
      .select(['saved_views.created_at', 'saved_views.updated_at'])
      // The driver reads arrays of the types that it knows; of an enum of ours it would give the text.
      .select(sql<MemberRole[]>`saved_views.default_for::text[]`.as('default_for'))
      .select(['choice.is_starred', 'choice.is_default', 'teams.name as team_name'])
  );
}

type ViewRow = Awaited<ReturnType<ReturnType<typeof selectViews>['executeTakeFirstOrThrow']>>;

function toSavedView(row: ViewRow, principal: Principal): SavedView {
  return {
    id: row.id,
    noun: row.noun,
    name: row.name,
    visibility: row.visibility,
    teamId: row.team_id,
    teamName: row.team_name,
    query: row.query,
    defaultFor: row.default_for,
    ownerId: row.owner_id,
    isStarred: row.is_starred ?? false,
    isDefault: row.is_default ?? false,
    isChangeable: mayChange(principal, { ownerId: row.owner_id, visibility: row.visibility }),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
