import { sql } from 'kysely';
import type { Database } from './client.ts';
import { withSystem } from './tenant.ts';

/** The role of this connection could read past the policies. */
export class UnsafeRoleError extends Error {
  override readonly name = 'UnsafeRoleError';
}

/**
 * A serving process starts with a role that the policies hold: no superuser, no BYPASSRLS, owner of nothing and member
 * of no owner. Throws UnsafeRoleError that says which of these failed.
 */
export async function assertServingRole(db: Database): Promise<void> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ name: string; superuser: boolean; bypass: boolean; owns: boolean; inherits: boolean }>`
      select current_user::text as name, r.rolsuper as superuser, r.rolbypassrls as bypass,
             exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                      -- The temporary tables of a session are its own: the jobs stage figures in them.
                      where c.relowner = r.oid and n.nspname !~ '^pg_(toast_)?temp_') as owns,
             exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                      where n.nspname in ('public', 'app') and c.relowner <> r.oid
                        and pg_has_role(r.oid, c.relowner, 'member')) as inherits
        from pg_roles r where r.rolname = current_user`.execute(tx),
  );
  const role = rows[0];
  const fault =
    (role?.superuser && 'is a superuser') ||
    (role?.bypass && 'has BYPASSRLS') ||
    (role?.owns && 'owns tables') ||
    (role?.inherits && 'is a member of the tables’ owner');
  if (!role || fault) {
    throw new UnsafeRoleError(
      `The database role ${role?.name ?? '?'} ${fault || 'is unknown'}, so row-level security would not hold it. ` +
        'Connect as spokestack_app or spokestack_jobs.',
    );
  }
}
