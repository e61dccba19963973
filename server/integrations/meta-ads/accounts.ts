import type { Access, AccountListing } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Graph } from './graph.ts';
import { toAccountListing, toManagerListing } from './map.ts';
import { type AccountWire, accountWire, type BusinessWire, businessWire, read } from './wire.ts';

const FIELDS = 'account_id,name,account_status,currency,timezone_name,business{id,name}';
const PER_PAGE = '100';
/** What a business manager holds itself, and what its clients let it into. */
const EDGES = ['owned_ad_accounts', 'client_ad_accounts'] as const;

/**
 * The business managers above the ad accounts, then the accounts: those that the person is assigned to, and those that
 * only their business managers reach. Above an account stands the business that owns it, a client's too; where Meta
 * names none, the business manager that shows it.
 */
export async function* listAccounts(graph: Graph, access: Access): AsyncGenerator<AccountListing[]> {
  const held = new Map<string, AccountWire>();
  for await (const page of accountPages(graph, 'me/adaccounts', access)) keepNew(held, page, null);
  for (const business of await businessesOf(graph, access)) {
    for (const edge of EDGES) {
      const pages = accountPages(graph, `${business.id}/${edge}`, access);
      for await (const page of unlessRefused(graph, pages)) keepNew(held, page, business);
    }
  }
  const accounts = [...held.values()];
  const above = new Map(accounts.flatMap(({ business }) => (business ? [[business.id, business]] : [])));
  if (above.size > 0) yield [...above.values()].map(toManagerListing);
  yield accounts.map(toAccountListing);
}

/** The first to show an account says most of it; a business manager is added where it has none. */
function keepNew(
  held: Map<string, AccountWire>,
  accounts: readonly AccountWire[],
  shownBy: BusinessWire | null,
): void {
  for (const account of accounts) {
    const known = held.get(account.account_id) ?? account;
    held.set(account.account_id, { ...known, business: known.business ?? shownBy ?? undefined });
  }
}

async function* accountPages(graph: Graph, path: string, access: Access): AsyncGenerator<AccountWire[]> {
  for await (const items of graph.list(path, { fields: FIELDS, limit: PER_PAGE }, access)) {
    yield items.map((item) => read(accountWire, item, path));
  }
}

/** Needs business_management; without it the accounts that the person is assigned to are all there is. */
async function businessesOf(graph: Graph, access: Access): Promise<BusinessWire[]> {
  const path = 'me/businesses';
  const businesses: BusinessWire[] = [];
  const pages = graph.list(path, { fields: 'id,name', limit: PER_PAGE }, access);
  for await (const page of unlessRefused(graph, pages)) {
    businesses.push(...page.map((item) => read(businessWire, item, path)));
  }
  return businesses;
}

/** A missing permission is answered as such or as an object that is not there. */
async function* unlessRefused<T>(graph: Graph, pages: AsyncIterable<T[]>): AsyncGenerator<T[]> {
  try {
    yield* pages;
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'skip') throw error;
    graph.log.info({ err: error }, 'Meta shows no business managers for this grant');
  }
}
