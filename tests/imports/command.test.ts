import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../server/cli/admin/arguments.ts';
import type { AdminAnswer } from '../../server/cli/admin/command.ts';
import { commands } from '../../server/cli/admin/commands.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-import-'));
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `admin import` as a person would, in a process of its own. */
function runApart(...args: string[]): Promise<Outcome> {
  const { ownerUrl, jobsUrl, appUrl } = database();
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env['PATH'],
    SPOKESTACK_DATA_DIR: folder,
    DATABASE_URL: appUrl,
    DATABASE_JOBS_URL: jobsUrl,
    DATABASE_OWNER_URL: ownerUrl,
  };
  const program = ['--import', 'tsx', 'server/cli/admin/main.ts', 'import', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** The command itself, without the process around it. */
async function run(...args: string[]): Promise<AdminAnswer> {
  const { config, log } = world.services;
  const { ownerDb, jobsDb } = world;
  const request = readArguments(commands, ['import', ...args]);
  if (request.kind !== 'run') throw new Error(request.text);
  return request.run({ config, log, ownerDb, jobsDb, close: () => Promise.resolve() });
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('admin import', () => {
  const text = 'External id,Name,Opened on,Amount,Stage\na,A,01/02/2026,5,Lead\nb,B,31/02/2026,5,Lead\n';
  const options = ['--organization', 'demo', '--currency', 'usd', '--date-order', 'D/M/Y'];

  it('of a dry run says what would happen and keeps nothing', async () => {
    const errors = path.join(folder, 'dry.csv');
    const file = write('deals.csv', text);
    const outcome = await run('deals', file, ...options, '--dry-run', '--errors', errors);
    expect(outcome.text).toMatch(
      /^2 deals: 1 would be created, 0 would be updated, 0 unchanged, 1 would be refused\./,
    );
    expect(readFileSync(errors, 'utf8')).toContain('is not a day of the calendar');
    const owner = caller(world, world.demo.people.owner.principal);
    expect((await owner.imports.list({})).items).toEqual([]);
    expect((await owner.deals.list({})).items).toEqual([]);
  });

  it("brings the rows in as the agency's first owner, and writes the refused ones", async () => {
    const errors = path.join(folder, 'refused.csv');
    const file = write('deals.csv', text);
    const outcome = await runApart('deals', file, ...options, '--errors', errors, '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      status: 'DONE',
      isDryRun: false,
      rowsTotal: 2,
      rowsCreated: 1,
      rowsRefused: 1,
    });
    expect(readFileSync(errors, 'utf8').split('\r\n')[1]).toMatch(/^b,B,31\/02\/2026,5,Lead,/);
    const { items } = await caller(world, world.demo.people.owner.principal).deals.list({});
    expect(items).toMatchObject([
      {
        externalId: 'a',
        openedOn: '2026-02-01',
        amount: { amount: '5.00', currency: 'USD' },
        ownerId: world.demo.people.owner.userId,
      },
    ]);
  });

  it('reads another file by a mapping of its own', async () => {
    const document = { kind: 'companies', columns: { Firma: 'name', Branche: 'industry' } };
    const mapping = write('mapping.json', JSON.stringify(document));
    const file = write('firmen.csv', 'Firma;Branche\nGrün;Handel\n');
    const outcome = await run('companies', file, '--organization', 'demo', '--mapping', mapping);
    expect(outcome).toMatchObject({
      text: '1 companies: 1 created, 0 updated, 0 unchanged, 0 refused.',
    });
  });

  it('writes no file of refused rows where none was refused', async () => {
    const errors = path.join(folder, 'none.csv');
    const file = write('one.csv', 'Name\nAll well\n');
    await run('companies', file, '--organization', 'demo', '--errors', errors);
    expect(existsSync(errors)).toBe(false);
  });

  it.each([
    [['companies', 'missing.csv'], /^missing\.csv cannot be read: ENOENT/],
    [['companies', 'empty.csv'], /^empty\.csv: The file is empty\.$/],
    [['companies', 'latin.csv'], /^latin\.csv: The file is not UTF-8: byte 0xFC at offset 7, line 2\./],
    [['companies', 'good.csv', '--mapping', 'broken.json'], /broken\.json is not JSON/],
    [
      ['companies', 'good.csv', '--mapping', 'odd.json'],
      /odd\.json: columns\.Name: "nothing" is no field of companies/,
    ],
    [
      ['companies', 'good.csv', '--mapping', 'deals.json'],
      /The mapping is of deals and the file of companies/,
    ],
    [['companies', 'good.csv', '--date-order', 'Y/D/M'], /^--date-order: Write M\/D\/Y, D\/M\/Y, Y-M-D/],
    [['companies', 'good.csv', '--currency', 'dollars'], /^--currency: /],
    [['ad-metrics', 'good.csv'], /^This is no report of an ad platform that is known here/],
    [['people', 'good.csv'], /^KIND: This is no kind: companies, contacts, deals, creators or ad-metrics/],
  ])('%j fails with one clear line', async (args, line) => {
    write('empty.csv', '');
    writeFileSync(path.join(folder, 'latin.csv'), Buffer.from('Name\nGr\xfcn\n', 'latin1'));
    write('good.csv', 'Name\nGood\n');
    write('broken.json', '{');
    write('odd.json', JSON.stringify({ kind: 'companies', columns: { Name: 'nothing' } }));
    write('deals.json', JSON.stringify({ kind: 'deals', columns: { Name: 'name' } }));
    const placed = args.map((arg) => (/\.(csv|json)$/.test(arg) ? path.join(folder, arg) : arg));
    const failure: unknown = await run(...placed, '--organization', 'demo').catch((error: unknown) => error);
    const { name, message } = failure as Error;
    expect(name).toMatch(/^(CommandError|AppError)$/);
    expect(message.split('\n')).toHaveLength(1);
    expect(message.replaceAll(`${folder}/`, '')).toMatch(line);
  });

  it('of a file that cannot be read exits with 1 and that line', async () => {
    const outcome = await runApart('companies', write('empty.csv', ''), '--organization', 'demo');
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: 'empty.csv: The file is empty.\n' });
  });

  it('into an agency that is not there fails', async () => {
    const answer = run('companies', write('good.csv', 'Name\nGood\n'), '--organization', 'nobody');
    await expect(answer).rejects.toThrow('There is no organization with the slug nobody.');
  });
});
