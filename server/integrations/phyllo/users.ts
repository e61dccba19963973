import { contractError, PlatformError } from '../errors.ts';
import type { PhylloApi } from './api.ts';
import { read, userWire } from './wire.ts';

/**
 * Makes the user of a creator, or finds the one that is there: a second one of the same `external_id` is refused, with a
 * code that is not documented, so whatever was refused is looked for.
 */
export async function ensureUser(
  api: PhylloApi,
  { externalId, name }: { externalId: string; name: string },
  signal: AbortSignal | undefined,
): Promise<string> {
  const refused = await create(api, { externalId, name, signal });
  if (typeof refused === 'string') return refused;
  const found = await find(api, externalId, signal);
  if (found === null) throw refused;
  return found;
}

interface NewUser {
  externalId: string;
  name: string;
  signal: AbortSignal | undefined;
}

/** The user's id, or why there is no new one. Errors: what a look at those that are there cannot mend. */
async function create(
  api: PhylloApi,
  { externalId, name, signal }: NewUser,
): Promise<string | PlatformError> {
  try {
    const body = { name, external_id: externalId };
    return idOf(await api.ask({ method: 'POST', path: 'users', body, signal }), externalId);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'retry' || error.code === 'contract') throw error;
    return error;
  }
}

async function find(
  api: PhylloApi,
  externalId: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const path = `users/external_id/${encodeURIComponent(externalId)}`;
    return idOf(await api.ask({ path, signal }), externalId);
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'skip') return null;
    throw error;
  }
}

function idOf(answer: unknown, externalId: string): string {
  const user = read(userWire, answer, 'users');
  if (user.external_id !== externalId)
    throw contractError('Phyllo', 'users.external_id', 'another user than was asked for');
  return user.id;
}
