import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage, DealStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import { findFirstRank } from '../deals/queries.ts';
import { ranksFor, stageName } from '../deals/rules.ts';
import { ownershipOf } from '../records/store.ts';
import { fitCustomFields } from './custom-values.ts';
import { type Change, type Creation, decide, type Decisions } from './decide.ts';
import type { CreatorDecisions } from './creators/decide.ts';
import { decideCreatorRows, writeCreators } from './creators/write.ts';
import type { RecordKind } from './fields.ts';
import { type Plan, recordKindOf } from './plan.ts';
import { resolveReferences } from './references.ts';
import type { Row } from './rows.ts';
import { findExisting, insertRows, updateRows } from './store.ts';

/** What became of some rows. A refused row holds its reasons. */
export interface Outcome {
  created: number;
  updated: number;
  unchanged: number;
  refused: Row[];
}

export interface Writing {
  plan: Plan;
  principal: Principal;
  importId: string;
  now: Date;
}

/** Says what rows would do, and writes nothing. References and keys are looked up as for the real run. */
export async function tryRows(
  tx: TenantTx,
  context: Omit<Writing, 'importId'>,
  rows: readonly Row[],
): Promise<Outcome> {
  if (context.plan.mapping.kind === 'creators') {
    const decided = await decideCreatorRows(tx, context, {
      rows: await soundRows(tx, context.plan, rows),
      isLocking: false,
    });
    return creatorOutcome(rows, decided);
  }
  const { creations, changes, unchanged } = await decideRows(tx, context, { rows, isLocking: false });
  return outcomeOf(rows, { created: creations.length, updated: changes.length, unchanged: unchanged.length });
}

/** Brings rows in, in a fixed number of statements, with what happened to each record. All within `tx`. */
export async function writeRows(tx: TenantTx, context: Writing, rows: readonly Row[]): Promise<Outcome> {
  const { plan } = context;
  if (plan.mapping.kind === 'creators') {
    const decided = await decideCreatorRows(tx, context, {
      rows: await soundRows(tx, plan, rows),
      isLocking: true,
    });
    await writeCreators(tx, context, decided);
    return creatorOutcome(rows, decided);
  }
  const first = await decideRows(tx, context, { rows, isLocking: true });
  const { created, beaten } = await writeDecisions(tx, context, first);
  const counts = { created, updated: first.changes.length, unchanged: first.unchanged.length };
  if (beaten.length > 0) {
    // Somebody brought these in meanwhile, or they belong to records that this principal does not see.
    const again = await decideRows(tx, context, { rows: beaten, isLocking: true });
    for (const { row } of again.creations) row.reasons.push(takenProblem(plan, row));
    await writeDecisions(tx, context, { ...again, creations: [] });
    counts.updated += again.changes.length;
    counts.unchanged += again.unchanged.length;
  }
  return outcomeOf(rows, counts);
}

function outcomeOf(rows: readonly Row[], counts: Omit<Outcome, 'refused'>): Outcome {
  return { ...counts, refused: rows.filter((row) => row.reasons.length > 0) };
}

function creatorOutcome(rows: readonly Row[], { created, updated, unchanged }: CreatorDecisions): Outcome {
  return outcomeOf(rows, { created: created.length, updated: updated.length, unchanged: unchanged.length });
}

function takenProblem(plan: Plan, row: Row): string {
  return `The external id of "${row.key}" belongs to a ${plan.spec.noun} that is not yours to see or change.`;
}

/** The rows that refer to what there is and whose own fields hold what they may. */
async function soundRows(tx: TenantTx, plan: Plan, rows: readonly Row[]): Promise<Row[]> {
  const isSound = (row: Row) => row.reasons.length === 0;
  await resolveReferences(tx, plan, rows.filter(isSound));
  await fitCustomFields(tx, plan, rows.filter(isSound));
  return rows.filter(isSound);
}

interface ToDecide {
  rows: readonly Row[];
  isLocking: boolean;
}

async function decideRows(
  tx: TenantTx,
  context: Omit<Writing, 'importId'>,
  { rows, isLocking }: ToDecide,
): Promise<Decisions> {
  const { plan, principal, now } = context;
  const sound = await soundRows(tx, plan, rows);
  const keys = sound.flatMap((row) => (row.key === null ? [] : [row.key]));
  const kind = recordKindOf(plan);
  const existing = await findExisting(tx, { kind, matchKey: plan.matchKey, keys, isLocking });
  const ownership = await ownershipOf(tx, principal, {});
  return decide({ plan, ownership, now }, sound, existing);
}

