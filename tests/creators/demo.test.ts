import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoAgency } from '../../server/cli/demo/agency.ts';
import { makeCreators } from '../../server/cli/demo/creators.ts';
import { demoAgency } from '../../server/cli/demo/demo-agency.ts';
import { idOf } from '../../server/cli/demo/people.ts';
import { rivalAgency } from '../../server/cli/demo/rival-agency.ts';
import { provisionBrand } from '../../server/domain/organizations/provision.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

async function fill(agency: Agency, { brands, campaigns, creators }: DemoAgency) {
  const { principal } = agency.people.owner;
  const api = caller(world, principal);
  const brandIds = new Map<string, string>();
  for (const { name, slug } of brands)
    brandIds.set(slug, await provisionBrand(world.ownerDb, agency.organizationId, { name, slug }));
  const campaignIds = new Map<string, string>();
  for (const { name, brand } of campaigns)
    campaignIds.set(name, (await api.campaigns.create({ name, brandId: idOf(brandIds, brand) })).id);
  const actor = { api, principal, signOut: () => Promise.resolve() };
  await makeCreators(actor, creators, { brandIds, campaignIds, today: '2026-06-15' });
  return (await api.creators.list({ limit: 200 })).items;
}

test('the demo’s creators come in through the front door, each agency’s own', async () => {
  const made = await fill(world.demo, demoAgency);
  expect(made).toHaveLength(demoAgency.creators.length);
  expect(new Set(made.map(({ status }) => status)).size).toBe(5);
  expect(made.filter(({ brandIds }) => brandIds.length > 0).length).toBeGreaterThan(3);
  expect(made.every(({ platforms }) => platforms.length > 0)).toBe(true);
  const rivals = await fill(world.rival, rivalAgency);
  expect(rivals.map(({ name }) => name)).toEqual(
    rivalAgency.creators.map(({ firstName, lastName }) => `${firstName} ${lastName}`),
  );
});
