import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { withSystem } from '../../db/tenant.ts';
import { removeUnusedFiles } from '../../server/domain/attachments/clean-up.ts';
import type { JobServices } from '../services.ts';

/** `clean-up`: removes what is past use (sessions, flows, first answers, what undoes bulk changes, webhooks, files). Each by a function that can do no more. */
export function cleanUpTask(services: JobServices): Task {
  return async () => {
    await withSystem(services.jobsDb, async (tx) => {
      await sql`select app.session_delete_expired()`.execute(tx);
      await sql`select app.oauth_states_clean()`.execute(tx);
      await sql`select app.idempotency_keys_clean()`.execute(tx);
      await sql`select app.bulk_changes_clean()`.execute(tx);
      await sql`select app.creator_sync_runs_clean()`.execute(tx);
      await sql`select app.contract_files_clean()`.execute(tx);
      await sql`select app.webhooks_clean()`.execute(tx);
    });
    await removeUnusedFiles(services);
  };
}