async function writeDecisions(
  tx: TenantTx,
  context: Writing,
  { creations, changes }: Decisions,
): Promise<{ created: number; beaten: Row[] }> {
  const kind = recordKindOf(context.plan);
  if (kind === 'deals') await placeOnBoard(tx, [...creations, ...changes]);
  const inserted = await insertRows(
    tx,
    kind,
    creations.map(({ values }) => values),
  );
  await updateRows(tx, kind, changedRows(changes, context.principal.organizationId));
  const isIn = ({ values }: Creation) => inserted.has(values.id);
  await recordActivities(tx, context.principal, [
    ...creations.filter(isIn).map((creation) => creationActivity(context, creation)),
    ...changes.flatMap((change) => changeActivities(context, change)),
  ]);
  return { created: inserted.size, beaten: creations.filter((item) => !isIn(item)).map(({ row }) => row) };
}

/** New and moved deals stand on top of their columns, the file's last row first, as if entered one by one. */
async function placeOnBoard(tx: TenantTx, items: readonly (Creation | Change)[]): Promise<void> {
  const stages = new Set(items.flatMap(({ column }) => (column ? [column] : [])));
  for (const stage of stages) {
    const entering = items.filter(({ column }) => column === stage).reverse();
    const ranks = ranksFor(entering.length, await findFirstRank(tx, stage));
    entering.forEach((item, index) => (item.values.rank = ranks[index]));
  }
}

/** One statement changes them all, so each names every column that any of them changes. */
function changedRows(changes: readonly Change[], organizationId: string) {
  const columns = new Set(changes.flatMap(({ values }) => Object.keys(values)));
  return changes.map(({ before, values }) => {
    const all = [...columns].map((column) => [column, column in values ? values[column] : before[column]]);
    const row = Object.fromEntries(all) as Record<string, unknown>;
    return { ...row, id: before.id, organization_id: organizationId };
  });
}

const nouns = {
  companies: { title: 'Company', type: 'COMPANY', reference: 'companyId' },
  contacts: { title: 'Contact', type: 'CONTACT', reference: 'contactId' },
  deals: { title: 'Deal', type: 'DEAL', reference: 'dealId' },
} as const satisfies Record<RecordKind, object>;

function nameOf(values: Record<string, unknown>): string {
  const { name, first_name: first, last_name: last } = values as Record<string, string | undefined>;
  return name ?? `${first ?? ''} ${last ?? ''}`;
}

/** The records that an entry concerns: the one that was written, and those that it refers to. */
function concerned(kind: RecordKind, values: Record<string, unknown>) {
  return {
    brandId: values.brand_id as string | null,
    ...(kind === 'companies' ? {} : { companyId: (values.company_id ?? null) as string | null }),
    ...(kind === 'deals' ? { contactId: (values.contact_id ?? null) as string | null } : {}),
    [nouns[kind].reference]: values.id,
  };
}

/**
 * What an import brings in is told as created, whatever its stage: that a deal was won long before it came here is no
 * news of today.
 */
function creationActivity({ plan, importId }: Writing, { values }: Creation): ActivityEntry {
  const kind = recordKindOf(plan);
  const { title, type } = nouns[kind];
  const standing = kind === 'deals' ? { stage: values.stage, status: values.status } : {};
  return {
    type: `${type}_CREATED`,
    description: `${title} ${nameOf(values)} created`,
    metadata: { importId, ...standing },
    ...concerned(kind, values),
  };
}

function changeActivities({ plan, importId }: Writing, change: Change): ActivityEntry[] {
  const kind = recordKindOf(plan);
  const { title, type } = nouns[kind];
  const after = { ...change.before, ...change.values };
  const name = nameOf(after);
  const about = concerned(kind, after);
  const changed: ActivityEntry = {
    type: `${type}_UPDATED`,
    description: `${title} ${name} changed`,
    metadata: { importId, changes: change.changes },
    ...about,
  };
  const from = change.before.stage as DealStage | undefined;
  const to = after.stage as DealStage | undefined;
  const status = after.status as DealStatus | undefined;
  const entries = [changed];
  if (kind !== 'deals') return entries;
  if (from && to && from !== to) {
    const description = `Deal ${name} moved from ${stageName(from)} to ${stageName(to)}`;
    entries.push({ type: 'DEAL_STAGE_CHANGED', description, metadata: { importId, from, to }, ...about });
  }
  if (change.before.status !== status && (status === 'WON' || status === 'LOST')) {
    const description = `Deal ${name} ${status.toLowerCase()}`;
    entries.push({ type: `DEAL_${status}`, description, metadata: { importId, from, to }, ...about });
  }
  return entries;
}
