import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { stageName } from '../deals/rules.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { getDealStage } from './queries.ts';
import type { DealStageSettings, UpdateDealStageInput } from './schema.ts';

/**
 * Changes what the agency says of a stage. Deals that stand there keep their probability.
 * Errors: `invalid` where a field is none of the stage's; `precondition`.
 */
export async function updateDealStage(
  tx: TenantTx,
  principal: Principal,
  input: UpdateDealStageInput,
): Promise<DealStageSettings> {
  const { stage, expectedVersion } = input;
  requireOwnFields(input);
  await requireCustomFieldsKnown(tx, input.requiredFields ?? []);
  const before = await lockStage(tx, stage);
  requireVersion(before.version, expectedVersion);
  const sent = sentOnly({
    probability: input.probability,
    stale_after_days: input.staleAfterDays,
    required_fields: input.requiredFields && [...new Set(input.requiredFields)],
  });
  const was = {
    probability: before.probability,
    stale_after_days: before.staleAfterDays,
    required_fields: before.requiredFields,
  };
  const changes = changesBetween(was, sent);
  if (Object.keys(changes).length === 0) return before;
  const values = { ...was, probability: was.probability ?? 0, ...sent };
  await tx
    .insertInto('deal_stages')
    .values({ organization_id: principal.organizationId, stage, ...values, version: before.version + 1 })
    // The trigger counts the version of a row that stands; a first row begins behind the product's own.
    .onConflict((conflict) => conflict.columns(['organization_id', 'stage']).doUpdateSet(values))
    .execute();
  await recordActivities(tx, principal, [
    {
      type: 'PIPELINE_UPDATED',
      description: `Pipeline stage ${stageName(stage)} changed`,
      metadata: { stage, changes },
    },
  ]);
  return getDealStage(tx, stage);
}

/** The settings under the stage's own lock: a stage without a row has nothing else to lock. */
async function lockStage(tx: TenantTx, stage: DealStage): Promise<DealStageSettings> {
  await sql`select pg_advisory_xact_lock(hashtextextended('deal-stage:' || app.organization_id() || ${stage}, 0))`.execute(
    tx,
  );
  return getDealStage(tx, stage);
}

function requireOwnFields({ stage, ...sent }: UpdateDealStageInput): void {
  if (stage !== 'CLOSED') {
    if (sent.requiredFields?.includes('closeReason'))
      throw invalidField('requiredFields', 'Only a closed deal has a reason of closing.');
    return;
  }
  if (sent.probability !== undefined)
    throw invalidField('probability', 'A closed deal is won, at 100, or lost, at 0.');
  if (sent.staleAfterDays) throw invalidField('staleAfterDays', 'A closed deal does not grow stale.');
}

async function requireCustomFieldsKnown(tx: TenantTx, required: readonly string[]): Promise<void> {
  const keys = required
    .filter((field) => field.startsWith('customFields.'))
    .map((field) => field.slice('customFields.'.length));
  if (keys.length === 0) return;
  const known = await tx
    .selectFrom('custom_fields')
    .select('key')
    .where('noun', '=', 'DEAL')
    .where('is_active', '=', true)
    .where('key', 'in', keys)
    .execute();
  const unknown = keys.find((key) => !known.some((field) => field.key === key));
  if (unknown === undefined) return;
  throw new AppError('invalid', `There is no field ${unknown} of deals.`, {
    issues: [{ path: 'requiredFields', message: `There is no field ${unknown} of deals; define it first.` }],
  });
}
