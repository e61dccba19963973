/**
 * The catalog's questions. Each takes the schemas as $1 and answers rows of `object` and `statement`, ordered so
 * that the same schema gives the same rows. What an extension brought along is left out.
 */

const NOT_OF_AN_EXTENSION = (catalog: string, oid: string) =>
  `not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.${catalog}'::pg_catalog.regclass
     and d.objid = ${oid} and d.deptype = 'e')`;

/** `grant … on … to …;` from an access list; the owner's own rights are understood. */
const grants = (list: string, owner: string, target: string) => `
  (select string_agg(format('grant %s on %s to %s;', privileges, ${target}, grantee), E'\\n' order by grantee)
     from (select coalesce(pg_catalog.pg_get_userbyid(nullif(a.grantee, 0)), 'public') as grantee,
                  string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as privileges
             from pg_catalog.aclexplode(${list}) a where a.grantee <> ${owner} group by a.grantee) granted)`;

const comment = (catalog: string, oid: string, column: string, target: string) => `
  (select format('comment on %s is %L;', ${target}, d.description) from pg_catalog.pg_description d
    where d.classoid = 'pg_catalog.${catalog}'::pg_catalog.regclass and d.objoid = ${oid} and d.objsubid = ${column})`;

const inSchemas = (namespace: string) =>
  `${namespace} in (select oid from pg_catalog.pg_namespace where nspname = any ($1::text[]))`;

const nonEmpty = (query: string) =>
  `select object, statement from (${query}) parts where statement is not null order by object collate "C", statement collate "C"`;

const schemas = nonEmpty(`
  select nspname as object, concat_ws(E'\\n', format('create schema %I;', nspname),
         ${comment('pg_namespace', 'n.oid', '0', `format('schema %I', nspname)`)},
         ${grants('nspacl', 'nspowner', `format('schema %I', nspname)`)}) as statement
    from pg_catalog.pg_namespace n where nspname = any ($1::text[])`);

const defaultPrivileges = nonEmpty(`
  select format('%s %s', coalesce(nspname, ''), defaclobjtype) as object,
         format('-- default privileges%s on %s: %s;', ' in schema ' || nspname,
           case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                when 'T' then 'types' else 'schemas' end,
           coalesce(${grants('defaclacl', 'defaclrole', `'them'`)}, 'none but the owner''s')) as statement
    from pg_catalog.pg_default_acl left join pg_catalog.pg_namespace n on n.oid = defaclnamespace
   where cardinality($1::text[]) > 0`);

const extensions = nonEmpty(`
  select extname as object, format('create extension %I schema %I;', extname, nspname) as statement
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
   where extname <> 'plpgsql' and cardinality($1::text[]) > 0`);

const enums = nonEmpty(`
  select format('%s', t.oid::pg_catalog.regtype) as object, concat_ws(E'\\n',
         format(E'create type %s as enum (\\n  %s\\n);', t.oid::pg_catalog.regtype,
           (select string_agg(quote_literal(enumlabel), E',\\n  ' order by enumsortorder)
              from pg_catalog.pg_enum where enumtypid = t.oid)),
         ${comment('pg_type', 't.oid', '0', `format('type %s', t.oid::pg_catalog.regtype)`)}) as statement
    from pg_catalog.pg_type t
   where t.typtype = 'e' and ${inSchemas('t.typnamespace')} and ${NOT_OF_AN_EXTENSION('pg_type', 't.oid')}`);

const domains = nonEmpty(`
  select format('%s', t.oid::pg_catalog.regtype) as object, concat_ws(E'\\n',
         format('create domain %s as %s%s%s;', t.oid::pg_catalog.regtype,
           pg_catalog.format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then ' not null' end,
           (select string_agg(' ' || pg_catalog.pg_get_constraintdef(c.oid), '' order by c.conname)
              from pg_catalog.pg_constraint c where c.contypid = t.oid)),
         ${comment('pg_type', 't.oid', '0', `format('domain %s', t.oid::pg_catalog.regtype)`)}) as statement
    from pg_catalog.pg_type t
   where t.typtype = 'd' and ${inSchemas('t.typnamespace')} and ${NOT_OF_AN_EXTENSION('pg_type', 't.oid')}`);

const routine = `format('%s %s', case p.prokind when 'p' then 'procedure' else 'function' end, p.oid::pg_catalog.regprocedure)`;

const functions = nonEmpty(`
  select format('%s', p.oid::pg_catalog.regprocedure) as object, concat_ws(E'\\n',
         pg_catalog.pg_get_functiondef(p.oid) || ';',
         ${comment('pg_proc', 'p.oid', '0', routine)},
         -- An empty access list means that everybody may call it.
         coalesce(${grants('p.proacl', 'p.proowner', routine)},
           case when p.proacl is null then format('grant execute on %s to public;', ${routine}) end), '') as statement
    from pg_catalog.pg_proc p
   where p.prokind in ('f', 'p') and ${inSchemas('p.pronamespace')} and ${NOT_OF_AN_EXTENSION('pg_proc', 'p.oid')}`);

const relation = `c.oid::pg_catalog.regclass`;
const ofRelations = (kinds: string) =>
  `pg_catalog.pg_class c where c.relkind in (${kinds}) and ${inSchemas('c.relnamespace')}
     and ${NOT_OF_AN_EXTENSION('pg_class', 'c.oid')}`;

const sequences = nonEmpty(`
  select format('%s', ${relation}) as object, concat_ws(E'\\n', format('create sequence %s;', ${relation}),
         ${grants('c.relacl', 'c.relowner', `format('sequence %s', ${relation})`)}) as statement
    from ${ofRelations(`'S'`)}`);

