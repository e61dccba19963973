import { CALL_KINDS } from '../control/faults.ts';
import { type AdAccount } from '../world/accounts.ts';
import { type Manager } from '../world/managers.ts';
import { accountsSeenBy, managersSeenBy } from '../world/world.ts';
import { writeAccount } from './accounts.ts';
import { missingPermission, noSuchObject } from './failures.ts';
import { type FieldTable, parseFields, selectFields } from './fields.ts';
import { type Bearer, bearerOf, type GraphAnswer, type GraphCall, type GraphRoute } from './graph.ts';
import { type Json } from './json.ts';
import { pageOf } from './paging.ts';
import { personAsked } from './persons.ts';

/** Source: the business's fields in Meta's API specification (facebook-business-sdk-codegen). */
const BUSINESS_FIELDS: FieldTable<Manager> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  verification_status: () => 'verified',
  timezone_id: () => 100,
  created_time: () => '2022-11-07T09:12:00+0000',
};

function requirePermission({ token }: Bearer): void {
  if (token.granted.includes('business_management')) return;
  throw missingPermission('Requires business_management permission to manage the object');
}

/** The businesses that the person works in: the agency's own. A client's lets its ad accounts in, not the person. */
function businessesOf(call: GraphCall, { person }: Bearer): Manager[] {
  return managersSeenBy(call.state.world, 'meta', person).filter(({ owner }) => owner === 'agency');
}

function writeBusiness(call: GraphCall, business: Manager): Json {
  const asked = parseFields(call.params.get('fields'));
  const id = { name: 'id', inner: null };
  const fields = asked.length === 0 ? [{ name: 'name', inner: null }, id] : [...asked, id];
  return selectFields(BUSINESS_FIELDS, business, fields, 'Business');
}

function listBusinesses(call: GraphCall): GraphAnswer {
  const bearer = personAsked(call);
  requirePermission(bearer);
  const entries = businessesOf(call, bearer).map((business) => ({ key: business.id, value: business }));
  return { body: pageOf(call, entries, (business) => writeBusiness(call, business)) };
}

/** The ad accounts that a business holds, or that its clients let it into. */
function listHeld(call: GraphCall, isHeld: (account: AdAccount, business: Manager) => boolean): GraphAnswer {
  const bearer = bearerOf(call);
  requirePermission(bearer);
  const [businessId = ''] = call.captured;
  const business = businessesOf(call, bearer).find(({ id }) => id === businessId);
  if (!business) throw noSuchObject(businessId, call.method);
  const entries = accountsSeenBy(call.state.world, 'meta', bearer.person)
    .filter((account) => isHeld(account, business))
    .map((account) => ({ key: String(account.index).padStart(5, '0'), value: account }));
  return { body: pageOf(call, entries, (account) => writeAccount(call, account)) };
}

const kinds = [...CALL_KINDS, 'empty_page_with_next'] as const;
const common = { method: 'GET', usage: 'application', kinds } as const;

/** Source: Business Manager API, owned and client ad accounts. */
export const BUSINESS_ROUTES: readonly GraphRoute[] = [
  { ...common, path: /^(me|\d+)\/businesses$/, answer: listBusinesses },
  {
    ...common,
    path: /^(\d+)\/owned_ad_accounts$/,
    answer: (call) => listHeld(call, ({ manager }, { id }) => manager?.id === id),
  },
  {
    ...common,
    path: /^(\d+)\/client_ad_accounts$/,
    answer: (call) => listHeld(call, ({ manager }) => manager?.owner === 'client'),
  },
];
