import { z } from 'zod';
import { parseExactJson } from '../kernel/exact-json.ts';
import { hashOf, storable, type ToldEvent } from './told-events.ts';

/** Thin: ids of what changed, never figures. Source: Phyllo's webhook reference. */
const notice = z.looseObject({
  event: z.string().min(1),
  id: z.string().optional(),
  data: z
    .looseObject({
      user_id: z.string().nullish().catch(null),
      account_id: z.string().nullish().catch(null),
    })
    .catch({}),
});

/** Phyllo's events are plurals; descriptions of it that write the singular are taken as the same. */
const PLURALS: Readonly<Record<string, string>> = {
  ACCOUNT: 'ACCOUNTS',
  PROFILE: 'PROFILES',
  PROFILE_AUDIENCE: 'PROFILES_AUDIENCE',
  CONTENT: 'CONTENTS',
  CONTENT_COMMENT: 'CONTENTS_COMMENTS',
  CONTENT_COMMENTS: 'CONTENTS_COMMENTS',
  'CONTENT-GROUP': 'CONTENT-GROUPS',
  TRANSACTION: 'TRANSACTIONS',
  PAYOUT: 'PAYOUTS',
  BALANCE: 'BALANCES',
};

/** ACCOUNT.CONNECTED and accounts.connected are ACCOUNTS.CONNECTED. */
export function phylloEventName(name: string): string {
  const [noun = '', ...rest] = name.trim().toUpperCase().split('.');
  return [PLURALS[noun] ?? noun, ...rest].join('.');
}

/**
 * What one request of Phyllo tells. Its id is said to name the delivery, but the vendor's samples all have the same one:
 * with a hash of the body it tells a repetition from another event. Errors: SyntaxError, ZodError.
 */
export function readPhylloWebhook(body: string): ToldEvent[] {
  const { event, id, data } = notice.parse(parseExactJson(body));
  const refs = [refOf('user', data.user_id), refOf('account', data.account_id)];
  return [
    {
      dedupeKey: `${storable(id ?? '', 200)}:${hashOf(body)}`,
      name: storable(phylloEventName(event), 200),
      nativeId: storable(id ?? '', 200),
      refs: refs.filter((ref) => ref !== null),
      payload: body,
      isKept: false,
    },
  ];
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

/** Ids are UUIDs, written with or without dashes. */
function refOf(kind: string, id: string | null | undefined): string | null {
  const plain = id?.trim().toLowerCase() ?? '';
  if (!UUID.test(plain)) return null;
  const digits = plain.replaceAll('-', '');
  const groups = [8, 12, 16, 20, 32].map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end));
  return `${kind}:${groups.join('-')}`;
}