/** A column's line: name, type, collation, default or generation, not null. */
const columns = `
  select string_agg('  ' || concat_ws(' ', quote_ident(a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod),
           case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::pg_catalog.regcollation end,
           case when a.attidentity = 'a' then 'generated always as identity'
                when a.attidentity = 'd' then 'generated by default as identity'
                when a.attgenerated = 's' then format('generated always as (%s) stored', pg_catalog.pg_get_expr(d.adbin, d.adrelid))
                when d.adbin is not null then 'default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
           case when a.attnotnull then 'not null' end), E',\\n' order by a.attnum)
    from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

const tables = nonEmpty(`
  select format('%s', ${relation}) as object,
         format(E'create %stable %s (\\n%s\\n)%s;', case c.relpersistence when 'u' then 'unlogged ' end, ${relation},
           (${columns}), case when c.relkind = 'p' then ' partition by ' || pg_catalog.pg_get_partkeydef(c.oid) end) as statement
    from ${ofRelations(`'r', 'p'`)}`);

const views = nonEmpty(`
  select format('%s', ${relation}) as object,
         format(E'create %sview %s%s as\\n%s', case c.relkind when 'm' then 'materialized ' end, ${relation},
           ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_catalog.pg_get_viewdef(c.oid)) as statement
    from ${ofRelations(`'v', 'm'`)}`);

const constraints = nonEmpty(`
  select format('%s', k.conrelid::pg_catalog.regclass) as object,
         format('alter table %s add constraint %I %s;', k.conrelid::pg_catalog.regclass, k.conname,
           pg_catalog.pg_get_constraintdef(k.oid)) as statement
    from pg_catalog.pg_constraint k
   where k.conrelid <> 0 and k.contype <> 'n' and k.contype <> 't' and ${inSchemas('k.connamespace')}`);

const indexes = nonEmpty(`
  select format('%s', i.indrelid::pg_catalog.regclass) as object, pg_catalog.pg_get_indexdef(i.indexrelid) || ';' as statement
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
   where ${inSchemas('c.relnamespace')}
     and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))`);

const rowSecurity = nonEmpty(`
  select format('%s', ${relation}) as object, concat_ws(E'\\n',
         case when c.relrowsecurity then format('alter table %s enable row level security;', ${relation}) end,
         case when c.relforcerowsecurity then format('alter table %s force row level security;', ${relation}) end) as statement
    from ${ofRelations(`'r', 'p'`)} and c.relrowsecurity`);

const policies = nonEmpty(`
  select format('%s', p.polrelid::pg_catalog.regclass) as object, concat_ws(E'\\n',
         format('create policy %I on %s as %s for %s to %s%s%s;', p.polname, p.polrelid::pg_catalog.regclass,
           case when p.polpermissive then 'permissive' else 'restrictive' end,
           case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
           (select string_agg(coalesce(pg_catalog.pg_get_userbyid(nullif(role, 0)), 'public'), ', '
                     order by coalesce(pg_catalog.pg_get_userbyid(nullif(role, 0)), 'public')) from unnest(p.polroles) role),
           E'\\n  using (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
           E'\\n  with check (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
         ${comment('pg_policy', 'p.oid', '0', `format('policy %I on %s', p.polname, p.polrelid::pg_catalog.regclass)`)}) as statement
    from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid where ${inSchemas('c.relnamespace')}`);

const triggers = nonEmpty(`
  select format('%s', g.tgrelid::pg_catalog.regclass) as object, concat_ws(E'\\n', pg_catalog.pg_get_triggerdef(g.oid) || ';',
         case g.tgenabled when 'D' then '-- disabled' when 'R' then '-- on a replica' when 'A' then '-- always' end) as statement
    from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid
   where not g.tgisinternal and ${inSchemas('c.relnamespace')}`);

const relationGrants = nonEmpty(`
  select format('%s', ${relation}) as object, ${grants('c.relacl', 'c.relowner', `${relation}::text`)} as statement
    from ${ofRelations(`'r', 'p', 'v', 'm'`)}`);

const columnGrants = nonEmpty(`
  select format('%s', a.attrelid::pg_catalog.regclass) as object,
         ${grants('a.attacl', 'c.relowner', `format('%s (%I)', a.attrelid::pg_catalog.regclass, a.attname)`)} as statement
    from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
   where a.attacl is not null and not a.attisdropped and ${inSchemas('c.relnamespace')}`);

const relationComments = nonEmpty(`
  select format('%s', ${relation}) as object,
         ${comment('pg_class', 'c.oid', '0', `format('%s %s', case c.relkind when 'v' then 'view' else 'table' end, ${relation})`)} as statement
    from ${ofRelations(`'r', 'p', 'v', 'm'`)}`);

const columnComments = nonEmpty(`
  select format('%s', a.attrelid::pg_catalog.regclass) as object,
         ${comment('pg_class', 'a.attrelid', 'a.attnum', `format('column %s.%I', a.attrelid::pg_catalog.regclass, a.attname)`)} as statement
    from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm') and ${inSchemas('c.relnamespace')}`);

/** What stands on its own, in the order of the dump. */
export const STANDALONE_SECTIONS: readonly (readonly [string, string])[] = [
  ['Schemas', schemas],
  ['Default privileges', defaultPrivileges],
  ['Extensions', extensions],
  ['Enums', enums],
  ['Domains', domains],
  ['Sequences', sequences],
  ['Functions', functions],
];

/** What belongs to a table or view, in the order in which it stands beneath it. */
export const RELATION_PARTS: readonly string[] = [
  tables,
  views,
  constraints,
  indexes,
  rowSecurity,
  policies,
  triggers,
  relationGrants,
  columnGrants,
  relationComments,
  columnComments,
];
