import { assertServingRole, UnsafeRoleError } from '../db/guard.ts';
import { ConfigError, loadConfig } from '../server/kernel/config.ts';
import { SealError } from '../server/kernel/crypto.ts';
import { createLogger } from '../server/kernel/log.ts';
import { startJobs } from './runner.ts';
import { createJobServices } from './services.ts';

/** A stop that takes longer than this is cut: leases and fences make that safe. */
const STOP_WITHIN_MS = 10_000;

/** The jobs process: syncs, imports, rates and the clock. Any number may run, on any number of machines. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ name: 'jobs', level: config.logLevel });
  const services = createJobServices(config, log);
  await assertServingRole(services.jobsDb);
  const jobs = await startJobs(services);
  log.info('jobs are up');
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'jobs are stopping');
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    await jobs.stop();
    await services.jobsDb.close();
    log.info('jobs have stopped');
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  await jobs.ended;
  if (!isStopping) throw new Error('The job queue ended on its own.');
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof ConfigError || error instanceof UnsafeRoleError || error instanceof SealError;
  const log = createLogger({ name: 'jobs', level: 'error' });
  if (isExpected) log.fatal(error.message);
  else log.fatal({ err: error }, 'jobs ended');
  process.exit(1);
});
