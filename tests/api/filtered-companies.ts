import { withTenant } from '../../db/tenant.ts';
import { caller, type World } from '../support/world.ts';

/** Moves the agency to where it is about noon, so that no midnight falls into this file. */
export async function liveAtNoon(world: World): Promise<string> {
  const east = 12 - new Date().getUTCHours();
  const zone = `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
  await withTenant(world.ownerDb, world.demo.people.owner.principal, 'write', (tx) =>
    tx.updateTable('organizations').set({ time_zone: zone }).where('type', '=', 'AGENCY').execute(),
  );
  return zone;
}

export async function defineFields(world: World): Promise<void> {
  const { organizationId } = world.demo;
  await withTenant(world.ownerDb, world.demo.people.owner.principal, 'write', (tx) =>
    tx
      .insertInto('custom_fields')
      .values([
        {
          organization_id: organizationId,
          noun: 'COMPANY',
          key: 'tier',
          label: 'Tier',
          kind: 'CHOICE',
          options: ['Gold', 'Silver'],
        },
        { organization_id: organizationId, noun: 'COMPANY', key: 'seats', label: 'Seats', kind: 'NUMBER' },
        { organization_id: organizationId, noun: 'COMPANY', key: 'renews', label: 'Renews', kind: 'DATE' },
        {
          organization_id: organizationId,
          noun: 'COMPANY',
          key: 'retainer',
          label: 'Retainer',
          kind: 'MONEY',
        },
        {
          organization_id: organizationId,
          noun: 'COMPANY',
          key: 'markets',
          label: 'Markets',
          kind: 'SEVERAL',
          options: ['AE', 'SA'],
        },
        { organization_id: organizationId, noun: 'COMPANY', key: 'lead', label: 'Lead', kind: 'USER' },
        { organization_id: organizationId, noun: 'COMPANY', key: 'note', label: 'Note', kind: 'TEXT' },
      ])
      .execute(),
  );
}

/** Three companies: Acme has all, Birch some, Cedar next to nothing. `dayFromNow` counts from the agency's today. */
export async function makeCompanies(world: World, dayFromNow: (days: number) => string): Promise<void> {
  const owner = caller(world, world.demo.people.owner.principal);
  const { owner: me, admin } = world.demo.people;
  await owner.companies.create({
    name: 'Acme',
    type: 'CLIENT',
    industry: 'Retail',
    country: 'United Arab Emirates',
    size: 'SMALL',
    tags: ['vip', 'gulf'],
    domains: ['acme.example', 'acme.test'],
    ownerId: me.userId,
    customFields: {
      tier: 'Gold',
      seats: 12,
      renews: dayFromNow(3),
      retainer: { amount: '900.50', currency: 'AED' },
      markets: ['AE', 'SA'],
      lead: admin.userId,
      note: '100% Sure',
    },
  });
  await owner.companies.create({
    name: 'Birch',
    type: 'PROSPECT',
    industry: 'Food',
    tags: ['gulf'],
    ownerId: admin.userId,
    brandId: world.demo.brands.first,
    customFields: { tier: 'Silver', seats: 3, renews: dayFromNow(-40), markets: ['SA'] },
  });
  await owner.companies.create({ name: 'Cedar', ownerId: null, externalId: 'C-1' });
}
