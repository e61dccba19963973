import { type RawBuilder, sql } from 'kysely';

/**
 * The SQL of a dashboard's sums. Half a million rows are summed once by day and once by platform campaign, in their own
 * money, and what is left is converted: a rate is one number per day and currency, and a parity one for all days. Only
 * money of a moving rate is multiplied row by row. All of it is exact, so the order of sums and products is free.
 */

const views = ['video_views_25', 'video_views_50', 'video_views_75', 'video_views_100'] as const;
const known = (view: string) => sql.ref(`known_${view}`);

/** What is summed of facts `m`, in their own money. */
export const plainSums: RawBuilder<unknown> = sql`
  count(*) as n, count(m.conversions) as telling_conversions, count(m.conversion_value) as telling_value,
  sum(m.spend) as spend, sum(m.conversion_value) as conversion_value, sum(m.conversions) as conversions,
  sum(m.impressions) as impressions, sum(m.clicks) as clicks,
  sum(m.spend) filter (where m.conversions is null) as silent_conversions,
  sum(m.spend) filter (where m.conversion_value is null) as silent_value,
  ${sql.join(views.map((view) => sql`sum(${sql.ref(`m.${view}`)}) as ${sql.ref(view)}, count(${sql.ref(`m.${view}`)}) as ${known(view)}`))},
  bool_or(m.source = 'SANDBOX') as is_sandbox`;

/** What is summed of facts `m` whose rate `r` moves; null where no row has one. */
export const movingSums: RawBuilder<unknown> = sql`
  sum(m.spend * r.rate) as converted_spend, sum(m.conversion_value * r.rate) as converted_value,
  sum(m.impressions) filter (where r.rate is not null) as converted_impressions,
  sum(m.clicks) filter (where r.rate is not null) as converted_clicks,
  sum(m.conversions) filter (where r.rate is not null) as converted_conversions,
  sum(m.spend * r.rate) filter (where m.conversions is null) as converted_silent_conversions,
  sum(m.spend * r.rate) filter (where m.conversion_value is null) as converted_silent_value`;

/** The same of sums `s` with one rate for all that was summed; null without one. */
export function convertedBy(rate: RawBuilder<unknown>): RawBuilder<unknown> {
  const where = (column: string) => sql`case when ${rate} is not null then ${sql.ref(`s.${column}`)} end`;
  return sql`
  s.spend * ${rate} as converted_spend, s.conversion_value * ${rate} as converted_value,
  ${where('impressions')} as converted_impressions, ${where('clicks')} as converted_clicks,
  ${where('conversions')} as converted_conversions,
  s.silent_conversions * ${rate} as converted_silent_conversions, s.silent_value * ${rate} as converted_silent_value`;
}

/** `SumsRow` from sums `s` of facts and what they were converted to, summed once more. */
export const sumsOfSums: RawBuilder<unknown> = sql`
  s.currency, sum(s.n)::int4 as rows, sum(s.spend) as spend, sum(s.conversion_value) as conversion_value,
  sum(s.conversions) as conversions, sum(s.impressions)::int8 as impressions, sum(s.clicks)::int8 as clicks,
  ${spendBehind('conversions', { spend: 'spend', silent: 'silent_conversions' })} as spend_of_conversions,
  ${spendBehind('conversion_value', { spend: 'spend', silent: 'silent_value' })} as spend_of_value,
  (sum(s.n) - sum(s.telling_conversions))::int4 as untold_conversions,
  (sum(s.n) - sum(s.telling_value))::int4 as untold_value,
  ${sql.join(views.map((view) => sql`case when sum(s.n) = sum(${sql.ref(`s.known_${view}`)}) then sum(${sql.ref(`s.${view}`)})::int8 end as ${sql.ref(view)}`))},
  sum(s.converted_spend) as converted_spend, sum(s.converted_value) as converted_value,
  sum(s.converted_impressions)::int8 as converted_impressions, sum(s.converted_clicks)::int8 as converted_clicks,
  sum(s.converted_conversions) as converted_conversions,
  ${spendBehind('converted_conversions', { spend: 'converted_spend', silent: 'converted_silent_conversions' })}
    as converted_spend_of_conversions,
  ${spendBehind('converted_value', { spend: 'converted_spend', silent: 'converted_silent_value' })} as converted_spend_of_value,
  bool_or(s.is_sandbox) as is_sandbox`;

/** The spend of the rows that tell a figure: all but that of the silent; null where none tells it. */
function spendBehind(
  told: string,
  { spend, silent }: { spend: string; silent: string },
): RawBuilder<unknown> {
  return sql`case when sum(${sql.ref(`s.${told}`)}) is not null
    then sum(${sql.ref(`s.${spend}`)}) - coalesce(sum(${sql.ref(`s.${silent}`)}), 0) end`;
}
