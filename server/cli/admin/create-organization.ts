import { z } from 'zod';
import { provisionAgency } from '../../domain/organizations/provision.ts';
import { defineCommand } from './command.ts';
import { currency, email, name, slug, timeZone } from './fields.ts';
import { nameFromEmail, newLogin, passwordLine } from './people.ts';

export const createOrganization = defineCommand({
  name: 'create-organization',
  summary: 'Make an agency with its owner; prints the password of an owner who is new.',
  options: [
    { flag: 'name', value: 'N', help: "The agency's name", isRequired: true },
    { flag: 'slug', value: 'S', help: 'Lower-case letters, digits and hyphens', isRequired: true },
    { flag: 'owner-email', value: 'E', help: "The owner's mail address", isRequired: true },
    { flag: 'currency', value: 'C', help: 'The reporting currency, USD unless given' },
    { flag: 'time-zone', value: 'Z', help: 'The IANA time zone, UTC unless given' },
  ],
  input: z.strictObject({
    name,
    slug,
    ownerEmail: email,
    currency: currency.default('USD'),
    timeZone: timeZone.default('UTC'),
  }),
  async run(admin, input) {
    const login = await newLogin(admin.ownerDb, input.ownerEmail, undefined);
    const agency = {
      name: input.name,
      slug: input.slug,
      reportingCurrency: input.currency,
      timeZone: input.timeZone,
    };
    const { organizationId, owner } = await provisionAgency(admin.ownerDb, agency, {
      email: input.ownerEmail,
      name: nameFromEmail(input.ownerEmail),
      passwordHash: login.passwordHash,
    });
    return {
      text: [
        `Agency ${input.name} (${input.slug}, ${input.currency}, ${input.timeZone}) is made.`,
        `owner: ${input.ownerEmail}`,
        passwordLine(login),
      ].join('\n'),
      json: {
        organizationId,
        slug: input.slug,
        owner: { userId: owner.userId, email: input.ownerEmail, password: login.generatedPassword },
      },
    };
  },
});
