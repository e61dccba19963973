import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { tableOfNoun } from './queries.ts';
import type { CustomField, CustomFieldNoun } from './schema.ts';

interface Replacing {
  field: Pick<CustomField, 'id' | 'noun' | 'key'>;
  /** Each option that goes away, with what records say instead; null clears it. */
  replacements: ReadonlyMap<string, string | null>;
}

/** How a noun's records tell that they changed: the activity, and the column that it refers by. */
const told: Readonly<Record<CustomFieldNoun, { type: ActivityType; column: string; word: string }>> = {
  COMPANY: { type: 'COMPANY_UPDATED', column: 'company_id', word: 'Company' },
  CONTACT: { type: 'CONTACT_UPDATED', column: 'contact_id', word: 'Contact' },
  DEAL: { type: 'DEAL_UPDATED', column: 'deal_id', word: 'Deal' },
  CREATOR: { type: 'CREATOR_UPDATED', column: 'creator_id', word: 'Creator' },
  CAMPAIGN: { type: 'CAMPAIGN_UPDATED', column: 'campaign_id', word: 'Campaign' },
};

/**
 * Rewrites the values of every record that says one of these options, and tells each record's history, in one statement.
 * A field that holds nothing afterwards is taken away. Answers how many records changed.
 */
export async function replaceOptions(
  tx: TenantTx,
  principal: Principal,
  { field, replacements }: Replacing,
): Promise<number> {
  const { type, column, word } = told[field.noun];
  const table = sql.table(tableOfNoun[field.noun]);
  const map = JSON.stringify(Object.fromEntries(replacements));
  const { rows } = await sql<{ count: number }>`
    with held as (
      select record.id, record.custom_fields -> ${field.key}::text as before
        from ${table} as record
       where case jsonb_typeof(record.custom_fields -> ${field.key}::text)
               when 'array' then (record.custom_fields -> ${field.key}::text) ?| ${[...replacements.keys()]}::text[]
               when 'string' then ${map}::jsonb ? (record.custom_fields ->> ${field.key}::text)
               else false end
         for update
    ), meant as (
      select id, before, case jsonb_typeof(before)
               when 'string' then nullif(${map}::jsonb -> (before #>> '{}'), 'null')
               else (select nullif(jsonb_agg(said.option order by said.place), '[]')
                       from (select option, min(place) as place
                               from (select case when ${map}::jsonb ? item.option then ${map}::jsonb ->> item.option
                                                 else item.option end as option, item.place
                                       from jsonb_array_elements_text(before) with ordinality as item (option, place)) as mapped
                              where option is not null group by option) as said) end as after
        from held
    ), changed as (
      update ${table} as record
         set custom_fields = case when meant.after is null then record.custom_fields - ${field.key}::text
                                  else jsonb_set(record.custom_fields, array[${field.key}::text], meant.after) end
        from meant where meant.id = record.id
      returning record.organization_id, record.id, record.name, record.brand_id, meant.before, meant.after
    ), told as (
      insert into activities (organization_id, type, description, metadata, actor_kind, actor_id, brand_id, ${sql.ref(column)})
      select organization_id, ${type}::activity_type, ${word} || ' ' || name || ' changed',
             jsonb_build_object('customFieldId', ${field.id}::text, 'changes', jsonb_build_object(
               ${`customFields.${field.key}`}::text, jsonb_build_object('from', before, 'to', coalesce(after, 'null')))),
             ${principal.kind}::principal_kind, ${principal.userId}::uuid, brand_id, id
        from changed
    )
    select count(*)::int as count from changed`.execute(tx);
  return rows[0]?.count ?? 0;
}
