import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImportTask } from '../../jobs/tasks/run-import.ts';
import { withTenant } from '../../db/tenant.ts';
import blns from '../fixtures/blns/blns.json' with { type: 'json' };
import { accountOf, bringIn, check, figuresOf, fixtureFile, goOn, revisionsOf } from '../support/ad-files.ts';
import { REPORT } from '../support/ad-reports.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const shape = (name: string) => fixtureFile(`export-shapes/${name}`);
const owner = () => caller(world, world.demo.people.owner.principal);

describe('a file that comes after another', () => {
  let adAccountId: string;
  let first: string;
  beforeAll(async () => {
    const settings = { newAccount: { name: 'Restated' } };
    const done = await bringIn(world, world.demo, { content: REPORT.join('\n'), settings });
    first = done.id;
    adAccountId = await accountOf(world, world.demo, done.id);
  });

  it('and says the same changes nothing', async () => {
    const before = await figuresOf(world, world.demo, adAccountId);
    const again = await bringIn(world, world.demo, { content: REPORT.join('\n'), settings: { adAccountId } });
    expect(again).toMatchObject({ status: 'DONE', rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 4 });
    expect(await figuresOf(world, world.demo, adAccountId)).toEqual(before);
    expect(await revisionsOf(world, world.demo, adAccountId)).toEqual([]);
  });

  it('restates its days as its check said, and every revision names the file that changed it', async () => {
    const content = [
      ...REPORT.slice(0, 3),
      '2026-03-02,Alpha,EUR,31.00,300,7,2',
      '2026-03-03,Delta,EUR,1,1,1,0',
    ].join('\n');
    const checked = await check(world, world.demo, { content, settings: { adAccountId } });
    const change = { created: 1, restated: 1, same: 2, removed: 1, removedCampaigns: ['Gamma'] };
    expect(await owner().imports.adFile({ importId: checked.id })).toMatchObject({ report: { change } });
    await owner().imports.run({ importId: checked.id });
    expect(await goOn(world, world.demo, checked.id)).toMatchObject({ status: 'DONE' });
    const { report, syncRunId } = await owner().imports.adFile({ importId: checked.id });
    expect(report?.change).toMatchObject({ created: 1, restated: 1, same: 2, removed: 1 });
    expect(await revisionsOf(world, world.demo, adAccountId)).toEqual([
      { date: '2026-03-02', spend: '30.000000', was_removed: false, said_by: first, changed_by: checked.id },
      { date: '2026-03-02', spend: '40.000000', was_removed: true, said_by: first, changed_by: checked.id },
    ]);
    const run = await owner().syncRuns.byId({ syncRunId: syncRunId ?? '' });
    expect(run).toMatchObject({
      status: 'SUCCESS',
      windowStart: '2026-03-01',
      windowEnd: '2026-03-03',
      rowsRestated: 1,
    });
  });

  it('and holds some campaigns alone leaves the others', async () => {
    const content = [REPORT[0], '2026-03-01,Beta,EUR,21.00,200,6,0.5'].join('\n');
    const settings = { adAccountId, holdsAllCampaigns: false };
    const done = await bringIn(world, world.demo, { content, settings });
    expect(done).toMatchObject({ rowsCreated: 0, rowsUpdated: 1, rowsUnchanged: 0 });
    const figures = await figuresOf(world, world.demo, adAccountId);
    expect(figures.map(({ date, campaign, spend }) => [date, campaign, spend])).toEqual([
      ['2026-03-01', 'Alpha', '10.000000'],
      ['2026-03-01', 'Beta', '21.000000'],
      ['2026-03-02', 'Alpha', '31.000000'],
      ['2026-03-03', 'Delta', '1.000000'],
    ]);
  });

  it('and names ids keeps the campaigns that went by their names', async () => {
    const before = await figuresOf(world, world.demo, adAccountId);
    expect(before.every(({ nativeId }) => nativeId.startsWith('name:'))).toBe(true);
    const content =
      'Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks\n2026-03-04,Alpha,777,EUR,5,50,1\n';
    await bringIn(world, world.demo, { content, settings: { adAccountId } });
    const byName = (await figuresOf(world, world.demo, adAccountId)).filter(
      ({ campaign }) => campaign === 'Alpha',
    );
    expect(new Set(byName.map(({ nativeId }) => nativeId))).toEqual(new Set(['777']));
    const renamed = content.replace('Alpha', 'Alpha relaunched');
    await bringIn(world, world.demo, { content: renamed, settings: { adAccountId } });
    const after = (await figuresOf(world, world.demo, adAccountId)).filter(
      ({ nativeId }) => nativeId === '777',
    );
    expect(new Set(after.map(({ campaign }) => campaign))).toEqual(new Set(['Alpha relaunched']));
  });

  it('in another currency is refused in words', async () => {
    const content = REPORT.join('\n').replaceAll('EUR', 'USD');
    const failed = await check(world, world.demo, { content, settings: { adAccountId } });
    expect(failed.error).toBe(
      'The file is in USD and the ad account Restated in EUR. Nothing is converted: pick the account in USD.',
    );
  });

  it('of another platform is refused in words', async () => {
    const content = await shape('tiktok_adgroup_daily.csv');
    const settings = { adAccountId, preset: 'tiktok' };
    const failed = await check(world, world.demo, { content, settings });
    expect(failed.error).toContain('You said that the file is a report of TikTok Ads Manager');
  });

  it('under a name that is taken is told to pick the account', async () => {
    const failed = await check(world, world.demo, {
      content: REPORT.join('\n'),
      settings: { newAccount: { name: 'restated' } },
    });
    expect(failed.error).toBe(
      'This ad account is here already, as Restated. Pick it instead of making a new one.',
    );
  });
});

