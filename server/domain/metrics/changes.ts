import type { TenantTx } from '../../../db/tenant.ts';
import type { FigureChange } from './changes-schema.ts';

/** How the syncs of these accounts stand, of those that the reader sees; a foreign id and a nonsense id are none. */
export async function readFigureChanges(
  tx: TenantTx,
  { adAccountIds, hasMoved }: { adAccountIds: readonly string[]; hasMoved: boolean },
): Promise<FigureChange[]> {
  const rows = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'sync_status', 'last_synced_at', 'newest_business_date'])
    .where('id', 'in', [...adAccountIds])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    adAccountId: row.id,
    hasMoved,
    isSyncing: row.sync_status === 'SYNCING' || row.sync_status === 'PENDING',
    lastSyncedAt: row.last_synced_at?.toISOString() ?? null,
    newestBusinessDate: row.newest_business_date,
  }));
}

interface Telling {
  adAccountIds: readonly string[];
  /** Account ids as the database tells them, whosever they are; null: some may have moved. */
  moves: AsyncIterable<string | null>;
  read: (of: { adAccountIds: readonly string[]; hasMoved: boolean }) => Promise<FigureChange[]>;
}

/** How these accounts stand, and then each of them whenever it moves. What is told of others is passed over. */
export async function* tellFigureChanges({
  adAccountIds,
  moves,
  read,
}: Telling): AsyncGenerator<FigureChange> {
  const asked = new Set(adAccountIds);
  const listening = moves[Symbol.asyncIterator]();
  // Heard from before the first look on, so that nothing moves unheard between the two.
  let next = listening.next();
  try {
    yield* await read({ adAccountIds, hasMoved: false });
    for (;;) {
      const told = await next;
      if (told.done) return;
      const moved = told.value;
      next = listening.next();
      if (moved === null) yield* await read({ adAccountIds, hasMoved: true });
      else if (asked.has(moved)) yield* await read({ adAccountIds: [moved], hasMoved: true });
    }
  } finally {
    // Not awaited: it ends once the next is told, or with the request's signal.
    next.catch(() => undefined);
    void listening.return?.();
  }
}
