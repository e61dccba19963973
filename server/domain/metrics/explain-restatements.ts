import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Restatement } from '../explanations/schema.ts';
import { plain } from '../records/decimals.ts';
import { type StoredColumn, storedColumns } from './explain-figures.ts';
import { explainedFrame, type ExplainRequest } from './explain-read.ts';

/** How many restatements an explanation shows; it counts all. */
export const MOST_RESTATEMENTS = 100;

interface RestatementRow {
  date: string;
  account_name: string;
  name: string;
  currency: string;
  place: number;
  before: string | null;
  after: string | null;
  replaced_at: Date;
  sync_run_id: string | null;
  total: number;
}

/**
 * What the rows behind a figure said before, per column of it, the newest first: one line per column that a restatement
 * changed. What a row said after is what its next revision says, or the row as it stands; a row that vanished says
 * nothing after.
 */
export async function readRestatements(
  tx: TenantTx,
  request: ExplainRequest,
  columns: readonly StoredColumn[],
): Promise<Pick<{ items: Restatement[]; count: number }, 'items' | 'count'>> {
  if (columns.length === 0) return { items: [], count: 0 };
  const { days, asOf } = request;
  const values = (alias: string) =>
    sql`array[${sql.join(columns.map((column) => sql`${sql.ref(`${alias}.${column}`)}::numeric`))}]`;
  const { rows } = await sql<RestatementRow>`
    with frame as materialized (${explainedFrame(request)}),
    told as (
      select v.platform_campaign_id, v.ad_account_id, v.date, v.currency, v.replaced_at, v.replaced_by_run_id, v.id,
             v.was_removed, ${values('v')} as before,
             lead(${values('v')}) over later as revised, lead(v.id) over later is not null as is_revised
        from frame join campaign_metric_revisions as v
          on v.organization_id = frame.organization_id and v.platform_campaign_id = frame.id
       where v.date between ${days.from}::date and ${days.to}::date
      window later as (partition by v.platform_campaign_id, v.date order by v.replaced_at, v.fetched_at, v.id)),
    changed as (
      select t.*, case when t.was_removed then null when t.is_revised then t.revised
                       when m.date is not null then ${values('m')} end as after
        from told as t
        left join campaign_metrics as m on m.platform_campaign_id = t.platform_campaign_id and m.date = t.date
       where ${asOf}::timestamptz is null or t.replaced_at <= ${asOf}::timestamptz)
    select c.date, a.name as account_name, p.name, c.currency, place, c.before[place] as before, c.after[place] as after,
           c.replaced_at, s.id as sync_run_id, count(*) over ()::int4 as total
      from changed as c
      cross join generate_series(1, ${columns.length}::int) as place
      join platform_campaigns as p on p.id = c.platform_campaign_id
      join ad_accounts as a on a.id = c.ad_account_id
      left join sync_runs as s on s.id = c.replaced_by_run_id
     where c.before[place] is distinct from c.after[place]
     order by c.replaced_at desc, c.date desc, p.name, p.id, place
     limit ${MOST_RESTATEMENTS}`.execute(tx);
  return { items: rows.flatMap((row) => toRestatement(row, columns)), count: rows[0]?.total ?? 0 };
}

function toRestatement(row: RestatementRow, columns: readonly StoredColumn[]): Restatement[] {
  const column = columns[row.place - 1];
  if (!column) return [];
  const { label, unit } = storedColumns[column];
  return [
    {
      ...{ label, unit, date: row.date },
      adAccountName: row.account_name,
      platformCampaignName: row.name,
      currency: unit === 'MONEY' ? row.currency : null,
      before: row.before === null ? null : plain(row.before),
      after: row.after === null ? null : plain(row.after),
      changedAt: row.replaced_at.toISOString(),
      syncRunId: row.sync_run_id,
    },
  ];
}
