import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { type Changes, fieldName } from './rules.ts';
import type { FieldChange, HistoryInput } from './schema.ts';

/** The nouns whose fields have a history, with the column of the stream that names the record. */
const sources = {
  companies: { column: 'company_id', prefix: 'COMPANY_', noun: 'company' },
  contacts: { column: 'contact_id', prefix: 'CONTACT_', noun: 'contact' },
  deals: { column: 'deal_id', prefix: 'DEAL_', noun: 'deal' },
  campaigns: { column: 'campaign_id', prefix: 'CAMPAIGN_', noun: 'campaign' },
  creators: { column: 'creator_id', prefix: 'CREATOR_', noun: 'creator' },
} as const;

/**
 * What a record's fields said before and after each change, newest first; a page holds whole changes, of one or more
 * fields each. Errors: `not_found`, the same for a foreign id and a nonsense one.
 */
export async function listHistory(
  tx: TenantTx,
  source: { table: keyof typeof sources; id: string },
  input: Pick<HistoryInput, 'field' | 'cursor' | 'limit'>,
): Promise<Page<FieldChange>> {
  const { column, prefix, noun } = sources[source.table];
  const record = await tx
    .selectFrom(source.table)
    .select('id')
    .where('id', '=', source.id)
    .executeTakeFirst();
  if (!record) throw notFound(noun);
  const query = tx
    .selectFrom('activities')
    .leftJoin('users', 'users.id', 'activities.actor_id')
    .select(['activities.id', 'activities.actor_kind', 'activities.actor_id', 'activities.created_at'])
    .select(['users.name as actor_name', changesSql().as('changes')])
    .where(`activities.${column}`, '=', source.id)
    // What hangs on a company is on its timeline too; its fields are changed by its own activities alone.
    .where(sql<boolean>`activities.type::text like ${`${prefix.replace('_', String.raw`\_`)}%`}`)
    .where(sql<boolean>`jsonb_typeof(${changesSql()}) = 'object'`);
  const page = await keysetPage(query, {
    sortName: '-createdAt',
    key: { expression: sql`activities.created_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`activities.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  const items = page.items.flatMap((row) => toFieldChanges(row, input.field));
  return { items, nextCursor: page.nextCursor };
}

/** A deal's moves say their stages in words of their own. */
function changesSql() {
  return sql<Changes>`case when activities.type = 'DEAL_STAGE_CHANGED'
    then jsonb_build_object('stage', jsonb_build_object('from', activities.metadata -> 'from', 'to', activities.metadata -> 'to'))
    else activities.metadata -> 'changes' end`;
}

interface HistoryRow {
  id: string;
  actor_kind: FieldChange['actorKind'];
  actor_id: string | null;
  actor_name: string | null;
  created_at: Date;
  changes: Changes;
}

/** Columns that no input has: a place on the board and the like. */
const inner: ReadonlySet<string> = new Set(['rank', 'name_key', 'stage_changed_at', 'status_changed_at']);

function toFieldChanges(row: HistoryRow, field: string | undefined): FieldChange[] {
  return Object.entries(row.changes)
    .filter(([column]) => !inner.has(column) && (field === undefined || fieldName(column) === field))
    .map(([column, { from, to }]) => ({
      activityId: row.id,
      field: fieldName(column),
      from,
      to,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      actorName: row.actor_name,
      createdAt: row.created_at.toISOString(),
    }));
}

/** What records, people and brands are called, of those that the reader sees; an unknown id has no entry. */
export async function namesOf(tx: TenantTx, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const wanted = sql`any (${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from companies where id = ${wanted}
    union all select id, name from contacts where id = ${wanted}
    union all select id, name from deals where id = ${wanted}
    union all select id, name from campaigns where id = ${wanted}
    union all select id, name from creators where id = ${wanted}
    union all select id, name from ad_accounts where id = ${wanted}
    union all select id, name from platform_campaigns where id = ${wanted}
    union all select id, name from organizations where id = ${wanted}
    union all select u.id, u.name from memberships m join users u on u.id = m.user_id where u.id = ${wanted}`.execute(
    tx,
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
