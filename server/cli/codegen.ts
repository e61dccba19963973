import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../../db/embedded.ts';
import { generateTypes } from '../../db/generate-types.ts';
import { migrate } from '../../db/migrate.ts';
import { dumpSchema } from '../../db/schema-dump.ts';
import { loadConfig } from '../kernel/config.ts';
import { CommandError, runCommand } from './launcher/command.ts';

const DATABASE_FOLDER = fileURLToPath(new URL('../../db', import.meta.url));

/**
 * `npm run codegen` writes db/types.ts and db/schema.sql from a database that is migrated from nothing;
 * with --check it writes nothing and fails when either is stale.
 */
await runCommand(async () => {
  const ownerUrl = loadConfig().database?.ownerUrl ?? null;
  await withScratchDatabase(ownerUrl, async (scratchUrl) => {
    await migrate(scratchUrl);
    const files = { 'types.ts': await generateTypes(scratchUrl), 'schema.sql': await dumpSchema(scratchUrl) };
    if (process.argv.includes('--check')) refuseStale(files);
    else
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(DATABASE_FOLDER, name), text);
  });
});

function refuseStale(files: Readonly<Record<string, string>>): void {
  const stale = Object.entries(files)
    .filter(([name, text]) => readFileSync(path.join(DATABASE_FOLDER, name), 'utf8') !== text)
    .map(([name]) => `db/${name}`);
  if (stale.length > 0) throw new CommandError(`${stale.join(' and ')} are stale: run npm run codegen.`);
}

async function withScratchDatabase(
  ownerUrl: string | null,
  work: (url: string) => Promise<void>,
): Promise<void> {
  await (ownerUrl === null ? withEmbedded(work) : withNewDatabase(ownerUrl, work));
}

async function withEmbedded(work: (url: string) => Promise<void>): Promise<void> {
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'spokestack-codegen-'));
  chmodSync(dataDirectory, 0o755);
  const embedded = await startEmbedded({ dataDirectory, settings: { fsync: 'off' }, onLog: () => undefined });
  try {
    await work(embedded.ownerUrl);
  } finally {
    await embedded.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function withNewDatabase(ownerUrl: string, work: (url: string) => Promise<void>): Promise<void> {
  const name = `codegen_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
    const scratch = new URL(ownerUrl);
    scratch.pathname = `/${name}`;
    await work(scratch.href);
  } finally {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.end();
  }
}