describe('an import of ad figures', () => {
  it('that dies before its end leaves the table as it was, and comes in when it goes on', async () => {
    const settings = { newAccount: { name: 'Killed' } };
    const { id: importId } = await check(world, world.demo, { content: REPORT.join('\n'), settings });
    await owner().imports.run({ importId });
    await expect(goOn(world, world.demo, importId, AbortSignal.abort(new Error('killed')))).rejects.toThrow(
      'killed',
    );
    expect(await owner().imports.byId({ importId })).toMatchObject({ status: 'RUNNING', rowsDone: 0 });
    expect((await owner().imports.adFile({ importId })).account).toBeNull();
    const [one, two] = await Promise.all([
      goOn(world, world.demo, importId),
      goOn(world, world.demo, importId),
    ]);
    expect([one.status, two.status]).toEqual(['DONE', 'DONE']);
    const adAccountId = await accountOf(world, world.demo, importId);
    expect(await figuresOf(world, world.demo, adAccountId)).toHaveLength(4);
    const runs = await owner().syncRuns.list({ adAccountId });
    expect(runs.items).toHaveLength(1);
  });

  it('too large to be checked at once is checked and brought in by the jobs', async () => {
    const day = (index: number) => new Date(Date.UTC(2015, 0, 1 + index)).toISOString().slice(0, 10);
    const filler = 'x'.repeat(900);
    const rows = Array.from(
      { length: 6000 },
      (_, index) => `${day(index % 3000)},${filler}${Math.floor(index / 3000)},EUR,1,1`,
    );
    const content = ['Day,Campaign,Currency code,Cost,Impr.', ...rows].join('\n');
    const settings = { newAccount: { name: 'Large', platform: 'GOOGLE' as const } };
    const waiting = await check(world, world.demo, { content, settings });
    expect(waiting).toMatchObject({ status: 'CHECKING', rowsTotal: null });
    const { log, now } = world.services;
    const task = runImportTask({ jobsDb: world.jobsDb, log, now });
    const payload = { organizationId: world.demo.organizationId, subjectId: waiting.id };
    const helpers = { job: { attempts: 1 } } as unknown as Parameters<typeof task>[1];
    await task(payload, helpers);
    const importId = waiting.id;
    expect(await owner().imports.byId({ importId })).toMatchObject({ status: 'CHECKED', rowsCreated: 6000 });
    await owner().imports.run({ importId });
    await task(payload, helpers);
    await task(payload, helpers);
    expect(await owner().imports.byId({ importId })).toMatchObject({
      status: 'DONE',
      rowsTotal: 6000,
      rowsCreated: 6000,
    });
  });

  it('leaves an account that is not to be synced', async () => {
    const done = await bringIn(world, world.demo, {
      content: REPORT.join('\n'),
      settings: { newAccount: { name: 'Never synced' } },
    });
    const adAccountId = await accountOf(world, world.demo, done.id);
    await expect(owner().adAccounts.sync({ adAccountId })).rejects.toThrow(
      /come in by files: import the newest report/,
    );
  });

  it('moves both clocks of an account that lives by files', async () => {
    const done = await bringIn(world, world.demo, {
      content: REPORT.join('\n'),
      settings: { newAccount: { name: 'Clocks' } },
    });
    const adAccountId = await accountOf(world, world.demo, done.id);
    const account = await owner().adAccounts.byId({ adAccountId });
    expect(account).toMatchObject({
      source: 'FILE',
      newestBusinessDate: '2026-03-02',
      syncStatus: 'SUCCESS',
      platform: 'GOOGLE',
    });
    expect(account.lastSyncedAt).not.toBeNull();
  });

  it('into an account that its platform syncs takes days alone that no sync asks for', async () => {
    const adAccountId = await syncedAccount('Synced');
    const recent = await check(world, world.demo, { content: REPORT.join('\n'), settings: { adAccountId } });
    expect(recent.error).toMatch(
      /^The figures of Synced come from its platform by themselves: a file may add days before/,
    );
    const old = REPORT.join('\n').replaceAll('2026-', '2019-');
    const done = await bringIn(world, world.demo, { content: old, settings: { adAccountId } });
    expect(done).toMatchObject({ status: 'DONE', rowsCreated: 4 });
    expect(await owner().adAccounts.byId({ adAccountId })).toMatchObject({
      source: 'API',
      newestBusinessDate: null,
    });
  });

  it('brings one account of several in, and keeps the rows of the others as refused', async () => {
    const rows = [
      'Day,Account,Customer ID,Campaign,Currency code,Cost,Impr.,Clicks',
      '2026-03-01,Ours,123-456-7890,Alpha,EUR,1,10,1',
      '2026-03-01,Theirs,999-999-9999,Beta,EUR,2,20,2',
      '2026-03-02,Ours,123-456-7890,Alpha,EUR,3,30,3',
    ].join('\n');
    const unsaid = await check(world, world.demo, { content: rows });
    expect(unsaid.error).toMatch(
      /^The file holds figures of 2 ad accounts \(Ours, Theirs\)\. Say which one comes in/,
    );
    const newAccount = { name: 'Our account', nativeId: '1234567890' };
    const done = await bringIn(world, world.demo, { content: rows, settings: { newAccount } });
    expect(done).toMatchObject({ rowsTotal: 3, rowsCreated: 2, rowsRefused: 1 });
    const { items } = await owner().imports.refusals({ importId: done.id });
    expect(items.map(({ line, reasons }) => [line, reasons])).toEqual([
      [3, ['The row is of another ad account: Theirs.']],
    ]);
    expect(
      await owner().adAccounts.byId({ adAccountId: await accountOf(world, world.demo, done.id) }),
    ).toMatchObject({
      nativeId: '1234567890',
    });
    const none = await check(world, world.demo, {
      content: rows,
      settings: { newAccount: { name: 'X', nativeId: '5' } },
    });
    expect(none.error).toBe('No row of the file is of the ad account X; they are of Ours, Theirs.');
  });

  it('with a row that cannot be read brings nothing in and gives the row back', async () => {
    const content = [...REPORT, '2026-03-02,Delta,EUR,12 euros,5,1,0'].join('\n');
    const failed = await check(world, world.demo, {
      content,
      settings: { newAccount: { name: 'Broken row' } },
    });
    expect(failed).toMatchObject({ status: 'FAILED', rowsRefused: 1 });
    expect(failed.error).toMatch(/^One row cannot be read\. Nothing comes in without it/);
    const { items } = await owner().imports.refusals({ importId: failed.id });
    expect(items).toMatchObject([
      { line: 6, reasons: ['"Cost": "12 euros" is no number with the decimal sign ".".'] },
    ]);
  });
});

