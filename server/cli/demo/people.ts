import type { Database } from '../../../db/client.ts';
import { provisionAgency, provisionBrand, provisionPerson } from '../../domain/organizations/provision.ts';
import type { DemoAgency } from './agency.ts';

/** An agency as it was made: its owner and its brands by their slugs. */
export interface MadeAgency {
  organizationId: string;
  ownerId: string;
  /** By mail address, the owner's among them. */
  userIds: ReadonlyMap<string, string>;
  brandIds: ReadonlyMap<string, string>;
}

/** Makes an agency with its brands and people. Errors: `conflict` where it is there already. */
export async function makeAgency(
  ownerDb: Database,
  agency: DemoAgency,
  passwordHash: string,
): Promise<MadeAgency> {
  const [first, ...others] = agency.people;
  if (!first) throw new Error(`Agency ${agency.slug} has no owner.`);
  const { organizationId, owner } = await provisionAgency(ownerDb, agency, { ...first, passwordHash });
  const brandIds = new Map<string, string>();
  for (const { name, slug } of agency.brands) {
    brandIds.set(slug, await provisionBrand(ownerDb, organizationId, { name, slug }));
  }
  const userIds = new Map([[first.email, owner.userId]]);
  for (const { email, name, role, brand, assigned = [] } of others) {
    const person = await provisionPerson(ownerDb, organizationId, {
      email,
      name,
      role,
      passwordHash,
      brandId: brand === undefined ? null : idOf(brandIds, brand),
      assignedBrandIds: assigned.map((slug) => idOf(brandIds, slug)),
    });
    userIds.set(email, person.userId);
  }
  return { organizationId, ownerId: owner.userId, userIds, brandIds };
}

/** The id of what the demo made under this name. Errors: an Error where it made no such thing. */
export function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The demo has made no ${name}.`);
  return id;
}
