import { sql } from 'kysely';
import type { SystemTx, TenantTx } from '../../../db/tenant.ts';
import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { Logger } from '../../kernel/log.ts';
import type { WebhookState } from './schema.ts';

/** Where Phyllo is to send what it tells. */
export function phylloWebhookUrl(appUrl: string): string {
  return `${appUrl}/api/webhooks/phyllo`;
}

/** Has all that is connected read at once, on whichever connection the caller has: what was not told is not lost. */
export async function wakeReconcile(tx: TenantTx | SystemTx): Promise<void> {
  await sql`select app.reconcile_creators()`.execute(tx);
}

interface Watched {
  creatorNetwork: CreatorNetwork | null;
  appUrl: string;
  now: () => Date;
}

interface Mending extends Watched {
  log: Logger;
  /** Called once a webhook that was silent speaks again: see wakeReconcile. */
  wake: () => Promise<void>;
}

/**
 * Sees to it that Phyllo sends: it switches an address off after three failures and stays silent from then on. Answers
 * what was found, and has everything read that may have changed in silence. Errors: none that the service means; they
 * are the answer's.
 */
export async function watchWebhook(
  { log, wake, ...watched }: Mending,
  signal?: AbortSignal,
): Promise<WebhookState> {
  const { creatorNetwork } = watched;
  const found = await readWebhookState(watched, signal);
  if (!creatorNetwork || found.state === 'OFF' || found.state === 'UNKNOWN') {
    if (found.state === 'UNKNOWN')
      log.warn({ reason: found.error }, 'Phyllo’s webhook could not be looked at');
    return found;
  }
  try {
    const { events, isActive } = await creatorNetwork.ensureWebhook(found.url, { signal });
    if (found.state !== 'ACTIVE') {
      log.warn({ was: found.state, isActive }, 'Phyllo’s webhook was set right');
      if (isActive) await wake();
    }
    return { ...found, state: isActive ? 'ACTIVE' : 'INACTIVE', events: [...events] };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    log.warn({ was: found.state, code: error.code }, 'Phyllo’s webhook could not be set right');
    return { ...found, error: error.message };
  }
}

/** How the webhook stands, as Phyllo says now. Changes nothing. */
export async function readWebhookState(
  { creatorNetwork, appUrl, now }: Watched,
  signal?: AbortSignal,
): Promise<WebhookState> {
  const url = phylloWebhookUrl(appUrl);
  const base = {
    isOn: creatorNetwork !== null,
    isStandIn: creatorNetwork?.isStandIn ?? false,
    url,
    checkedAt: now().toISOString(),
  };
  if (!creatorNetwork) return { ...base, state: 'OFF', events: [], error: null };
  try {
    const ours = (await creatorNetwork.webhooks({ signal })).find((webhook) => webhook.url === url);
    if (!ours) return { ...base, state: 'NONE', events: [], error: null };
    const state = ours.isActive ? 'ACTIVE' : 'INACTIVE';
    return { ...base, state, events: [...ours.events], error: null };
  } catch (error) {
    return { ...base, state: 'UNKNOWN', events: [], error: reasonOf(error) };
  }
}

/** Why it is not known. A page's own signal is late sooner than a job's. Errors: what is not of the service's doing. */
function reasonOf(error: unknown): string {
  if (error instanceof PlatformError) return error.message;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'Phyllo did not answer in time.';
  throw error;
}
