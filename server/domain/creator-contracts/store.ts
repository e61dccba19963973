import type { Updateable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorContracts } from '../../../db/types.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { type Changes, changesBetween } from '../records/rules.ts';
import { newId, requireActive, requireOwnership, requireVersion } from '../records/store.ts';
import { type ContractRow, selectContracts } from './queries.ts';
import { emptied, type Terms, termsIssues } from './rules.ts';
import type { UsageRight, UsageRightInput } from './schema.ts';

/** A contract's columns, its platforms as a list. */
export type Columns = Omit<ContractRow, 'platforms' | 'exclusivity_platforms'> & {
  exclusivity_platforms: ContractRow['platforms'];
};

export type ContractValues = Omit<Updateable<CreatorContracts>, keyof Terms> & Partial<Terms>;

/** Holds a contract for the rest of the transaction. Errors: `not_found`, `precondition`. */
export async function lockContract(
  tx: TenantTx,
  creatorContractId: string,
  expectedVersion?: number,
): Promise<Columns> {
  await tx
    .selectFrom('creator_contracts')
    .select('id')
    .where('id', '=', creatorContractId)
    .forUpdate()
    .executeTakeFirst();
  const row = await selectContracts(tx)
    .where('creator_contracts.id', '=', creatorContractId)
    .executeTakeFirst();
  if (!row) throw notFound('contract');
  requireVersion(row.version, expectedVersion);
  const { platforms, ...rest } = row;
  return { ...rest, exclusivity_platforms: platforms };
}

interface ContractChange {
  before: Columns;
  values: ContractValues;
  /** What the usage rights become; undefined where they stay. */
  usageRights?: readonly UsageRightInput[] | undefined;
}

/**
 * What a change would write, without writing it: the columns that differ, and among them those that another kind of
 * exclusivity empties. Errors: `invalid` naming each field that does not fit.
 */
export function planChange({ before, values }: ContractChange): { changes: Changes; values: ContractValues } {
  const emptying =
    values.exclusivity !== undefined && values.exclusivity !== before.exclusivity
      ? emptied(values.exclusivity)
      : {};
  const wanted = { ...emptying, ...values };
  const changes = changesBetween(before, wanted);
  requireTerms({ ...before, ...wanted });
  return { changes, values: wanted };
}

/** Errors: `invalid`, with every field that does not fit. */
export function requireTerms(terms: Terms): void {
  const issues = termsIssues(terms);
  const [first] = issues;
  if (first) throw new AppError('invalid', first.message, { issues });
}

/**
 * Writes what differs; a change of nothing writes nothing. True where anything was written.
 * Errors: `conflict` in the recycle bin, `invalid` where the brand or the owner is none that the caller sees.
 */
export async function writeChange(
  tx: TenantTx,
  { before, usageRights }: Pick<ContractChange, 'before' | 'usageRights'>,
  plan: { changes: Changes; values: ContractValues },
): Promise<boolean> {
  const { changes, values } = plan;
  const rights = usageRights && !isSameRights(before.usage_rights, usageRights) ? usageRights : null;
  const columns = Object.keys(changes);
  if (columns.length === 0 && !rights) return false;
  requireActive(before, 'is_active' in changes);
  await requireParties(tx, { brandId: newId(changes.brand_id), ownerId: newId(changes.owner_id) });
  const set = Object.fromEntries(Object.entries(values).filter(([name]) => columns.includes(name)));
  // The trigger moves the version and the time; usage rights are a part of the contract.
  await tx
    .updateTable('creator_contracts')
    .set({ ...(set as Updateable<CreatorContracts>), is_active: values.is_active ?? before.is_active })
    .where('id', '=', before.id)
    .execute();
  if (rights) {
    await tx
      .deleteFrom('creator_contract_usage_rights')
      .where('creator_contract_id', '=', before.id)
      .execute();
    await insertUsageRights(tx, before, rights);
  }
  return true;
}

/**
 * A contract is the agency's own: so is whoever owns it. Errors: `invalid` where the brand or the owner is none that the
 * caller sees, and where the owner is a client's login.
 */
export async function requireParties(
  tx: TenantTx,
  parties: { brandId: string | null; ownerId: string | null },
): Promise<void> {
  await requireOwnership(tx, parties);
  if (parties.ownerId === null) return;
  const client = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('user_id', '=', parties.ownerId)
    .where('brand_id', 'is not', null)
    .executeTakeFirst();
  if (client)
    throw invalidField('ownerId', 'A contract is owned by somebody of the agency, not of the client.');
}

export async function insertUsageRights(
  tx: TenantTx,
  contract: { id: string; organization_id: string },
  rights: readonly UsageRightInput[],
): Promise<void> {
  if (rights.length === 0) return;
  await tx
    .insertInto('creator_contract_usage_rights')
    .values(
      rights.map((right, position) => ({
        organization_id: contract.organization_id,
        creator_contract_id: contract.id,
        position,
        channel: right.channel,
        ad_permission: right.adPermission ?? null,
        territories: right.territories ?? [],
        starts_on: right.startsOn ?? null,
        ends_on: right.endsOn ?? null,
        note: right.note ?? null,
      })),
    )
    .execute();
}

function isSameRights(before: readonly UsageRight[], after: readonly UsageRightInput[]): boolean {
  const written = (rights: readonly UsageRightInput[]) =>
    JSON.stringify(
      rights.map(({ channel, adPermission, territories, startsOn, endsOn, note }) => [
        channel,
        adPermission ?? null,
        territories ?? [],
        startsOn ?? null,
        endsOn ?? null,
        note ?? null,
      ]),
    );
  return written(before) === written(after);
}
