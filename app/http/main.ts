import { createServer, type Server } from 'node:http';
import { assertServingRole, UnsafeRoleError } from '../../db/guard.ts';
import { createServices } from '../../server/api/services.ts';
import { ConfigError, loadConfig } from '../../server/kernel/config.ts';
import { SealError } from '../../server/kernel/crypto.ts';
import { createLogger, type Logger } from '../../server/kernel/log.ts';
import { createApp } from './app.ts';

const DRAIN_MS = 10_000;

/** The web process. `--dev` serves the pages through Vite, with reloading. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ name: 'web', level: config.logLevel });
  const services = createServices(config, log);
  await assertServingRole(services.db);
  const app = await createApp(services, process.argv.includes('--dev'));
  const server = createServer(app);
  // Longer than a proxy keeps its idle connections, so that it is never us who closes one that it just picked.
  server.keepAliveTimeout = 65_000;
  await listen(server, config.web.port, config.web.host);
  log.info({ url: config.web.appUrl, port: config.web.port }, 'web is up');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // Streams would hold the server open until they end by themselves.
      const streamsEnd = services.figureChanges.close();
      void stop(server, log, async () => {
        await streamsEnd;
        await services.db.close();
      });
    });
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new ConfigError([`PORT ${port} is taken by another program: choose another or stop it.`])
          : error,
      );
    });
    server.listen(port, host, () => resolve());
  });
}

/** No new connection; what is under way is answered, for ten seconds at most. */
async function stop(server: Server, log: Logger, close: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const drained = new Promise<void>((resolve) => {
    setTimeout(() => {
      server.closeAllConnections();
      resolve();
    }, DRAIN_MS).unref();
  });
  await Promise.race([closed, drained]);
  await close();
  log.info('web has stopped');
  process.exit(0);
}

main().catch((error: unknown) => {
  const isKnown = [ConfigError, UnsafeRoleError, SealError].some((kind) => error instanceof kind);
  process.stderr.write(
    `${isKnown && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
