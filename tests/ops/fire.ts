import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxServer } from '../../sandbox/server.ts';
import { type World } from '../support/world.ts';

/** The settings that turn all three platforms on at a sandbox that serves HTTP. */
export function settingsAt(url: string, credentials: Readonly<Record<string, string>>) {
  return {
    ...credentials,
    META_GRAPH_URL: url,
    META_DIALOG_URL: url,
    GOOGLE_ADS_URL: url,
    GOOGLE_AUTH_URL: `${url}/o/oauth2/v2/auth`,
    GOOGLE_TOKEN_URL: `${url}/google/token`,
    GOOGLE_REVOKE_URL: `${url}/google/revoke`,
    TIKTOK_API_URL: url,
    TIKTOK_AUTH_URL: `${url}/portal/auth`,
  };
}

export interface SandboxCall {
  at: string;
  platform: string;
  method: string;
  path: string;
  status: number;
}

/** Jobs processes that are killed and started again, and the sandbox that they call. */
export class Fire {
  private child: ChildProcess | null = null;

  constructor(
    private readonly world: World,
    private readonly sandbox: SandboxServer,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The jobs process as production runs it. Errors: where it is not up within a minute. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'jobs/main.ts'], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...this.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    let isUp = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('jobs are up')) isUp = true;
    });
    await until('the jobs are up', () => isUp, 60_000);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What would be over after a few minutes: leases and heartbeats of the dead, pauses, waits before a next try. */
  async letTimePass(): Promise<void> {
    const { pool } = this.world.ownerDb;
    await pool.query(`update worker_heartbeats set seen_at = now() - interval '5 minutes'`);
    await pool.query(
      `update sync_runs set lease_until = now() - interval '1 second' where status = 'SYNCING'`,
    );
    await pool.query(`update sync_runs set next_attempt_at = null where status = 'PENDING'`);
    await pool.query(`update call_budgets set paused_until = null, opened_until = null, failures = 0`);
    await pool.query(
      `update graphile_worker._private_jobs set run_at = now(), locked_at = locked_at - interval '5 minutes'`,
    );
  }

  async calls(platform?: string): Promise<SandboxCall[]> {
    const query = platform === undefined ? '' : `?platform=${platform}`;
    return (await (await fetch(`${this.sandbox.url}/_calls${query}`)).json()) as SandboxCall[];
  }

  async forgetCalls(): Promise<void> {
    await fetch(`${this.sandbox.url}/_calls`, { method: 'DELETE' });
  }

  /** Arms a fault. Errors: what the sandbox says against it. */
  async arm(order: { platform: string; kind: string } & Record<string, unknown>): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(order);
    const response = await fetch(`${this.sandbox.url}/_faults`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(await response.text());
  }

  async statuses(): Promise<string[]> {
    const { rows } = await this.world.ownerDb.pool.query<{ status: string }>('select status from sync_runs');
    return rows.map(({ status }) => status);
  }

  async isQuiet(): Promise<boolean> {
    return (await this.statuses()).every((status) => status !== 'PENDING' && status !== 'SYNCING');
  }
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms`);
    await delay(50);
  }
}
