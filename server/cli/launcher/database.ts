import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded, type EmbeddedDatabase } from '../../../db/embedded.ts';
import { listMigrations } from '../../../db/migrate.ts';
import { type Config } from '../../kernel/config.ts';
import { type Logger } from '../../kernel/log.ts';
import { CommandError } from './command.ts';
import { migrateOutside, prepareDatabase } from './product.ts';
import { type DatabaseAddresses } from './settings.ts';

export const DEMO_OWNER = 'owner@demo.test';

/** Starts the embedded database of this data folder; its own log goes to the debug level, its failures higher. */
export function startDatabase(config: Config, logger: Logger): Promise<EmbeddedDatabase> {
  const postgres = logger.child({ child: 'postgres' });
  return startEmbedded({
    dataDirectory: config.dataDirectory,
    onLog: (line) => (/ (FATAL|PANIC): /.test(line) ? postgres.error(line) : postgres.debug(line)),
  });
}

export function addressesOf(embedded: EmbeddedDatabase): DatabaseAddresses {
  return { url: embedded.appUrl, jobsUrl: embedded.jobsUrl, ownerUrl: embedded.ownerUrl };
}

/**
 * Migrates the embedded database. Says whether it is to be filled with the demo: when it holds no agency.
 * A demo that a killed start left half done goes with its database; nobody has worked in it, since the product
 * was never ready.
 */
export async function prepareEmbedded(
  embedded: EmbeddedDatabase,
  config: Config,
  logger: Logger,
): Promise<boolean> {
  if (existsSync(demoMark(config))) {
    logger.warn('the demo was left half done: beginning anew');
    await embedded.recreate();
  }
  await prepareDatabase(embedded.ownerUrl, { onLog: (message) => logger.info(message) });
  const isEmpty = await holds(
    embedded.ownerUrl,
    `not exists (select from organizations where type = 'AGENCY')`,
  );
  if (isEmpty) writeFileSync(demoMark(config), '');
  return isEmpty;
}

/** The demo is complete: the next start keeps it. */
export function keepDemo(config: Config): void {
  rmSync(demoMark(config), { force: true });
}

export function holdsDemo(ownerUrl: string): Promise<boolean> {
  return holds(ownerUrl, `exists (select from users where email = '${DEMO_OWNER}')`);
}

/**
 * Migrates an outside database. Without its owner's address it must have been migrated before: throws
 * CommandError that says how when it was not.
 */
export async function prepareOutside(
  addresses: DatabaseAddresses,
  config: Config,
  logger: Logger,
): Promise<void> {
  if (addresses.ownerUrl !== null) {
    await migrateOutside(addresses.ownerUrl, config, (message) => logger.info(message));
    return;
  }
  const newest = (await listMigrations()).at(-1) ?? '';
  const list = 'app.migrations_applied()';
  const isMigrated =
    (await holds(addresses.url, `to_regnamespace('app') is not null`)) &&
    (await holds(addresses.url, `to_regprocedure('${list}') is not null`)) &&
    (await holds(addresses.url, `'${newest}' = any (${list})`));
  if (isMigrated) return;
  throw new CommandError(
    'The database is not migrated to this version: set DATABASE_OWNER_URL, or run npm run migrate with it.',
  );
}

function demoMark(config: Config): string {
  return path.join(config.dataDirectory, 'demo-incomplete');
}

async function holds(url: string, condition: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'spokestack-launcher' });
  await client.connect();
  try {
    const { rows } = await client.query<{ holds: boolean }>(`select ${condition} as holds`);
    return rows[0]?.holds === true;
  } finally {
    await client.end();
  }
}
