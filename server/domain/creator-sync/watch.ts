import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { Logger } from '../../kernel/log.ts';
import type { WebhookState } from './schema.ts';

/** Where Phyllo is to send what it tells. */
export function phylloWebhookUrl(appUrl: string): string {
  return `${appUrl}/api/webhooks/phyllo`;
}

interface Watched {
  creatorNetwork: CreatorNetwork | null;
  appUrl: string;
}

/**
 * Sees to it that Phyllo sends: it switches an address off after three failures and stays silent from then on. Answers
 * what was found. Errors: none that the service means; they are the answer's.
 */
export async function watchWebhook(
  { creatorNetwork, appUrl, log }: Watched & { log: Logger },
  signal?: AbortSignal,
): Promise<WebhookState> {
  const found = await readWebhookState({ creatorNetwork, appUrl }, signal);
  if (!creatorNetwork || found.state === 'OFF' || found.state === 'UNKNOWN') {
    if (found.state === 'UNKNOWN')
      log.warn({ reason: found.error }, 'Phyllo’s webhook could not be looked at');
    return found;
  }
  try {
    const { events, isActive } = await creatorNetwork.ensureWebhook(found.url, { signal });
    if (found.state !== 'ACTIVE') log.warn({ was: found.state, isActive }, 'Phyllo’s webhook was set right');
    return { ...found, state: isActive ? 'ACTIVE' : 'INACTIVE', events: [...events] };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    log.warn({ was: found.state, code: error.code }, 'Phyllo’s webhook could not be set right');
    return { ...found, error: error.message };
  }
}

/** How the webhook stands, as Phyllo says now. Changes nothing. */
export async function readWebhookState(
  { creatorNetwork, appUrl }: Watched,
  signal?: AbortSignal,
): Promise<WebhookState> {
  const url = phylloWebhookUrl(appUrl);
  const base = { isOn: creatorNetwork !== null, isStandIn: creatorNetwork?.isStandIn ?? false, url };
  if (!creatorNetwork) return { ...base, state: 'OFF', events: [], error: null };
  try {
    const ours = (await creatorNetwork.webhooks({ signal })).find((webhook) => webhook.url === url);
    if (!ours) return { ...base, state: 'NONE', events: [], error: null };
    const state = ours.isActive ? 'ACTIVE' : 'INACTIVE';
    return { ...base, state, events: [...ours.events], error: null };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return { ...base, state: 'UNKNOWN', events: [], error: error.message };
  }
}
