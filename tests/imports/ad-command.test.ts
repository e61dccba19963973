import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../server/cli/admin/arguments.ts';
import type { AdminAnswer } from '../../server/cli/admin/command.ts';
import { commands } from '../../server/cli/admin/commands.ts';
import { figuresOf } from '../support/ad-files.ts';
import { REPORT } from '../support/ad-reports.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-ad-import-'));
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const owner = () => caller(world, world.demo.people.owner.principal);
const shape = (name: string) =>
  fileURLToPath(new URL(`../fixtures/ads/export-shapes/${name}`, import.meta.url));

async function run(...args: string[]): Promise<AdminAnswer> {
  const { config, log } = world.services;
  const { ownerDb, jobsDb } = world;
  const request = readArguments(commands, ['import', 'ad-metrics', ...args, '--organization', 'demo']);
  if (request.kind !== 'run') throw new Error(request.text);
  return request.run({ config, log, ownerDb, jobsDb, close: () => Promise.resolve() });
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('admin import ad-metrics', () => {
  it('of a dry run says what would happen and keeps nothing', async () => {
    const file = shape('google_daily_by_device.csv');
    const { text, json } = await run(file, '--account', 'Tried', '--create', '--dry-run');
    expect(text).toMatch(/^Google Ads, 2025-04-03 to 2025-04-04, 2 campaigns: 64\.34 USD, 1918 impressions/);
    expect(json).toMatchObject({ isDryRun: true, rowsTotal: 4, rowsCreated: 2, rowsRefused: 0 });
    expect((await owner().imports.list({})).items).toEqual([]);
    expect((await owner().adAccounts.list({})).items).toEqual([]);
  });

  it('makes the account that it is told to make, and finds it again by its name', async () => {
    const file = write('report.csv', REPORT.join('\n'));
    await expect(run(file, '--account', 'Files of ours')).rejects.toThrow(
      'There is no ad account Files of ours. With --create one is made that lives by files.',
    );
    const options = ['--account', 'Files of ours', '--create', '--time-zone', 'Pacific/Kiritimati'];
    const { json } = await run(file, ...options);
    expect(json).toMatchObject({ status: 'DONE', rowsCreated: 4, account: { name: 'Files of ours' } });
    const again = await run(file, '--account', 'files of OURS', '--platform', 'google');
    expect(again.json).toMatchObject({ status: 'DONE', rowsCreated: 0, rowsUnchanged: 4 });
    const { items } = await owner().adAccounts.list({});
    expect(items).toMatchObject([{ name: 'Files of ours', timeZone: 'Pacific/Kiritimati', source: 'FILE' }]);
  });

  it('without an account takes one that is called after the report, each time the same', async () => {
    const file = shape('meta_daily_day_column.csv');
    const first = await run(file);
    expect(first.json).toMatchObject({ account: { name: 'Meta Ads Manager files (USD)' }, rowsCreated: 3 });
    const second = await run(file);
    expect(second.json).toMatchObject({ rowsCreated: 0, rowsUnchanged: 3 });
  });

  it('writes the rows of other accounts, and leaves the campaigns that it is told to leave', async () => {
    const text = [
      'Day,Account,Campaign,Currency code,Cost,Impr.',
      '2026-03-01,One,A,EUR,1,1',
      '2026-03-01,Two,B,EUR,2,2',
    ];
    const errors = path.join(folder, 'others.csv');
    await run(write('one.csv', text.slice(0, 2).join('\n')), '--account', 'One', '--create');
    const file = write('two.csv', text.join('\n').replace(',A,', ',C,'));
    const { json } = await run(file, '--account', 'One', '--some-campaigns', '--errors', errors);
    expect(json).toMatchObject({ rowsCreated: 1, rowsUpdated: 0, rowsRefused: 1 });
    expect(readFileSync(errors, 'utf8')).toContain('The row is of another ad account: Two.');
    const { id } = (json as { account: { id: string } }).account;
    expect((await figuresOf(world, world.demo, id)).map(({ campaign }) => campaign)).toEqual(['A', 'C']);
  });

  it.each([
    ['meta_campaign_aggregate.csv', [], /^meta_campaign_aggregate\.csv: The rows have no day: /],
    [
      'not_an_ads_report.csv',
      [],
      /^This is no report of an ad platform that is known here\. .*Found: "Invoice"/,
    ],
    ['google_daily_by_device.csv', ['--platform', 'myspace'], /^--platform: This is no platform: META, /],
    ['google_daily_by_device.csv', ['--decimal', ';'], /^--decimal: Write \. or ,/],
    ['google_daily_by_device.csv', ['--time-zone', 'Mars'], /^--time-zone: This is not a time zone/],
    [
      'google_daily_by_device.csv',
      ['--preset', 'tiktok'],
      /^This looks like a report of TikTok|^This is no report/,
    ],
  ])('of %s with %j fails with one clear line', async (name, options, line) => {
    const errors = path.join(folder, 'none.csv');
    const failure: unknown = await run(shape(name), ...options, '--errors', errors).catch(
      (error: unknown) => error,
    );
    const { message } = failure as Error;
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toMatch(line);
    expect(existsSync(errors)).toBe(false);
  });
});
