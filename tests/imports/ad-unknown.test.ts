import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, bringIn, check, figuresOf } from '../support/ad-files.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const owner = () => caller(world, world.demo.people.owner.principal);
const fileOf = (...cells: string[]) =>
  [
    'Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value',
    ...cells.map((told, index) => `2026-03-0${index + 1},Alpha,EUR,10.00,100,5,${told}`),
  ].join('\n');

async function bring(content: string, settings: object) {
  const { id, ...counts } = await bringIn(world, world.demo, { content, settings });
  const { syncRunId } = await owner().imports.adFile({ importId: id });
  return { ...counts, importId: id, syncRunId: syncRunId ?? '' };
}

async function told(adAccountId: string) {
  const rows = await figuresOf(world, world.demo, adAccountId);
  return rows.map((row) => [row.conversions, row.conversion_value].map((value) => value && Number(value)));
}

describe('conversions that a file does not tell', () => {
  let settings: { adAccountId: string };
  beforeAll(async () => {
    const first = await bring(fileOf('0,0', '2,30', '3,--'), { newAccount: { name: 'Unknown' } });
    settings = { adAccountId: await accountOf(world, world.demo, first.importId) };
  });

  it('are stored as unknown, and its zeros as zeros', async () => {
    expect(await told(settings.adAccountId)).toEqual([
      [0, 0],
      [2, 30],
      [3, null],
    ]);
  });

  it('are no change where they were unknown before', async () => {
    const again = await bring(fileOf('0,0', '2,30', '3,'), settings);
    expect(again).toMatchObject({ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 3 });
  });

  it('restate a zero, and are restated by one, each with what stood before', async () => {
    const content = fileOf('-,0', '2,30', '3,0.00');
    const { id } = await check(world, world.demo, { content, settings });
    const { report } = await owner().imports.adFile({ importId: id });
    expect(report?.change).toMatchObject({ created: 0, restated: 2, same: 1, removed: 0 });
    const { rowsUpdated, syncRunId } = await bring(content, settings);
    expect(rowsUpdated).toBe(2);
    expect(await told(settings.adAccountId)).toEqual([
      [null, 0],
      [2, 30],
      [3, 0],
    ]);
    const { items, total } = await owner().syncRuns.restatements({ syncRunId });
    expect(total).toBe(2);
    const figures = (row: { conversions: string | null; conversionValue: string | null } | null) =>
      row && [row.conversions, row.conversionValue].map((value) => value && Number(value));
    expect(items.map(({ date, before, after }) => [date, figures(before), figures(after)])).toEqual([
      ['2026-03-03', [3, null], [3, 0]],
      ['2026-03-01', [0, 0], [null, 0]],
    ]);
  });

  it('leave a day that is gone gone, and not one that is unknown', async () => {
    const { syncRunId } = await bring(fileOf('-,-', '2,30'), settings);
    const { items } = await owner().syncRuns.restatements({ syncRunId });
    expect(items.map(({ date, after }) => [date, after?.conversionValue])).toEqual([['2026-03-01', null]]);
    const wider = await bring(`${fileOf('-,-', '2,30')}\n2026-03-04,Beta,EUR,1,1,1,1,1`, settings);
    const { items: gone } = await owner().syncRuns.restatements({ syncRunId: wider.syncRunId });
    expect(gone.map(({ date, after }) => [date, after])).toEqual([['2026-03-03', null]]);
  });
});
