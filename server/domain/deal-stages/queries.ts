import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage } from '../../../db/types.ts';
import { openProbabilities, type OpenProbabilities } from '../deals/rules.ts';
import { dealStages } from '../deals/schema.ts';
import { closedStatuses, type DealCloseReason, type DealStageSettings } from './schema.ts';

/** The five stages as the agency set them; one that it never touched has the product's own. */
export async function listDealStages(tx: TenantTx): Promise<DealStageSettings[]> {
  const rows = await tx
    .selectFrom('deal_stages')
    .select(['stage', 'probability', 'stale_after_days', 'required_fields', 'version'])
    .execute();
  return dealStages.map((stage) => {
    const row = rows.find((item) => item.stage === stage);
    return {
      stage,
      probability: stage === 'CLOSED' ? null : (row?.probability ?? openProbabilities[stage]),
      staleAfterDays: row?.stale_after_days ?? null,
      requiredFields: row?.required_fields ?? [],
      version: row?.version ?? 1,
    };
  });
}

/** What a deal that enters an open stage gets, in percent. */
export function probabilitiesOf(stages: readonly DealStageSettings[]): OpenProbabilities {
  const of = (stage: keyof OpenProbabilities) =>
    stages.find((item) => item.stage === stage)?.probability ?? openProbabilities[stage];
  return {
    LEAD: of('LEAD'),
    QUALIFIED: of('QUALIFIED'),
    PROPOSAL: of('PROPOSAL'),
    NEGOTIATION: of('NEGOTIATION'),
  };
}

/** One stage as the agency set it. */
export async function getDealStage(tx: TenantTx, stage: DealStage): Promise<DealStageSettings> {
  const settings = (await listDealStages(tx)).find((item) => item.stage === stage);
  if (!settings) throw new Error(`No settings for stage ${stage}.`);
  return settings;
}

/** The reasons that are offered on closing, won ones first, each outcome's in its own order. */
export async function listDealCloseReasons(tx: TenantTx): Promise<DealCloseReason[]> {
  const rows = await tx
    .selectFrom('deal_close_reasons')
    .select(['id', 'status', 'name', 'position'])
    .orderBy('position')
    .orderBy('name')
    .orderBy('id')
    .execute();
  return closedStatuses.flatMap((status) =>
    rows.filter((row) => row.status === status).map((row) => ({ ...row, status })),
  );
}
