import type { NetworkWebhook } from '../creator-network.ts';
import type { PhylloApi } from './api.ts';
import { toWebhook } from './map.ts';
import { listWire, read, webhookWire } from './wire.ts';

/** What we are told of. The names are plurals: those of the singular do not exist at Phyllo. */
const EVENTS: readonly string[] = [
  ...['ACCOUNTS.CONNECTED', 'ACCOUNTS.DISCONNECTED', 'ACCOUNTS.REMOVED', 'SESSION.EXPIRED'],
  ...['PROFILES.ADDED', 'PROFILES.UPDATED', 'PROFILES_AUDIENCE.ADDED', 'PROFILES_AUDIENCE.UPDATED'],
  ...['CONTENTS.ADDED', 'CONTENTS.UPDATED'],
];

const NAME = 'SpokeStack';

/** All of them come at once, in an envelope without numbers. */
export async function listWebhooks(
  api: PhylloApi,
  signal: AbortSignal | undefined,
): Promise<NetworkWebhook[]> {
  const { data } = read(listWire, await api.ask({ path: 'webhooks', signal }), 'webhooks');
  return data.map((item) => toWebhook(read(webhookWire, item, 'webhooks')));
}

/** Phyllo switches an address off after three failures, and it stays silent until it is told to go on. */
export async function ensureWebhook(
  api: PhylloApi,
  url: string,
  signal: AbortSignal | undefined,
): Promise<NetworkWebhook> {
  const found = (await listWebhooks(api, signal)).find((webhook) => webhook.url === url);
  const missing = EVENTS.filter((event) => !found?.events.includes(event));
  if (found?.isActive === true && missing.length === 0) return found;
  const body = { name: NAME, url, events: [...(found?.events ?? []), ...missing] };
  const answer = found
    ? await api.ask({
        method: 'PUT',
        path: `webhooks/${found.webhookId}`,
        body: { ...body, is_active: true },
        signal,
      })
    : await api.ask({ method: 'POST', path: 'webhooks', body, signal });
  return toWebhook(read(webhookWire, answer, 'webhooks'));
}
