import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import type { CreatorStatus } from '../../../../db/types.ts';
import { type ActivityEntry, recordActivities } from '../../activities/record.ts';
import { moveWords } from '../../creators/rules.ts';
import { ownershipOf } from '../../records/store.ts';
import type { Row } from '../rows.ts';
import { updateRows } from '../store.ts';
import type { Writing } from '../write.ts';
import { type CreatorDecisions, decideCreators } from './decide.ts';
import { findKnown } from './known.ts';
import type { CreatorRow } from './read.ts';

/** What sound rows of creators come to. Nothing is written. */
export async function decideCreatorRows(
  tx: TenantTx,
  { principal, now }: Omit<Writing, 'importId'>,
  { rows, isLocking }: { rows: readonly Row[]; isLocking: boolean },
): Promise<CreatorDecisions> {
  const told = rows.map(({ fields }) => fields as unknown as CreatorRow);
  const [known, ownership] = [await findKnown(tx, told, isLocking), await ownershipOf(tx, principal, {})];
  const { organizationId, userId: authorId } = principal;
  return decideCreators({ ownership, organizationId, authorId, now }, rows, known);
}

/**
 * Writes them in a fixed number of statements, each row whole or not at all: what the database refuses is tried again
 * in halves by whoever runs the import.
 */
export async function writeCreators(
  tx: TenantTx,
  context: Writing,
  decisions: CreatorDecisions,
): Promise<void> {
  const { organizationId } = context.principal;
  await insertAll(tx, 'contacts', decisions.contacts);
  if (decisions.became.length > 0)
    await tx
      .updateTable('contacts')
      .set({ type: 'CREATOR' })
      .where(
        'id',
        'in',
        decisions.became.map(({ id }) => id),
      )
      .where('type', '<>', 'CREATOR')
      .execute();
  await insertAll(
    tx,
    'creators',
    decisions.creators.map(({ values }) => values),
  );
  const columns = [...new Set(decisions.changes.flatMap(({ values }) => Object.keys(values)))];
  await updateRows(
    tx,
    'creators',
    decisions.changes.map(({ before, values }) => ({
      ...Object.fromEntries(
        columns.map((column) => [column, column in values ? values[column] : before[column]]),
      ),
      id: before.id,
      organization_id: organizationId,
      ...movedAt(decisions, before, { values, now: context.now }),
    })),
  );
  await insertAll(tx, 'creator_platforms', decisions.newAccounts);
  await updateFigures(tx, decisions);
  await keepSnapshots(tx, decisions);
  await recordActivities(tx, context.principal, activitiesOf(context, decisions));
}

/** One statement changes them all, so each says since when it stands where it does. */
function movedAt(
  { changes }: CreatorDecisions,
  before: Record<string, unknown>,
  { values, now }: { values: Record<string, unknown>; now: Date },
): Record<string, unknown> {
  if (!changes.some((change) => 'status' in change.changes)) return {};
  const isMove = values.status !== undefined && values.status !== before.status;
  return { status_changed_at: isMove ? now : before.status_changed_at };
}

type Table = 'contacts' | 'creators' | 'creator_platforms';

async function insertAll(
  tx: TenantTx,
  table: Table,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  const list = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${list})
    select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}

async function updateFigures(tx: TenantTx, { figures }: CreatorDecisions): Promise<void> {
  if (figures.length === 0) return;
  const rows = figures.map(({ id, values }) => ({ id, ...values }));
  await sql`
    update creator_platforms p
       set followers = coalesce(r.followers, p.followers),
           stated_engagement_rate = coalesce(r.stated_engagement_rate, p.stated_engagement_rate),
           stated_engagement_basis = coalesce(r.stated_engagement_basis, p.stated_engagement_basis),
           source = r.source, figures_at = r.figures_at
      from jsonb_populate_recordset(null::creator_platforms, ${JSON.stringify(rows)}::jsonb) r
     where p.id = r.id`.execute(tx);
}

/** A day's figures are kept beside the newest; what the network told of that day stays. */
async function keepSnapshots(tx: TenantTx, { newAccounts, figures }: CreatorDecisions): Promise<void> {
  const ids = [...newAccounts.map(({ id }) => id), ...figures.map(({ id }) => id)];
  if (ids.length === 0) return;
  await sql`
    insert into creator_platform_snapshots as s (organization_id, creator_platform_id, date, followers, source, fetched_at)
    select p.organization_id, p.id, (p.figures_at at time zone 'UTC')::date, p.followers, p.source, p.figures_at
      from creator_platforms p where p.id = any (${ids}::uuid[]) and p.figures_at is not null and p.followers is not null
    on conflict (organization_id, creator_platform_id, date) do update
      set followers = excluded.followers, source = excluded.source, fetched_at = excluded.fetched_at
     where s.source <> 'PHYLLO'`.execute(tx);
}

function activitiesOf({ importId }: Writing, decisions: CreatorDecisions): ActivityEntry[] {
  const place = (values: Record<string, unknown>) => {
    const brandId = (values.brand_id ?? null) as string | null;
    return {
      creatorId: values.id as string,
      contactId: values.contact_id as string,
      brandId,
      isBrandOnly: brandId !== null,
    };
  };
  return [
    ...decisions.contacts.map((values) => ({
      type: 'CONTACT_CREATED' as const,
      description: `Contact ${values.first_name as string} ${values.last_name as string} created`,
      metadata: { importId },
      contactId: values.id,
      brandId: (values.brand_id ?? null) as string | null,
    })),
    ...decisions.became
      .filter(({ type }) => type !== 'CREATOR')
      .map((contact) => ({
        type: 'CONTACT_UPDATED' as const,
        description: `Contact ${contact.name} changed`,
        metadata: { importId, changes: { type: { from: contact.type, to: 'CREATOR' } } },
        contactId: contact.id,
        companyId: contact.company_id,
        brandId: contact.brand_id,
      })),
    ...decisions.creators.map(({ values, name }) => ({
      type: 'CREATOR_CREATED' as const,
      description: `Creator ${name} created`,
      metadata: { importId },
      ...place(values),
    })),
    ...decisions.changes.flatMap(({ before, values, changes: { status, ...others } }): ActivityEntry[] => {
      const where = place({ ...before, ...values });
      const moved = status && {
        type: 'CREATOR_STATUS_CHANGED' as const,
        description: moveWords(before.name, status.from as CreatorStatus, status.to as CreatorStatus),
        metadata: { importId, from: status.from, to: status.to, changes: { status } },
        ...where,
      };
      const changed = Object.keys(others).length > 0 && {
        type: 'CREATOR_UPDATED' as const,
        description: `Creator ${before.name} changed`,
        metadata: { importId, changes: others },
        audience: 'AGENCY' as const,
        ...where,
      };
      return [moved, changed].filter((entry) => entry !== undefined && entry !== false);
    }),
  ];
}
