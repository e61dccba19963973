import type pg from 'pg';

/** One question to the catalog: its rows are what is wrong, each named by `name`. */
export interface GateCheck {
  rule: string;
  sql: string;
  /** What may stand all the same, by name, with the reason. An entry that no longer stands fails too. */
  allowed?: Readonly<Record<string, string>>;
}

/** What a check found and no reason covers; and reasons that cover nothing any more. */
export async function runCheck(client: pg.ClientBase, check: GateCheck): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(check.sql);
  const allowed = Object.keys(check.allowed ?? {});
  const found = rows.map(({ name }) => name);
  return [
    ...found.filter((name) => !allowed.includes(name)),
    ...allowed.filter((name) => !found.includes(name)).map((name) => `stale exception: ${name}`),
  ];
}

const SERVING = `('spokestack_app', 'spokestack_jobs')`;
/** Schemas of ours. The job queue's own tables hold ids alone; one check of their own says who reaches them. */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'graphile_worker')`;

const REACHED = `exists (select from pg_roles r where r.rolname in ${SERVING} and (
  has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate')
  or (c.relkind <> 'S' and has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))))`;

const TENANT = `exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)`;

const OF_EXTENSION = `exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

/** What the tenant policy reads as, however the catalog writes it. */
const TENANT_PREDICATE = `(organization_id = ( SELECT app.organization_id() AS organization_id))`;

const TABLES: readonly GateCheck[] = [
  {
    rule: 'a table that a serving role reaches has row-level security enabled and forced, and a policy',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and c.relkind in ('r', 'p') and ${REACHED}
             and not (c.relrowsecurity and c.relforcerowsecurity
                      and exists (select from pg_policy p where p.polrelid = c.oid))`,
  },
  {
    rule: 'a table that no serving role reaches is closed to them by row-level security as well',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and c.relkind in ('r', 'p') and not ${REACHED}
             and not (c.relrowsecurity and c.relforcerowsecurity)`,
    allowed: {
      kysely_migration: 'the migrator makes it and holds names of migrations alone',
      kysely_migration_lock: 'the migrator makes it and holds one flag',
    },
  },
  {
    rule: 'a tenant table names its agency in every row',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
           where ${OURS} and c.relkind in ('r', 'p') and not a.attnotnull`,
    allowed: { sessions: 'somebody who belongs to no agency can sign in; no serving role reads the table' },
  },
  {
    rule: 'a serving role reaches no materialized view, foreign table, partition or heir of a table',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and ${REACHED}
             and (c.relkind in ('m', 'f') or c.relispartition
                  or exists (select from pg_inherits i where i.inhrelid = c.oid))`,
  },
  {
    rule: 'a view asks as the one who asks it',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and c.relkind = 'v'
             and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)`,
  },
];

const POLICIES: readonly GateCheck[] = [
  {
    rule: 'a policy says what is seen and what may be written, and never simply yes',
    sql: `select tablename || '.' || policyname as name from pg_policies
           where schemaname = 'public'
             and ((cmd <> 'INSERT' and qual is null) or (cmd not in ('SELECT', 'DELETE') and with_check is null)
                  or qual in ('true', '(true)') or with_check in ('true', '(true)'))`,
  },
  {
    rule: 'a tenant table that is reached has the one policy of its agency, for both roles and all verbs',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and c.relkind in ('r', 'p') and ${TENANT} and ${REACHED}
             and not exists (select from pg_policies p
                              where p.schemaname = n.nspname and p.tablename = c.relname and p.permissive = 'PERMISSIVE'
                                and p.cmd = 'ALL' and p.roles @> array['spokestack_app', 'spokestack_jobs']::name[]
                                and p.qual = '${TENANT_PREDICATE}' and p.with_check = '${TENANT_PREDICATE}')`,
  },
  {
    rule: 'no second permissive policy widens a tenant table',
    sql: `select p.tablename || '.' || p.policyname as name from pg_policies p
            join pg_class c on c.oid = format('%I.%I', p.schemaname, p.tablename)::regclass
           where p.schemaname = 'public' and ${TENANT} and p.permissive = 'PERMISSIVE' and p.policyname <> 'tenant'`,
  },
  {
    rule: 'a policy and a function with its owner’s rights say in a comment what they are for',
    sql: `select c.relname || '.' || p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid
           where c.relnamespace = 'public'::regnamespace and obj_description(p.oid, 'pg_policy') is null
          union all
          select p.oid::regprocedure::text from pg_proc p
           where p.prosecdef and not ${OF_EXTENSION} and p.pronamespace <> 'graphile_worker'::regnamespace
             and obj_description(p.oid, 'pg_proc') is null`,
  },
];

