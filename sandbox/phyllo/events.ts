import { type JsonObject } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { uuidOf } from './ids.ts';
import { type PhylloAccount } from './memory.ts';
import { looseTime } from './times.ts';

/** Every event that a webhook may ask for, the discovery jobs aside. Source: Phyllo's page on webhook events. */
const NOUNS_WITH_BOTH = [
  ...['PROFILES', 'PROFILES_AUDIENCE', 'CONTENTS', 'CONTENTS_COMMENTS', 'CONTENT-GROUPS', 'TRANSACTIONS'],
  ...['PAYOUTS', 'BALANCES', 'ACTIVITY-ARTISTS', 'ACTIVITY-CONTENTS'],
];
export const EVENTS: readonly string[] = [
  ...['ACCOUNTS.CONNECTED', 'ACCOUNTS.DISCONNECTED', 'ACCOUNTS.REMOVED', 'SESSION.EXPIRED'],
  ...NOUNS_WITH_BOTH.flatMap((noun) => [`${noun}.ADDED`, `${noun}.UPDATED`]),
  ...['CONTENTS.PUBLISH_SUCCESS', 'CONTENTS.PUBLISH_READY', 'CONTENTS.PUBLISH_FAILURE'],
];

const MOST_ITEMS = 100;
/** What Phyllo's own samples all carry. */
const SAMPLE_ID = '674c9030-640a-4c83-a680-666361044f67';

export interface Happening {
  event: string;
  /** Beside the ids of account and user. */
  more?: JsonObject;
  /** Ids of what was added or changed: more than a hundred go out in several webhooks. */
  items?: readonly string[];
}

function chunksOf(items: readonly string[]): string[][] {
  const count = Math.ceil(items.length / MOST_ITEMS);
  return Array.from({ length: count }, (_, at) => items.slice(at * MOST_ITEMS, (at + 1) * MOST_ITEMS));
}

/** Ids stand with dashes in some events and without in others. Source: live calls beside the vendor's samples. */
const spelled = (id: string, draw: number): string => (draw % 2 === 0 ? id : id.replaceAll('-', ''));

/** Puts one event into the post for each active webhook that asked for it. */
export function postEvent(state: SandboxState, event: string, data: JsonObject): number {
  const { phyllo } = state;
  const serial = phyllo.nextSerial();
  const eventId = phyllo.outbox.settings.sameId
    ? SAMPLE_ID
    : uuidOf('event', state.now().getTime(), serial, event);
  const webhooks = [...phyllo.webhooks.values()].filter(
    ({ isActive, events }) => isActive && events.includes(event),
  );
  for (const webhook of webhooks) {
    const body = JSON.stringify({ event, name: webhook.name, id: eventId, data });
    phyllo.outbox.post({ webhook, event, eventId, body });
  }
  return webhooks.length;
}

/** Tells of something that happened to an account. */
export function tell(state: SandboxState, account: PhylloAccount, { event, more, items }: Happening): void {
  const chunks = items === undefined ? [undefined] : chunksOf(items);
  for (const chunk of chunks) {
    const draw = state.phyllo.nextSerial();
    const spelling = draw >> 1;
    postEvent(state, event, {
      account_id: spelled(account.id, spelling),
      user_id: spelled(account.userId, spelling),
      last_updated_time: looseTime(state.now().getTime(), draw),
      ...more,
      ...(chunk === undefined ? {} : { items: chunk.map((id) => spelled(id, spelling)) }),
    });
  }
}
