import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, ContractStatus } from '../../../db/types.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import type { Actor } from './commands.ts';
import { agencyToday, getContract } from './queries.ts';
import { contractState, movesFrom } from './rules.ts';
import type { ChangeContractStatusInput, Contract } from './schema.ts';
import { type Columns, lockContract, writeChange } from './store.ts';
import { tellOfContract } from './tell.ts';

const words: Readonly<Record<ContractStatus, string>> = {
  DRAFT: 'a draft',
  SENT: 'sent',
  SIGNED: 'signed',
  TERMINATED: 'ended',
};

const told: Readonly<Record<ContractStatus, ActivityType>> = {
  DRAFT: 'CONTRACT_UPDATED',
  SENT: 'CONTRACT_UPDATED',
  SIGNED: 'CONTRACT_SIGNED',
  TERMINATED: 'CONTRACT_TERMINATED',
};

/**
 * Moves a contract on: draft, sent, signed, terminated. From then on its exclusivity binds, or no longer does.
 * Errors: `not_found`, `precondition`; `conflict` where it cannot go there, or lies in the recycle bin; `invalid` where
 * the day lies ahead, or before it was signed.
 */
export async function changeContractStatus(
  tx: TenantTx,
  { principal, now }: Actor,
  input: ChangeContractStatusInput,
): Promise<Contract> {
  const { status } = input;
  const before = await lockContract(tx, input.creatorContractId, input.expectedVersion);
  if (status === before.status) return getContract(tx, now, before.id);
  if (!movesFrom(before.status).includes(status)) {
    throw new AppError(
      'conflict',
      `A contract that is ${words[before.status]} does not become ${words[status]}.`,
    );
  }
  const values = { status, ...dayOf(before, input, await agencyToday(tx, now)) };
  const changes = { status: { from: before.status, to: status } };
  const days = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name !== 'status')
      .map(([name, to]) => [name, { from: null, to }]),
  );
  await writeChange(tx, { before }, { changes: { ...changes, ...days }, values });
  await tellOfContract(tx, principal, {
    contract: before,
    entries: [
      {
        type: told[status],
        description: `Contract ${before.title} is ${words[status]}`,
        metadata: { creatorContractId: before.id, changes },
      },
    ],
  });
  return getContract(tx, now, before.id);
}

function dayOf(
  before: Columns,
  { status, on }: ChangeContractStatusInput,
  today: string,
): { signed_on?: string; terminated_on?: string } {
  if (status !== 'SIGNED' && status !== 'TERMINATED') {
    if (on !== undefined) throw invalidField('on', 'Only signing and ending a contract have a day.');
    return {};
  }
  const day = on ?? today;
  if (day > today) throw invalidField('on', 'This day is still to come.');
  if (status === 'SIGNED') return { signed_on: day };
  if (before.signed_on !== null && day < before.signed_on) {
    throw invalidField('on', 'The contract would end before it was signed.');
  }
  return { terminated_on: day };
}

/**
 * Moves a contract to the recycle bin (`isActive` false) or back. What is signed and has not ended binds, and is not
 * thrown away: end it first. Errors: `not_found`, `precondition`, `conflict`.
 */
export async function setContractActive(
  tx: TenantTx,
  { principal, now }: Actor,
  input: { creatorContractId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<Contract> {
  const { isActive } = input;
  const before = await lockContract(tx, input.creatorContractId, input.expectedVersion);
  if (before.is_active === isActive) return getContract(tx, now, before.id);
  if (!isActive) await requireUnbound(tx, before, now);
  const changes = { is_active: { from: before.is_active, to: isActive } };
  await writeChange(tx, { before }, { changes, values: { is_active: isActive } });
  await tellOfContract(tx, principal, {
    contract: before,
    entries: [
      {
        type: 'CONTRACT_UPDATED',
        description: `Contract ${before.title} ${isActive ? 'restored' : 'deleted'}`,
        metadata: { creatorContractId: before.id, changes },
      },
    ],
  });
  return getContract(tx, now, before.id);
}

async function requireUnbound(tx: TenantTx, row: Columns, now: Date): Promise<void> {
  const dated = { status: row.status, startsOn: row.starts_on, endsOn: row.ends_on };
  if (row.status !== 'SIGNED' || contractState(dated, await agencyToday(tx, now)) === 'ENDED') return;
  throw new AppError('conflict', 'This contract is signed and binds. End it first.');
}