const FUNCTIONS: readonly GateCheck[] = [
  {
    rule: 'a function with its owner’s rights looks names up where nobody else can put one',
    sql: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where p.prosecdef and ${OURS} and not ${OF_EXTENSION}
             and not coalesce(p.proconfig && array['search_path=pg_catalog, pg_temp'], false)`,
  },
  {
    rule: 'PUBLIC may call no function of ours',
    sql: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and not ${OF_EXTENSION}
             and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                          where a.grantee = 0 and a.privilege_type = 'EXECUTE')`,
  },
  {
    rule: 'no function of ours claims to be leakproof',
    sql: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where ${OURS} and p.proleakproof and not ${OF_EXTENSION}`,
  },
];

const KEYS: readonly GateCheck[] = [
  {
    rule: 'a foreign key between tenant tables carries the agency',
    sql: `select f.conname::text as name from pg_constraint f join pg_class c on c.oid = f.conrelid
           where f.contype = 'f' and ${TENANT}
             and exists (select from pg_attribute a where a.attrelid = f.confrelid and a.attname = 'organization_id')
             and not exists (select from unnest(f.conkey) k join pg_attribute a on a.attrelid = c.oid and a.attnum = k
                              where a.attname = 'organization_id')`,
    allowed: {
      organizations_parent_id_fkey:
        'an agency’s parent is the platform; a brand’s is its own agency, by a check',
      oauth_states_session_id_fkey:
        'a session is a person’s; both tables are reached through functions alone',
    },
  },
  {
    rule: 'a unique key of a tenant table begins with the agency, so that it tells nothing of others',
    sql: `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and i.indisunique and ${TENANT}
             and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0]
                              and a.attname = 'organization_id')`,
    allowed: {
      organizations_id_key: 'what every agency’s id refers to; ids are random',
      organizations_agency_slug:
        'an agency is found by it before anybody is signed in; the owner alone makes one',
      api_keys_key_hash_key: 'a key is found by its hash alone; no serving role may write the table',
      sessions_pkey: 'a session is found by its hash; reached through functions alone',
      oauth_states_pkey: 'a state is found by its hash; reached through functions alone',
    },
  },
  {
    rule: 'the columns of a foreign key lead an index',
    sql: `select f.conname::text as name from pg_constraint f join pg_namespace n on n.oid = f.connamespace
           where ${OURS} and f.contype = 'f'
             and not exists (
               select from pg_index i
                where i.indrelid = f.conrelid and i.indisvalid
                  and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
                  and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k)
                    = (select array_agg(k order by k) from unnest(f.conkey) k))`,
  },
];

const GRANTS: readonly GateCheck[] = [
  {
    rule: 'nobody but the owner may truncate, hang triggers on or refer to a table',
    sql: `select distinct c.oid::regclass::text || ' ' || a.privilege_type || ' ' || coalesce(r.rolname, 'PUBLIC') as name
            from pg_class c cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
            join pg_namespace n on n.oid = c.relnamespace
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and a.grantee <> c.relowner
             and (a.grantee = 0 or a.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES') or a.is_grantable)`,
  },
  {
    rule: 'nobody but the owner may create in a schema or the database',
    sql: `select coalesce(r.rolname, 'PUBLIC') || ' in ' || n.nspname as name
            from pg_namespace n cross join aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and a.privilege_type = 'CREATE'
             and coalesce(r.rolname, 'PUBLIC') not in ('spokestack_owner', 'pg_database_owner')
             and a.grantee <> n.nspowner
          union all
          select coalesce(r.rolname, 'PUBLIC') || ' in the database'
            from pg_database d cross join aclexplode(d.datacl) a left join pg_roles r on r.oid = a.grantee
           where d.datname = current_database() and a.grantee <> d.datdba
             and (a.privilege_type = 'CREATE' or a.grantee = 0)`,
  },
  {
    rule: 'a serving role reads no sequence: its numbers tell how much others do',
    sql: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${OURS} and c.relkind = 'S' and exists (
             select from pg_roles r where r.rolname in ${SERVING} and has_sequence_privilege(r.oid, c.oid, 'select, usage'))`,
  },
  {
    rule: 'what is made tomorrow is granted to nobody by default',
    sql: `select d.defaclobjtype::text || ' to ' || coalesce(r.rolname, 'PUBLIC') as name
            from pg_default_acl d cross join aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee
           where a.grantee <> d.defaclrole`,
  },
  {
    rule: 'the web’s role reaches nothing of the job queue',
    sql: `select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace
             and c.relkind in ('r', 'v', 'p', 'm') and has_table_privilege('spokestack_app', c.oid, 'select, insert, update, delete')
          union all
          select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'graphile_worker'::regnamespace
             and has_schema_privilege('spokestack_app', 'graphile_worker', 'usage')`,
  },
];

const ROLES: readonly GateCheck[] = [
  {
    rule: 'no role that can sign in bypasses the policies, but the owner and the server’s own superuser',
    sql: `select rolname::text as name from pg_roles where rolcanlogin and (rolsuper or rolbypassrls)
             and rolname <> 'spokestack_owner' and oid <> 10`,
  },
  {
    rule: 'a serving role owns nothing, is a member of no role, and has no right over roles or databases',
    sql: `select rolname::text as name from pg_roles r where rolname in ${SERVING}
             and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                  or exists (select from pg_auth_members m where m.member = r.oid)
                  or exists (select from pg_class c where c.relowner = r.oid)
                  or exists (select from pg_proc p where p.proowner = r.oid)
                  or exists (select from pg_namespace n where n.nspowner = r.oid)
                  or exists (select from pg_database d where d.datdba = r.oid))`,
  },
];

export const GATE: readonly GateCheck[] = [
  ...TABLES,
  ...POLICIES,
  ...FUNCTIONS,
  ...KEYS,
  ...GRANTS,
  ...ROLES,
];
