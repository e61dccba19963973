import { readdir } from 'node:fs/promises';
import { type Request, Router } from 'express';
import { sql } from 'kysely';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { withSystem } from '../../db/tenant.ts';
import type { Services } from '../../server/api/context.ts';
import { timingSafeEqualText } from '../../server/kernel/crypto.ts';

/** /healthz says that the process lives; /readyz that it can serve; /metrics what it has done, as the registry counts it. */
export function watching(services: Services, registry: Registry): Router {
  const doors = Router();
  collectDefaultMetrics({ register: registry });
  doors.get('/healthz', (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'ok' });
  });
  doors.get('/readyz', (_request, response, next) => {
    readiness(services).then((checks) => {
      const isReady = Object.values(checks).every(Boolean);
      response
        .status(isReady ? 200 : 503)
        .set('cache-control', 'no-store')
        .json({ status: isReady ? 'ready' : 'not ready', checks });
    }, next);
  });
  doors.get('/metrics', (request, response, next) => {
    if (!mayWatch(services, request)) {
      response.status(404).end();
      return;
    }
    registry.metrics().then((text) => response.type(registry.contentType).send(text), next);
  });
  return doors;
}

interface Readiness extends Record<string, boolean> {
  database: boolean;
  migrations: boolean;
  jobs: boolean;
}

async function readiness(services: Services): Promise<Readiness> {
  try {
    return await withSystem(services.db, async (tx) => {
      const [files, state] = await Promise.all([
        readdir(new URL('../../migrations/', import.meta.url)),
        sql<{ applied: string[]; jobs: boolean }>`
          select app.migrations_applied() as applied, app.jobs_seen_within(interval '1 minute') as jobs`.execute(
          tx,
        ),
      ]);
      const row = state.rows[0];
      const applied = new Set(row?.applied);
      const migrations = files
        .filter((name) => name.endsWith('.ts'))
        .every((name) => applied.has(name.replace(/\.ts$/, '')));
      return { database: true, migrations, jobs: row?.jobs ?? false };
    });
  } catch (error) {
    services.log.warn({ err: error }, 'not ready');
    return { database: false, migrations: false, jobs: false };
  }
}

/** With METRICS_TOKEN its bearer alone; without, the machine itself alone. */
function mayWatch(services: Services, request: Request): boolean {
  const token = services.config.metricsToken;
  if (token) return timingSafeEqualText(request.get('authorization') ?? '', `Bearer ${token.reveal()}`);
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
}
