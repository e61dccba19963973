import { withTenant } from '../../../db/tenant.ts';
import { requestSync } from '../../domain/sync/commands.ts';
import { runToEnd } from '../../domain/sync/run-to-end.ts';
import type { AdPlatformId } from '../../integrations/ad-platform.ts';
import { dayIn, plusDays } from '../../kernel/time-zones.ts';
import type { Actor, Demo } from './context.ts';

/** An ad account that the demo took into use. */
export interface TakenAccount {
  adAccountId: string;
  platform: AdPlatformId;
  timeZone: string | null;
  /** A brand of the agency advertises there. */
  isOfBrand: boolean;
}

/** How far back the pages show figures at once: their default range and two like it before. */
const HISTORY_DAYS = 90;
/** Syncs of one platform at a time. */
const AT_ONCE = 2;

/** Brings in the last 90 days, up to yesterday. Errors: an Error with the reason of the first that failed. */
export async function syncHistories(
  demo: Demo,
  actor: Actor,
  accounts: readonly TakenAccount[],
): Promise<void> {
  const waiting = [...accounts];
  const work = async () => {
    for (let account = waiting.shift(); account; account = waiting.shift())
      await syncHistory(demo, actor, account);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Asks for every account as it is asked for when somebody connects it: the jobs bring in today, reach, the accounts of
 * no brand and the history before, at the pace that the platforms allow, and the pages say so.
 */
export async function askForTheRest(
  demo: Demo,
  actor: Actor,
  accounts: readonly TakenAccount[],
): Promise<void> {
  await withTenant(demo.services.db, actor.principal, 'write', async (tx) => {
    for (const { adAccountId } of accounts)
      await requestSync(tx, actor.principal, { adAccountId, trigger: 'CONNECT' });
  });
}

/** The job that waits for this run will find it over. Errors: an Error with the reason why it failed. */
async function syncHistory(
  demo: Demo,
  { principal }: Actor,
  { adAccountId, timeZone }: TakenAccount,
): Promise<void> {
  const yesterday = plusDays(dayIn(timeZone ?? 'UTC', demo.services.now()), -1);
  const window = { from: plusDays(yesterday, 1 - HISTORY_DAYS), to: yesterday };
  const { syncRunId } = await withTenant(demo.services.db, principal, 'write', (tx) =>
    requestSync(tx, principal, { adAccountId, trigger: 'CONNECT', window }),
  );
  const { organizationId } = principal;
  const run = await runToEnd(demo.sync, { organizationId, syncRunId });
  if (run.status !== 'SUCCESS')
    throw new Error(`A first sync of the demo ended as ${run.status}: ${run.error ?? 'no reason was kept'}`);
}
