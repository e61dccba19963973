import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem } from '../../../db/tenant.ts';
import type { FileStore } from '../../integrations/file-store.ts';
import type { Logger } from '../../kernel/log.ts';

interface CleanUpServices {
  jobsDb: Database;
  files: FileStore;
  log: Logger;
}

/** What one run takes on; the rest waits for the next. */
const MOST = 1000;

/**
 * Removes uploads whose note was never written, and the bytes of every attachment that is gone. A key is forgotten only
 * once its bytes are, so a run that broke off is made good by the next.
 * Errors: the store's, after all others were tried.
 */
export async function removeUnusedFiles({ jobsDb, files, log }: CleanUpServices): Promise<number> {
  const { rows } = await withSystem(jobsDb, async (tx) => {
    await sql`select app.attachments_clean()`.execute(tx);
    return sql<{ organization_id: string; storage_key: string }>`
      select * from app.removed_files_next(${MOST})`.execute(tx);
  });
  const failures: unknown[] = [];
  for (const { organization_id: organizationId, storage_key: key } of rows) {
    try {
      await files.remove(key);
      await withSystem(jobsDb, (tx) =>
        sql`select app.removed_file_done(${organizationId}::uuid, ${key})`.execute(tx),
      );
    } catch (error) {
      failures.push(error);
    }
  }
  if (rows.length > 0) log.info({ removed: rows.length - failures.length }, 'unused files removed');
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} unused files could not be removed.`);
  }
  return rows.length;
}
