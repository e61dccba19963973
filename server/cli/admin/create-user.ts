import { z } from 'zod';
import { findAgency, findAgencyBrand, provisionPerson } from '../../domain/organizations/provision.ts';
import { defineCommand } from './command.ts';
import { email, name, organizationOption, organizationSlug, password, role } from './fields.ts';
import { nameFromEmail, newLogin, passwordLine } from './people.ts';

const input = z
  .strictObject({
    organization: organizationSlug,
    email,
    role,
    password: password.optional(),
    name: name.optional(),
    brand: z.string().optional(),
    assign: z.array(z.string()).default([]),
  })
  .refine((given) => given.brand === undefined || given.role !== 'OWNER', {
    path: ['role'],
    message: 'An OWNER is the agency’s own; a client’s login (--brand) is ADMIN, MEMBER or VIEWER',
  })
  .refine((given) => given.brand === undefined || given.assign.length === 0, {
    path: ['assign'],
    message: "A client's own login (--brand) is assigned to nothing",
  })
  .refine((given) => given.assign.length === 0 || given.role === 'MEMBER', {
    path: ['assign'],
    message: 'Only a MEMBER is assigned to brands: the other roles see every brand',
  });

export const createUser = defineCommand({
  name: 'create-user',
  summary: 'Make a person a member of an agency; prints the password of somebody new.',
  options: [
    organizationOption,
    { flag: 'email', value: 'E', help: 'Somebody who has an account elsewhere keeps it', isRequired: true },
    { flag: 'role', value: 'R', help: 'OWNER, ADMIN, MEMBER or VIEWER', isRequired: true },
    { flag: 'password', value: 'P', help: 'At least 8 characters; generated and printed unless given' },
    { flag: 'name', value: 'N', help: 'Taken from the address unless given' },
    { flag: 'brand', value: 'B', help: "A client's own login, at the brand of this slug" },
    { flag: 'assign', value: 'B', help: 'A brand that the MEMBER is assigned to', isRepeatable: true },
  ],
  input,
  async run(admin, given) {
    const { ownerDb } = admin;
    const { organizationId, name: agencyName } = await findAgency(ownerDb, given.organization);
    const brandOf = (brandSlug: string) => findAgencyBrand(ownerDb, organizationId, brandSlug);
    const brandId = given.brand === undefined ? null : await brandOf(given.brand);
    const assignedBrandIds = await Promise.all([...new Set(given.assign)].map(brandOf));
    const login = await newLogin(ownerDb, given.email, given.password);
    const { userId, isNew } = await provisionPerson(ownerDb, organizationId, {
      email: given.email,
      name: given.name ?? nameFromEmail(given.email),
      passwordHash: login.passwordHash,
      role: given.role,
      brandId,
      assignedBrandIds,
    });
    const place = given.brand === undefined ? agencyName : `brand ${given.brand} of ${agencyName}`;
    return {
      text: `${given.email} is ${given.role} at ${place}.\n${passwordLine(login)}`,
      json: {
        userId,
        isNew,
        email: given.email,
        role: given.role,
        organizationId,
        brandId,
        assignedBrandIds,
        password: login.generatedPassword,
      },
    };
  },
});
