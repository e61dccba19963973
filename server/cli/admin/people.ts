import type { Database } from '../../../db/client.ts';
import { hashPassword } from '../../auth/passwords.ts';
import { isKnownAddress } from '../../domain/organizations/provision.ts';
import { randomToken } from '../../kernel/crypto.ts';
import { CommandError } from '../launcher/command.ts';

/** How somebody will sign in: with a password that is set now, or with the one that they have. */
export interface NewLogin {
  passwordHash: string | null;
  /** To be shown once; null where they have one already, or where it was given. */
  generatedPassword: string | null;
}

/** Errors: CommandError where a password was given for somebody who has one. */
export async function newLogin(
  ownerDb: Database,
  email: string,
  password: string | undefined,
): Promise<NewLogin> {
  if (await isKnownAddress(ownerDb, email)) {
    if (password === undefined) return { passwordHash: null, generatedPassword: null };
    throw new CommandError(`${email} has a password already: leave --password out.`);
  }
  const chosen = password ?? randomToken(12);
  const generatedPassword = password === undefined ? chosen : null;
  return { passwordHash: await hashPassword(chosen), generatedPassword };
}

/** `dana.haddad@…` reads as Dana Haddad until they say otherwise. */
export function nameFromEmail(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return name || email;
}

/** What is said of somebody's password, once. */
export function passwordLine(login: NewLogin): string {
  if (login.generatedPassword !== null) return `password: ${login.generatedPassword} (shown this once)`;
  return login.passwordHash === null ? 'password: the one that they have' : 'password: as given';
}
