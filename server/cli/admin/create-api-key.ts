import { z } from 'zod';
import { findAgency, findAgencyBrand, provisionApiKey } from '../../domain/organizations/provision.ts';
import { defineCommand } from './command.ts';
import { name, organizationOption, organizationSlug, role } from './fields.ts';

export const createApiKey = defineCommand({
  name: 'create-api-key',
  summary: 'Make a key of the REST API; prints the key and nothing else. It cannot be shown again.',
  options: [
    organizationOption,
    { flag: 'role', value: 'R', help: 'OWNER, ADMIN, MEMBER or VIEWER', isRequired: true },
    { flag: 'brand', value: 'B', help: "A client's key, which reaches the brand of this slug alone" },
    { flag: 'name', value: 'N', help: 'What the key is for, as activities show it' },
  ],
  input: z.strictObject({
    organization: organizationSlug,
    role,
    brand: z.string().optional(),
    name: name.default('API key'),
  }),
  async run(admin, input) {
    const { ownerDb } = admin;
    const { organizationId } = await findAgency(ownerDb, input.organization);
    const brandId =
      input.brand === undefined ? null : await findAgencyBrand(ownerDb, organizationId, input.brand);
    const { name, role } = input;
    const key = await provisionApiKey(ownerDb, organizationId, { name, role, brandId });
    return { text: key, json: { key, name, role, organizationId, brandId } };
  },
});
