import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { withSystem } from '../../db/tenant.ts';
import { type Principal, toPrincipal } from '../../server/auth/principal.ts';
import { createSessions } from '../../server/auth/sessions.ts';
import { provisionApiKey } from '../../server/domain/organizations/provision.ts';
import { AGENCY, MEMBER, OWNER, seed } from './seed.ts';
import { LONG_CAMPAIGN } from './seed-figures.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The database that is measured, and who and what is asked for in it. */
export interface Dataset {
  appUrl: string;
  jobsUrl: string;
  ownerUrl: string;
  owner: Principal;
  member: Principal;
  apiKey: string;
  sessionToken: string;
  campaigns: { year: string; long: string };
  /** One with a long timeline. */
  companyId: string;
  /** The agency's own rows and all rows, by table. */
  sizes: Record<string, { own: number; all: number }>;
  version: string;
  close(): Promise<void>;
}

/** Starts the bench's PostgreSQL and fills it where it is new or was filled by other statements than today's. */
export async function openDataset(
  directory: string,
  scale: number,
  say: (line: string) => void,
): Promise<Dataset> {
  const dataDirectory = path.resolve(ROOT, directory, `scale-${scale}`);
  mkdirSync(dataDirectory, { recursive: true });
  const embedded = await startEmbedded({ dataDirectory, onLog: () => undefined });
  const marker = path.join(dataDirectory, 'seeded');
  const fingerprint = fingerprintOf(['migrations', 'tests/bench/seed.ts', 'tests/bench/seed-figures.ts']);
  try {
    const isFilled = !embedded.isNew && existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint;
    if (!isFilled) {
      say(`Filling the database at scale ${scale} …`);
      await embedded.recreate();
      await migrate(embedded.ownerUrl);
      await seed(embedded.ownerUrl, scale);
      writeFileSync(marker, fingerprint);
    }
    return { ...embedded, ...(await describe(embedded.ownerUrl)), close: () => embedded.stop() };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** A change of the schema or of the seed makes the kept database another one. */
function fingerprintOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const place = path.join(ROOT, source);
    const files = source.endsWith('.ts')
      ? [place]
      : readdirSync(place)
          .sort()
          .map((name) => path.join(place, name));
    for (const file of files) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function describe(ownerUrl: string) {
  const db = openDatabase({ url: ownerUrl, name: 'bench', maxConnections: 1 });
  try {
    const owner = await principalOf(db, OWNER);
    const { organizationId, userId } = owner;
    const key = { name: 'bench', role: 'OWNER' as const, brandId: null };
    return {
      owner,
      member: await principalOf(db, MEMBER),
      apiKey: await provisionApiKey(db, organizationId, key),
      sessionToken: await createSessions(db).start(userId ?? '', { userAgent: 'bench', address: null }),
      campaigns: {
        year: await campaignOf(db, organizationId, 'Campaign 1'),
        long: await campaignOf(db, organizationId, LONG_CAMPAIGN),
      },
      companyId: await scalar<string>(
        db,
        sql`select company_id as value from activities where organization_id = ${organizationId}::uuid
             group by company_id order by count(*) desc limit 1`,
      ),
      sizes: await sizesOf(db, organizationId),
      version: await scalar<string>(db, sql`select current_setting('server_version') as value`),
    };
  } finally {
    await db.close();
  }
}

async function principalOf(db: Database, email: string): Promise<Principal> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{ organizationId: string; userId: string; role: 'OWNER' | 'MEMBER'; brandIds: string[] }>`
      select m.organization_id as "organizationId", m.user_id as "userId", m.role,
             array(select b.brand_id from brand_assignments b
                    where b.organization_id = m.organization_id and b.user_id = m.user_id) as "brandIds"
        from memberships m
        join users u on u.id = m.user_id
        join organizations o on o.id = m.organization_id and o.slug = ${AGENCY}
       where u.email = ${email}`.execute(tx),
  );
  const [row] = rows;
  if (!row) throw new Error(`The seeded database has no ${email}.`);
  return toPrincipal({ kind: 'USER', brandId: null, ...row });
}

function campaignOf(db: Database, organizationId: string, name: string): Promise<string> {
  return scalar<string>(
    db,
    sql`select id as value from campaigns where organization_id = ${organizationId}::uuid and name = ${name}`,
  );
}

async function sizesOf(db: Database, organizationId: string): Promise<Dataset['sizes']> {
  const sizes: Dataset['sizes'] = {};
  for (const table of ['companies', 'contacts', 'deals', 'campaign_metrics'] as const) {
    const { rows } = await withSystem(db, (tx) =>
      sql<{ own: number; all: number }>`
        select count(*) filter (where organization_id = ${organizationId}::uuid) as own, count(*) as all
          from ${sql.table(table)}`.execute(tx),
    );
    if (rows[0]) sizes[table] = rows[0];
  }
  return sizes;
}

async function scalar<T>(db: Database, query: ReturnType<typeof sql<{ value: T }>>): Promise<T> {
  const { rows } = await withSystem(db, (tx) => query.execute(tx));
  const [row] = rows as { value: T }[];
  if (!row) throw new Error('The seeded database lacks what the bench asks for.');
  return row.value;
}
