import path from 'node:path';
import { startSandbox, type SandboxServer } from '../../sandbox/server.ts';
import { type Config, ConfigError, loadConfig } from '../kernel/config.ts';
import { createLogger } from '../kernel/log.ts';

function explain(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Free it, or set SANDBOX_PORT to another port.`;
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Set SANDBOX_PORT to another port.`;
  return `The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`;
}

async function stop(server: SandboxServer): Promise<void> {
  await server.close();
  process.exit(0);
}

/** Serves the platforms' stand-ins on the loopback until SIGINT or SIGTERM: anyone who reaches them may break them. */
async function main(config: Config): Promise<void> {
  const { port } = config.sandbox;
  const log = createLogger({ name: 'sandbox', level: config.logLevel });
  try {
    const server = await startSandbox({
      port,
      host: '127.0.0.1',
      // The product keeps Phyllo's ids over a restart: what they stand for goes with its data.
      phylloFile: path.join(config.dataDirectory, 'sandbox-phyllo.json'),
      onFailure: (error) => {
        log.error({ err: error }, 'the stand-in for Phyllo failed');
      },
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server));
    log.info({ url: server.url }, 'listening');
  } catch (error) {
    console.error(explain(error, port));
    process.exit(1);
  }
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

await main(readConfig());
