import type { Access, AccountListing } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { GoogleAds } from './ads.ts';
import { nameOf, type Place, toAccountListing } from './map.ts';
import { accessibleWire, clientRowWire, customerRowWire, type CustomerWire, read } from './wire.ts';

const FIELDS = ['id', 'descriptive_name', 'currency_code', 'time_zone', 'manager', 'status'];
const fieldsOf = (resource: string): string => FIELDS.map((field) => `${resource}.${field}`).join(', ');

const OWN_FACTS = `SELECT ${fieldsOf('customer')} FROM customer`;
/** The direct clients alone: the tree in one answer would tell how deep each stands, and not under whom. */
const DIRECT_CLIENTS = `SELECT ${fieldsOf('customer_client')} FROM customer_client WHERE customer_client.level = 1`;

/**
 * Every customer that the grant reaches, each once, with the managers above it. One that is reached directly is read
 * directly, though a manager of the same grant may stand above it: that way outlives the manager's link. All others are
 * read through the nearest manager that is reached directly.
 */
export async function* listAccounts(google: GoogleAds, access: Access): AsyncGenerator<AccountListing[]> {
  const { resourceNames } = read(
    accessibleWire,
    await google.listAccessible(access),
    'listAccessibleCustomers',
  );
  const direct = new Set(resourceNames.map((name) => name.replace('customers/', '')).sort());
  const survey = new Survey(google, access, direct);
  for (const customerId of direct) await survey.visitDirect(customerId);
  yield survey.listings();
}

/** What has been seen so far. A customer may stand below several managers: the first that is walked is its parent. */
class Survey {
  private readonly found = new Map<string, { wire: CustomerWire; place: Place }>();
  private readonly walked = new Set<string>();

  constructor(
    private readonly google: GoogleAds,
    private readonly access: Access,
    private readonly direct: ReadonlySet<string>,
  ) {}

  listings(): AccountListing[] {
    return [...this.found.values()].flatMap(({ wire, place }) => toAccountListing(wire, place) ?? []);
  }

  /** One that is cancelled refuses to tell its own name: a manager above it may still list it. */
  async visitDirect(customerId: string): Promise<void> {
    const rows = await this.rowsOf(OWN_FACTS, customerId, null);
    for (const row of rows ?? []) {
      const { customer } = read(customerRowWire, row, 'customer');
      this.note(customer, { parent: null, loginId: null });
      if (customer.manager) await this.walk(customer, customer.id);
    }
  }

  /** Below a manager, down to those that are reached directly: they are walked in their own name. */
  private async walk(manager: CustomerWire, loginId: string): Promise<void> {
    if (this.walked.has(manager.id)) return;
    this.walked.add(manager.id);
    const parent = { id: manager.id, name: nameOf(manager) };
    for (const row of (await this.rowsOf(DIRECT_CLIENTS, manager.id, loginId)) ?? []) {
      const { customerClient: client } = read(clientRowWire, row, 'customer_client');
      const isDirect = this.direct.has(client.id);
      this.note(client, { parent, loginId: isDirect ? null : loginId });
      if (client.manager && !isDirect) await this.walk(client, loginId);
    }
  }

  private note(wire: CustomerWire, place: Place): void {
    const known = this.found.get(wire.id);
    if (known) known.place.parent ??= place.parent;
    else this.found.set(wire.id, { wire, place });
  }

  /** null: Google gives nothing of this customer (cancelled, or not for this person), and of the others all. */
  private async rowsOf(query: string, customerId: string, loginId: string | null): Promise<unknown[] | null> {
    const rows: unknown[] = [];
    try {
      for await (const page of this.google.search(this.access, { customerId, loginId, query })) {
        rows.push(...page);
      }
      return rows;
    } catch (error) {
      if (error instanceof PlatformError && error.kind === 'skip') return null;
      throw error;
    }
  }
}
