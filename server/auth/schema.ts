import { z } from 'zod';

const password = z
  .string()
  .min(1, 'This is required.')
  .max(200, 'At most 200 characters.')
  .refine((value) => value.isWellFormed(), 'This text is not valid Unicode.');

/** ASVS 5.0 6.2.1 and 6.2.9: at least 8 characters, and long ones are let through. */
export const newPassword = password.min(8, 'At least 8 characters.');

export const signInInput = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, 'This is required.')
    .max(254, 'This is not a mail address.')
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'This is not a mail address.'),
  password,
});
export type SignInInput = z.infer<typeof signInInput>;

/** The token goes into the session's cookie and nowhere else. */
export const signInOutput = z.object({ token: z.string(), expiresInSeconds: z.number().int() });
export type SignInOutput = z.infer<typeof signInOutput>;

export const changePasswordInput = z.strictObject({ currentPassword: password, newPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
