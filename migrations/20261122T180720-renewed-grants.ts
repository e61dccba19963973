import { type Kysely, sql } from 'kysely';

/** A grant that is renewed by itself has no end, whatever its present access token says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table oauth_connections
    add column is_renewed boolean not null generated always as (refresh_token is not null) stored`.execute(
    db,
  );
  await sql`comment on column oauth_connections.is_renewed is 'It holds a refresh token: expires_at is then when the present access token ends, which nobody has to care about.'`.execute(
    db,
  );
  await sql`grant select (is_renewed) on oauth_connections to spokestack_app`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
