import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage } from '../../../db/types.ts';
import { listDealStages, probabilitiesOf } from '../deal-stages/queries.ts';
import { missingFields, type Requirable, wordsFor } from '../deal-stages/rules.ts';
import type { DealStageSettings } from '../deal-stages/schema.ts';
import { findFirstRank } from '../deals/queries.ts';
import {
  type OpenProbabilities,
  probabilityAfterMove,
  ranksFor,
  stageName,
  type Standing,
  standingOf,
} from '../deals/rules.ts';
import type { NounRule, Outcome, Refusal, Row, Values } from './rules.ts';
import type { SetFields } from './schema.ts';

interface Pipeline {
  stages: readonly DealStageSettings[];
  open: OpenProbabilities;
  /** The agency's own day, and this moment, as the database has them. */
  today: string;
  now: string;
}

type DealRow = Row & Standing & { probability: number; close_reason: string | null };

/**
 * The rules of single deals: a stage is entered with what it asks for, and what it asks for is not taken away; a closed
 * deal is won or lost. Errors: `invalid` where stage and status contradict.
 */
export async function dealRule(tx: TenantTx, set: SetFields['DEAL']): Promise<NounRule> {
  const standing = set.stage === undefined ? null : standingOf(set.stage, set.status);
  const stages = await listDealStages(tx);
  const pipeline = { stages, open: probabilitiesOf(stages), ...(await readClock(tx)) };
  return (row, values) => {
    const deal = row as DealRow;
    const after = standing && !isSame(deal, standing) ? standing : null;
    const moved = { ...values, ...(after && columnsOfMove(deal, after, { set, pipeline })) };
    if (standing?.stage === 'CLOSED' && set.reason !== undefined) moved.close_reason = set.reason;
    const refusal = missingFor(pipeline, deal, { moved, isEntering: after !== null });
    return refusal ? { refusal } : { values: moved };
  };
}

async function readClock(tx: TenantTx): Promise<Pick<Pipeline, 'today' | 'now'>> {
  const { rows } = await sql<{ today: string; now: string }>`
    select (now() at time zone o.time_zone)::date::text as today, now()::text as now
      from organizations o where o.type <> 'BRAND'`.execute(tx);
  const [clock] = rows;
  if (!clock) throw new Error('The transaction has no agency.');
  return clock;
}

function isSame(before: Standing, after: Standing): boolean {
  return before.stage === after.stage && before.status === after.status;
}

function columnsOfMove(
  before: DealRow,
  after: Standing,
  { set, pipeline }: { set: SetFields['DEAL']; pipeline: Pipeline },
): Values {
  return {
    ...after,
    probability: set.probability ?? probabilityAfterMove(before, after, pipeline.open),
    closed_on: after.stage === 'CLOSED' ? pipeline.today : null,
    close_reason: after.stage === 'CLOSED' ? (set.reason ?? null) : null,
    ...(before.stage === after.stage ? {} : { stage_changed_at: pipeline.now }),
  };
}

function missingFor(
  { stages }: Pipeline,
  before: DealRow,
  { moved, isEntering }: { moved: Values; isEntering: boolean },
): Refusal | null {
  const after = { ...before, ...moved } as DealRow;
  const settings = stages.find(({ stage }) => stage === after.stage);
  if (!settings || settings.requiredFields.length === 0) return null;
  const lacking = missingFields(settings.requiredFields, toRequirable(after));
  // What was missing in its stage before may stay so.
  const were = isEntering ? [] : missingFields(settings.requiredFields, toRequirable(before));
  const missing = lacking.filter((field) => !were.includes(field));
  if (missing.length === 0) return null;
  const words = missing.map(wordsFor).join(', ');
  return { code: 'STAGE_FIELDS', reason: `Stage ${stageName(settings.stage)} asks for more. ${words}.` };
}

function toRequirable(row: Row): Requirable {
  return {
    amount: row.amount,
    companyId: row.company_id,
    contactId: row.contact_id,
    expectedCloseOn: row.expected_close_on,
    ownerId: row.owner_id,
    closeReason: row.close_reason,
    customFields: row.custom_fields as Record<string, unknown>,
  };
}

/** Deals that enter a column stand on top of it, in the order that they had. */
export async function placeOnBoard(tx: TenantTx, outcomes: readonly Outcome[]): Promise<void> {
  const entering = outcomes.flatMap((outcome) =>
    'values' in outcome && outcome.values.stage !== undefined ? [outcome] : [],
  );
  for (const stage of new Set(entering.map(({ values }) => values.stage as DealStage))) {
    const into = entering
      .filter(({ values }) => values.stage === stage)
      .sort((a, b) => ((a.row.rank as string) < (b.row.rank as string) ? -1 : 1));
    const ranks = ranksFor(into.length, await findFirstRank(tx, stage));
    into.forEach(({ values }, index) => (values.rank = ranks[index]));
  }
}
