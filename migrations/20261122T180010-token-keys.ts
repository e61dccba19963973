import { type Kysely, sql } from 'kysely';

/** Keys of each agency's tokens, wrapped by the installation's, and links by which a client connects again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table data_keys (
      organization_id uuid not null references organizations (id) on delete cascade,
      version integer not null check (version > 0),
      key_id text not null check (key_id ~ '^[0-9a-f]{8}$'),
      wrapped_key bytea not null check (octet_length(wrapped_key) >= 33 and get_byte(wrapped_key, 0) = 1),
      created_at timestamptz not null default now(),
      wrapped_at timestamptz not null default now(),
      primary key (organization_id, version)
    )`.execute(db);
  await sql`comment on table data_keys is 'An agency''s own keys for its tokens, AES-256, each wrapped by the key of TOKEN_ENCRYPTION_KEYS that key_id names. The newest version seals; all of them open.'`.execute(
    db,
  );
  await sql`call app.protect('data_keys', null, 'select, insert')`.execute(db);
  await sql`create index data_keys_key on data_keys (key_id)`.execute(db);

  await sql`
    create table reconnect_links (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      connection_id uuid not null,
      token_hash text not null check (length(token_hash) = 64),
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      primary key (organization_id, id),
      unique (organization_id, token_hash),
      foreign key (organization_id, connection_id) references oauth_connections (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table reconnect_links is 'Links by which somebody without an account here gives a connection its access back. The link''s secret is stored as its SHA-256.'`.execute(
    db,
  );
  await sql`create index reconnect_links_connection on reconnect_links (organization_id, connection_id)`.execute(
    db,
  );
  await sql`create index reconnect_links_token on reconnect_links (token_hash)`.execute(db);
  await sql`create index reconnect_links_created_by on reconnect_links (created_by_id)`.execute(db);
  await sql`call app.protect('reconnect_links',
    $$(select app.sees_all()) or connection_id = any (array(select c.id from oauth_connections c))$$,
    'select, insert, update, delete')`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
