import { loadConfig } from '../../kernel/config.ts';
import { removeRunFileOf } from './run-file.ts';

/**
 * Loaded into every process that the launcher starts: when the launcher is gone, the process takes its run.json
 * away, which would tell of a product that no longer runs, and ends in order, at the latest after 15 s.
 */
const launcher = process.ppid;

process.once('disconnect', () => {
  removeRunFileOf(loadConfig().dataDirectory, launcher);
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 15_000).unref();
});
// The channel is there to be missed, not to keep the process from ending.
process.channel?.unref();
