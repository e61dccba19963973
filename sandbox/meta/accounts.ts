import { CALL_KINDS } from '../control/faults.ts';
import { type AdAccount } from '../world/accounts.ts';
import { zoneOffsetMinutes } from '../world/calendar.ts';
import { microsPerMinor } from '../world/currencies.ts';
import { accountMoment, accountsSeenBy, campaignsOf, deliveries, type World } from '../world/world.ts';
import { type FieldTable, parseFields, selectFields } from './fields.ts';
import { adsBearerOf, type GraphAnswer, type GraphCall, type GraphRoute, seenAccount } from './graph.ts';
import { type Json } from './json.ts';
import { pageOf } from './paging.ts';
import { personAsked } from './persons.ts';
import { metaTime } from './times.ts';

interface AccountSight {
  world: World;
  account: AdAccount;
  at: Date;
}

const ACTIVE = 1;
const DISABLED = 2;

function statusOf({ account, at }: AccountSight): number {
  const isDisabled = account.disabledDay !== null && accountMoment(account, at).day >= account.disabledDay;
  return isDisabled ? DISABLED : ACTIVE;
}

/** Everything ever spent, in minor units. */
function amountSpent({ world, account, at }: AccountSight): string {
  const campaigns = campaignsOf(world, account, at);
  const to = accountMoment(account, at).day;
  const spent = deliveries(world, { account, campaigns, from: account.createdDay, to, asOf: at });
  const micros = spent.reduce((sum, { figures }) => sum + figures.spendMicros, 0);
  return String(micros / microsPerMinor(account.currency));
}

/** The business that holds it; a person's own account has none. */
function businessOf({ manager }: AdAccount): Json | undefined {
  return manager ? { id: manager.id, name: manager.name } : undefined;
}

/** Source: the ad account's fields and types in Meta's API specification (facebook-business-sdk-codegen). */
const ACCOUNT_FIELDS: FieldTable<AccountSight> = {
  id: ({ account }) => account.id,
  account_id: ({ account }) => account.accountId,
  name: ({ account }) => account.name,
  account_status: statusOf,
  // 2 is an advertising policy; 0 is none.
  disable_reason: (sight) => (statusOf(sight) === DISABLED ? 2 : 0),
  currency: ({ account }) => account.currency,
  timezone_id: ({ account }) => 100 + account.index,
  timezone_name: ({ account }) => account.timeZone,
  timezone_offset_hours_utc: ({ account, at }) => zoneOffsetMinutes(account.timeZone, at) / 60,
  business: ({ account }) => businessOf(account),
  business_name: ({ account }) => account.manager?.name,
  amount_spent: amountSpent,
  balance: () => '0',
  spend_cap: () => '0',
  min_daily_budget: ({ account }) => Math.ceil(account.dailyMinor / 100),
  created_time: ({ account }) => metaTime(account, account.createdDay, 555),
  owner: ({ account }) => account.manager?.id ?? account.viewer.id,
  user_tasks: () => ['DRAFT', 'ANALYZE', 'ADVERTISE'],
  is_prepay_account: () => false,
};

const ALWAYS = [
  { name: 'id', inner: null },
  { name: 'account_id', inner: null },
];

export function writeAccount(call: GraphCall, account: AdAccount): Json {
  // An account on its own answers its id; account_id comes with it in Meta's own answers too.
  const fields = [...parseFields(call.params.get('fields')), ...ALWAYS];
  const sight = { account, world: call.state.world, at: call.at };
  return selectFields(ACCOUNT_FIELDS, sight, fields, 'AdAccount');
}

function listAccounts(call: GraphCall): GraphAnswer {
  personAsked(call);
  const { person } = adsBearerOf(call);
  const entries = accountsSeenBy(call.state.world, 'meta', person).map((account) => {
    return { key: String(account.index).padStart(5, '0'), value: account };
  });
  return { body: pageOf(call, entries, (account) => writeAccount(call, account)) };
}

function showAccount(call: GraphCall): GraphAnswer {
  const account = seenAccount(call, call.captured[0] ?? '');
  return { body: writeAccount(call, account), account };
}

export const ACCOUNT_ROUTES: readonly GraphRoute[] = [
  {
    ...{ method: 'GET', path: /^(me|\d+)\/adaccounts$/, usage: 'application', answer: listAccounts },
    kinds: [...CALL_KINDS, 'empty_page_with_next'],
  },
  { method: 'GET', path: /^act_(\d+)$/, usage: 'management', kinds: CALL_KINDS, answer: showAccount },
];
