import { loadConfig } from '../kernel/config.ts';
import { runCommand } from './launcher/command.ts';
import { launch, StopRequest } from './launcher/launch.ts';
import { watchWrapper } from './launcher/wrapper.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort(new StopRequest(signal)));
}
watchWrapper(() => stopping.abort(new StopRequest('npm ended')));

await runCommand(() => launch({ config: loadConfig(), isDev: process.argv.includes('--dev'), stopping }));
process.exit();
