import { z } from 'zod';
import { newPassword } from '../../auth/schema.ts';
import { slug as slugField } from '../../domain/organizations/schema.ts';
import { isCurrency } from '../../domain/records/currencies.ts';
import { email as emailField, requiredText } from '../../domain/records/schema.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import type { AdminOption } from './command.ts';

/** The fields that several commands take, checked as the pages check them. */
export const organizationSlug = z.string().toLowerCase();
export const name = requiredText(200);
export const slug = slugField;
export const email = emailField;
export const password = newPassword;

export const role = z
  .string()
  .toUpperCase()
  .pipe(
    z.enum(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'], 'This is not a role: OWNER, ADMIN, MEMBER or VIEWER.'),
  );

export const currency = z
  .string()
  .toUpperCase()
  .refine(isCurrency, 'This is not a currency: write its three letters, for example AED.');

/** A name, not an offset such as +04:00: that one has no summer time. */
export const timeZone = z
  .string()
  .refine(
    (value) => /^[A-Z]/i.test(value) && isTimeZone(value),
    'This is not a time zone: write its IANA name, for example Asia/Dubai.',
  );

export const organizationOption: AdminOption = {
  flag: 'organization',
  value: 'S',
  help: "The agency's slug",
  isRequired: true,
};