describe('names', () => {
  it('that are naughty come in and go out as they are, and again', async () => {
    const names = [...new Set(blns.map((name) => name.replaceAll('\0', '').trim()))].filter(
      (name) => name.length > 3 && !/^(null|n\/a|---|\(not set\))$/i.test(name),
    );
    const rows = names.map((name) => `2026-03-01,"${name.replaceAll('"', '""')}",EUR,1.5,7,1`);
    const content = ['Day,Campaign,Currency code,Cost,Impr.,Clicks', ...rows].join('\n');
    const done = await bringIn(world, world.demo, { content, settings: { newAccount: { name: 'Naughty' } } });
    const adAccountId = await accountOf(world, world.demo, done.id);
    const figures = await figuresOf(world, world.demo, adAccountId);
    expect(new Set(figures.map(({ campaign }) => campaign))).toEqual(new Set(names));
    const again = await bringIn(world, world.demo, { content, settings: { adAccountId } });
    expect(again).toMatchObject({ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: names.length });
  });
});

/** An account as a platform's connection leaves it. */
async function syncedAccount(name: string): Promise<string> {
  const { principal, userId } = world.demo.people.owner;
  return withTenant(world.jobsDb, principal, 'write', async (tx) => {
    const { id } = await tx
      .insertInto('ad_accounts')
      .values({
        organization_id: world.demo.organizationId,
        created_by_id: userId,
        platform: 'GOOGLE',
        native_id: '5550001111',
        name,
        currency: 'EUR',
        time_zone: 'Europe/Berlin',
        source: 'API',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}
