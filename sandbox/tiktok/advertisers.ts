import { CALL_KINDS } from '../control/faults.ts';
import { type AdAccount } from '../world/accounts.ts';
import { DAY_MS } from '../world/calendar.ts';
import { accountMoment, accountsSeenBy } from '../world/world.ts';
import { bearerWith, listParameter, refuseOthers, type TiktokCall, type TiktokRoute } from './call.ts';
import { invalidParameter, noPermission } from './failures.ts';
import { askedFields, type FieldTable, writeFields } from './fields.ts';
import { AD_ACCOUNTS, type ScopeId } from './scopes.ts';

interface Sight {
  account: AdAccount;
  at: Date;
}

const MOST_ADVERTISERS = 100;

/** Source: advertiser/info in the API for Business. `create_time` is in seconds, `balance` in major units. */
const FIELDS: FieldTable<Sight> = {
  advertiser_id: ({ account }) => account.id,
  name: ({ account }) => account.name,
  company: ({ account }) => account.manager?.name ?? account.brand,
  currency: ({ account }) => account.currency,
  timezone: ({ account }) => account.timeZone,
  display_timezone: ({ account }) => account.timeZone,
  country: ({ account }) => account.geo.slice(0, 2),
  status: ({ account, at }) => {
    const isStopped = account.disabledDay !== null && accountMoment(account, at).day >= account.disabledDay;
    return isStopped ? 'STATUS_LIMIT' : 'STATUS_ENABLE';
  },
  role: () => 'ROLE_ADVERTISER',
  balance: () => 0,
  industry: () => '291904',
  create_time: ({ account }) => (account.createdDay * DAY_MS) / 1000,
  advertiser_account_type: () => 'AUCTION',
};

/** An ad account that the person of the call let the application into, whose token carries the permission. */
export function seenAccount(call: TiktokCall, accountId: string, scopeId: ScopeId): AdAccount {
  const { person } = bearerWith(call, scopeId);
  const account = accountsSeenBy(call.state.world, 'tiktok', person).find(({ id }) => id === accountId);
  if (!account) throw noPermission(`No permission to operate advertiser ${accountId}.`);
  return account;
}

function describe(call: TiktokCall) {
  refuseOthers(call, ['advertiser_ids', 'fields']);
  bearerWith(call, AD_ACCOUNTS);
  const ids = listParameter(call, 'advertiser_ids') ?? [];
  if (ids.length === 0) throw invalidParameter('advertiser_ids: Missing data for required field.');
  if (ids.length > MOST_ADVERTISERS) {
    throw invalidParameter(`advertiser_ids: Longer than maximum length ${MOST_ADVERTISERS}.`);
  }
  const names = askedFields(call, FIELDS);
  return {
    list: ids.map((id) => {
      return writeFields(FIELDS, { account: seenAccount(call, id, AD_ACCOUNTS), at: call.at }, names);
    }),
  };
}

export const ADVERTISER_ROUTES: readonly TiktokRoute[] = [
  { method: 'GET', path: 'advertiser/info', kinds: CALL_KINDS, answer: describe },
];
