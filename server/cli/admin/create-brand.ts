import { z } from 'zod';
import { findAgency, provisionBrand } from '../../domain/organizations/provision.ts';
import { defineCommand } from './command.ts';
import { name, organizationOption, organizationSlug, slug } from './fields.ts';

export const createBrand = defineCommand({
  name: 'create-brand',
  summary: 'Make a brand, a client of an agency.',
  options: [
    organizationOption,
    { flag: 'name', value: 'N', help: "The brand's name", isRequired: true },
    { flag: 'slug', value: 'B', help: 'Lower-case letters, digits and hyphens', isRequired: true },
  ],
  input: z.strictObject({ organization: organizationSlug, name, slug }),
  async run(admin, input) {
    const { organizationId, name: agencyName } = await findAgency(admin.ownerDb, input.organization);
    const brandId = await provisionBrand(admin.ownerDb, organizationId, {
      name: input.name,
      slug: input.slug,
    });
    return {
      text: `Brand ${input.name} (${input.slug}) of ${agencyName} is made.`,
      json: { brandId, slug: input.slug, organizationId },
    };
  },
});
