import { sql } from 'kysely';
import type { Database } from '../../db/client.ts';
import { withSystem } from '../../db/tenant.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { ChangePasswordInput, SignInInput, SignInOutput } from './schema.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import type { Throttle } from './throttle.ts';

/** What signing in works with; every process's services hold it. */
export interface SignInServices {
  db: Database;
  sessions: Sessions;
  throttle: Throttle;
}

/** Where a request came from, as far as its socket and headers tell. */
export interface Client {
  address: string | null;
  userAgent: string | null;
}

/**
 * Starts a session for the right address and password.
 * Errors: `unauthenticated`, the same in words and time whether the address is known or not; `rate_limited`.
 */
export async function signIn(
  services: SignInServices,
  input: SignInInput,
  client: Client,
): Promise<SignInOutput> {
  const userId = await verifiedUser(services, input, client);
  if (!userId) throw new AppError('unauthenticated', 'The address or the password is wrong.');
  const token = await services.sessions.start(userId, client);
  return { token, expiresInSeconds: services.sessions.lifetimeSeconds };
}

/**
 * Replaces the password and ends the person's other sessions. Guesses of the current one count as sign-ins.
 * Errors: `invalid` on `currentPassword`; `rate_limited`; `unauthenticated` where the session ended meanwhile.
 */
export async function changePassword(
  services: SignInServices,
  signedIn: SignedIn,
  input: ChangePasswordInput,
  client: Client,
): Promise<void> {
  const credentials = { email: signedIn.email, password: input.currentPassword };
  const userId = await verifiedUser(services, credentials, client);
  if (userId !== signedIn.userId) throw invalidField('currentPassword', 'This is not your current password.');
  const hash = await hashPassword(input.newPassword);
  const { rows } = await withSystem(services.db, (tx) =>
    sql<{
      changed: boolean;
    }>`select app.session_set_password(${signedIn.sessionId}, ${hash}) as changed`.execute(tx),
  );
  if (!rows[0]?.changed) throw new AppError('unauthenticated', 'Sign in first.');
}

/** The id behind an address and its right password, or null. Each call takes one of the tries that are allowed. */
async function verifiedUser(
  services: SignInServices,
  credentials: SignInInput,
  client: Client,
): Promise<string | null> {
  const from = client.address ?? 'unknown';
  await services.throttle.takeSignIn(credentials.email, from);
  const known = await findUser(services.db, credentials.email);
  const fits = await verifyPassword(known?.passwordHash ?? null, credentials.password);
  if (!known || !fits) return null;
  await services.throttle.signedIn(credentials.email, from);
  return known.userId;
}

async function findUser(
  db: Database,
  email: string,
): Promise<{ userId: string; passwordHash: string | null } | null> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{
      user_id: string;
      password_hash: string | null;
    }>`select * from app.user_for_sign_in(${email})`.execute(tx),
  );
  const row = rows[0];
  return row ? { userId: row.user_id, passwordHash: row.password_hash } : null;
}
