import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError } from '../../kernel/errors.ts';
import { accountName, type ToldAccount } from './tell.ts';

/** The field that a refusal of an account itself names. */
export const REFUSED_FIELD = 'accountId';
const UNIQUE_VIOLATION = '23505';

/** The refusal of an account itself, as isRefusedAccount knows it. */
export function refusedAccount(code: 'conflict' | 'unprocessable', message: string): AppError {
  return new AppError(code, message, { issues: [{ path: REFUSED_FIELD, message }] });
}

/** Another creator has it, whom the asker does not see. */
export function claimed(): AppError {
  return refusedAccount('conflict', 'This account is connected elsewhere already. Ask the agency.');
}

/**
 * Another creator has it, named to people of the agency who see that one. A job acts for nobody: behind it may stand
 * the holder of a link, who is a stranger.
 */
export async function claimedBy(tx: TenantTx, principal: Principal, row: ToldAccount): Promise<AppError> {
  if (principal.kind === 'JOB') return claimed();
  const holder = await tx
    .selectFrom('creators')
    .select('name')
    .where('id', '=', row.creator_id)
    .executeTakeFirst();
  if (!holder) return claimed();
  return refusedAccount(
    'conflict',
    `${accountName(row)} is an account of ${holder.name} here. Take it off there first, or merge the two creators.`,
  );
}

/** The indexes count also the accounts of creators whom the asker does not see. */
export async function asClaimed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) throw claimed();
    throw error;
  }
}
