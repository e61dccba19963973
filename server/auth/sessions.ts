import { sql } from 'kysely';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Database } from '../../db/client.ts';
import { withSystem } from '../../db/tenant.ts';
import type { MemberRole } from '../../db/types.ts';
import { randomToken, sha256Hex } from '../kernel/crypto.ts';
import { type Principal, toPrincipal } from './principal.ts';

/** One agency that a person may switch to. */
export interface MembershipChoice {
  organizationId: string;
  name: string;
  slug: string;
  role: MemberRole;
}

/** A signed-in person. `principal` is null for one without an active membership. */
export interface SignedIn {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
  memberships: MembershipChoice[];
  principal: Principal | null;
}

export interface SessionInfo {
  isCurrent: boolean;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  address: string | null;
}

const LIFETIME_DAYS = 14;

/** Sessions through Lucia. The cookie holds a random token; the database holds its SHA-256 and nothing else. */
export function createSessions(db: Database) {
  const lucia = new Lucia(new FunctionAdapter(db), { sessionExpiresIn: new TimeSpan(LIFETIME_DAYS, 'd') });
  return {
    /** Starts a session and answers the cookie's token, which is stored nowhere. */
    async start(
      userId: string,
      client: { userAgent: string | null; address: string | null },
    ): Promise<string> {
      const token = randomToken(32);
      await lucia.createSession(userId, client, { sessionId: sha256Hex(token) });
      return token;
    },
    /** Who is behind a cookie's token, or null. A session past half its life is extended. */
    async find(token: string): Promise<SignedIn | null> {
      return findSignedIn(db, lucia, sha256Hex(token));
    },
    end: (sessionId: string) => lucia.invalidateSession(sessionId),
    endAll: (userId: string) => lucia.invalidateUserSessions(userId),
    list: (sessionId: string) => listSessions(db, sessionId),
    /** Moves the session to another of the person's agencies; false where they are no member of it. */
    switchOrganization: (sessionId: string, organizationId: string) =>
      switchOrganization(db, sessionId, organizationId),
    /** The person's own zone (IANA), or null for their agency's; false where the session is over. */
    setTimeZone: (sessionId: string, timeZone: string | null) => setTimeZone(db, sessionId, timeZone),
    lifetimeSeconds: LIFETIME_DAYS * 24 * 60 * 60,
  };
}

export type Sessions = ReturnType<typeof createSessions>;

interface PrincipalRow {
  user_id: string;
  email: string;
  name: string;
  expires_at: Date;
  organization_id: string | null;
  role: MemberRole | null;
  brand_id: string | null;
  brand_ids: string[];
  memberships: MembershipChoice[];
}

async function findSignedIn(db: Database, lucia: Lucia, sessionId: string): Promise<SignedIn | null> {
  const row = await withSystem(db, async (tx) => {
    const found = await sql<PrincipalRow>`select * from app.session_principal(${sessionId})`.execute(tx);
    return found.rows[0];
  });
  if (!row) return null;
  const halfLife = (LIFETIME_DAYS / 2) * 24 * 60 * 60 * 1000;
  if (row.expires_at.getTime() - Date.now() < halfLife) await lucia.validateSession(sessionId);
  const principal =
    row.organization_id && row.role
      ? toPrincipal({
          kind: 'USER',
          organizationId: row.organization_id,
          userId: row.user_id,
          role: row.role,
          brandId: row.brand_id,
          brandIds: row.brand_ids,
        })
      : null;
  const { email, name, memberships } = row;
  return { sessionId, userId: row.user_id, email, name, memberships, principal };
}

async function listSessions(db: Database, sessionId: string): Promise<SessionInfo[]> {
  return withSystem(db, async (tx) => {
    const { rows } = await sql<{
      is_current: boolean;
      created_at: Date;
      last_seen_at: Date;
      user_agent: string | null;
      address: string | null;
    }>`select * from app.session_list(${sessionId})`.execute(tx);
    return rows.map((row) => ({
      isCurrent: row.is_current,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      userAgent: row.user_agent,
      address: row.address,
    }));
  });
}

async function setTimeZone(db: Database, sessionId: string, timeZone: string | null): Promise<boolean> {
  return withSystem(db, async (tx) => {
    const { rows } = await sql<{
      done: boolean;
    }>`select app.session_set_time_zone(${sessionId}, ${timeZone}) as done`.execute(tx);
    return rows[0]?.done ?? false;
  });
}

async function switchOrganization(db: Database, sessionId: string, organizationId: string): Promise<boolean> {
  return withSystem(db, async (tx) => {
    const { rows } = await sql<{ moved: boolean }>`
      select app.session_switch(${sessionId}, ${organizationId}::uuid) as moved`.execute(tx);
    return rows[0]?.moved ?? false;
  });
}

/** Lucia's storage over the definer functions, since no serving role may read the sessions table. */
class FunctionAdapter implements Adapter {
  constructor(private readonly db: Database) {}

  async getSessionAndUser(sessionId: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const { rows } = await withSystem(this.db, (tx) =>
      sql<{
        id: string;
        user_id: string;
        expires_at: Date;
      }>`select * from app.session_find(${sessionId})`.execute(tx),
    );
    const row = rows[0];
    if (!row) return [null, null];
    const session = { id: row.id, userId: row.user_id, expiresAt: row.expires_at, attributes: NO_ATTRIBUTES };
    return [session, { id: row.user_id, attributes: {} }];
  }

  getUserSessions(): Promise<DatabaseSession[]> {
    return Promise.reject(new Error('Sessions are listed through app.session_list.'));
  }

  async setSession(session: DatabaseSession): Promise<void> {
    const { userAgent, address } = session.attributes;
    await withSystem(this.db, (tx) =>
      sql`select app.session_create(${session.id}, ${session.userId}::uuid, ${session.expiresAt}, ${userAgent}, ${address})`.execute(
        tx,
      ),
    );
  }

  async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
    await withSystem(this.db, (tx) => sql`select app.session_extend(${sessionId}, ${expiresAt})`.execute(tx));
  }

  async deleteSession(sessionId: string): Promise<void> {
    await withSystem(this.db, (tx) => sql`select app.session_delete(${sessionId})`.execute(tx));
  }

  async deleteUserSessions(userId: string): Promise<void> {
    await withSystem(this.db, (tx) => sql`select app.session_delete_all(${userId}::uuid)`.execute(tx));
  }

  async deleteExpiredSessions(): Promise<void> {
    await withSystem(this.db, (tx) => sql`select app.session_delete_expired()`.execute(tx));
  }
}

const NO_ATTRIBUTES = { userAgent: null, address: null };

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    DatabaseSessionAttributes: { userAgent: string | null; address: string | null };
  }
}
