import { startEmbedded } from '../../../db/embedded.ts';
import { migrate, type MigrateOptions, passwordsFrom } from '../../../db/migrate.ts';
import { seedRates } from '../../../db/seed/fx-rates.ts';
import { type Config } from '../../kernel/config.ts';
import { readRunFile } from './run-file.ts';
import { configWith, databaseSettings, sharedSettings, type DatabaseAddresses } from './settings.ts';

/** A product that a command works on: its settings with every address filled in, until it is left. */
export type JoinedProduct = { config: Config; leave(): Promise<void> };

/**
 * Gives a command the product of these settings: the outside database when one is set, else the running product's,
 * else the embedded database started, and migrated, for as long as the command takes. `onLog` hears what migrated.
 */
export async function joinProduct(config: Config, onLog: (message: string) => void): Promise<JoinedProduct> {
  if (config.database) return { config, leave: () => Promise.resolve() };
  const running = readRunFile(config.dataDirectory);
  if (running) {
    const addresses = {
      url: running.databaseUrl,
      jobsUrl: running.jobsDatabaseUrl,
      ownerUrl: running.ownerDatabaseUrl,
    };
    return { config: filledIn(config, addresses, running.sandboxUrl), leave: () => Promise.resolve() };
  }
  const embedded = await startEmbedded({
    dataDirectory: config.dataDirectory,
    // What the server says of a failed start is in the error.
    onLog: () => undefined,
  });
  try {
    await prepareDatabase(embedded.ownerUrl, { onLog });
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  const addresses = { url: embedded.appUrl, jobsUrl: embedded.jobsUrl, ownerUrl: embedded.ownerUrl };
  return { config: filledIn(config, addresses, null), leave: () => embedded.stop() };
}

/** Migrates an outside database with the owner's address. Returns the names of the migrations that ran. */
export function migrateOutside(
  ownerUrl: string,
  config: Config,
  onLog: (message: string) => void,
): Promise<string[]> {
  const passwords = passwordsFrom(config.database?.url ?? null, config.database?.jobsUrl ?? null);
  return prepareDatabase(ownerUrl, { passwords, onLog });
}

/** Migrates a database and gives it the exchange rates that the product ships with. As `migrate`. */
export async function prepareDatabase(ownerUrl: string, options: MigrateOptions): Promise<string[]> {
  const done = await migrate(ownerUrl, options);
  await seedRates(ownerUrl);
  return done;
}

function filledIn(config: Config, addresses: DatabaseAddresses, sandboxUrl: string | null): Config {
  return configWith({
    ...sharedSettings(config, sandboxUrl),
    ...databaseSettings(addresses, ['web', 'jobs', 'owner']),
  });
}
