import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { CreatorSyncRun, ListCreatorSyncRunsInput } from './schema.ts';

/** Errors: `not_found`. */
export async function getCreatorSyncRun(tx: TenantTx, creatorSyncRunId: string): Promise<CreatorSyncRun> {
  const row = await selectRuns(tx).where('r.id', '=', creatorSyncRunId).executeTakeFirst();
  if (!row) throw notFound('sync of a creator');
  return toRun(row);
}

/** The runs of creators that the reader sees, the newest first. */
export async function listCreatorSyncRuns(
  tx: TenantTx,
  input: ListCreatorSyncRunsInput,
): Promise<Page<CreatorSyncRun>> {
  let query = selectRuns(tx);
  if (input.creatorId) query = query.where('r.creator_id', '=', input.creatorId);
  if (input.creatorPlatformId) query = query.where('r.creator_platform_id', '=', input.creatorPlatformId);
  if (input.status) query = query.where('r.status', '=', input.status);
  const page = await keysetPage(query, {
    sortName: '-createdAt',
    key: { expression: sql`r.created_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`r.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toRun), nextCursor: page.nextCursor };
}

function selectRuns(tx: TenantTx) {
  return tx
    .selectFrom('creator_sync_runs as r')
    .innerJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'r.organization_id').onRef('c.id', '=', 'r.creator_id'),
    )
    .leftJoin('creator_platforms as p', (join) =>
      join.onRef('p.organization_id', '=', 'r.organization_id').onRef('p.id', '=', 'r.creator_platform_id'),
    )
    .selectAll('r')
    .select(['c.name as creator_name', 'p.platform', 'p.handle']);
}

type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['execute']>>[number];

function toRun(row: RunRow): CreatorSyncRun {
  const { creator_platform_id: creatorPlatformId, platform, handle } = row;
  return {
    id: row.id,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    account:
      creatorPlatformId === null || platform === null || handle === null
        ? null
        : { creatorPlatformId, platform, handle },
    kind: row.kind,
    trigger: row.trigger,
    status: row.status,
    attempts: row.attempts,
    contentsRead: row.contents_read,
    contentsNew: row.contents_new,
    error: row.error,
    historyFrom: row.history_from,
    pendingSince: row.pending_since?.toISOString() ?? null,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    requestedById: row.requested_by_id,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
