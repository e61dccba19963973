import { type Database, openDatabase } from '../../../db/client.ts';
import { type Config, loadConfig, requireDatabaseUrl } from '../../kernel/config.ts';
import { createLogger, type Logger } from '../../kernel/log.ts';
import { joinProduct } from '../launcher/product.ts';

/** What an admin command works with. Each database is connected to when it is first asked. */
export interface Admin {
  config: Config;
  /** Writes to standard error: standard output is the command's answer alone. */
  log: Logger;
  /** As the owner, whom no policy filters. Errors: ConfigError without DATABASE_OWNER_URL. */
  readonly ownerDb: Database;
  /** As the jobs' role, under the policies, and able to COPY. Errors: ConfigError without DATABASE_JOBS_URL. */
  readonly jobsDb: Database;
  close(): Promise<void>;
}

/**
 * Joins the running product, or starts its embedded database for as long as the command takes, or takes the database
 * that the settings name.
 */
export async function openAdmin(): Promise<Admin> {
  const destination = { write: (line: string) => void process.stderr.write(line) };
  const before = loadConfig();
  const log = createLogger({ name: 'admin', level: before.logLevel, destination });
  const product = await joinProduct(before, (message) => log.info(message));
  const { config } = product;
  const open: Database[] = [];
  const opened = (url: string, pipeline: boolean) => {
    const database = openDatabase({ url, name: 'admin', maxConnections: 4, pipeline });
    open.push(database);
    return database;
  };
  let ownerDb: Database | undefined;
  let jobsDb: Database | undefined;
  return {
    config,
    log,
    get ownerDb() {
      return (ownerDb ??= opened(requireDatabaseUrl(config, 'owner'), true));
    },
    get jobsDb() {
      return (jobsDb ??= opened(requireDatabaseUrl(config, 'jobs'), false));
    },
    close: async () => {
      await Promise.allSettled(open.map((database) => database.close()));
      await product.leave();
    },
  };
}
