import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { accountOf, bringIn, check, goOn } from '../support/ad-files.ts';
import { REPORT } from '../support/ad-reports.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const owner = () => caller(world, world.demo.people.owner.principal);

describe('who may bring ad figures in', () => {
  const content = REPORT.join('\n');
  let adAccountId: string;
  beforeAll(async () => {
    const done = await bringIn(world, world.demo, {
      content,
      settings: { newAccount: { name: 'Of the first brand', brandId: world.demo.brands.first } },
    });
    adAccountId = await accountOf(world, world.demo, done.id);
  });

  it.each(['viewer', 'client'] as const)('a %s may not', async (name) => {
    const person = world.demo.people[name];
    await expect(check(world, world.demo, { content, person })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a member of the brand may, and one of none sees no such account', async () => {
    const { member, unassigned } = world.demo.people;
    const settings = { adAccountId };
    expect(await bringIn(world, world.demo, { content, settings, person: member })).toMatchObject({
      status: 'DONE',
    });
    const message = 'There is no such ad account, or it is not yours to see.';
    await expect(check(world, world.demo, { content, settings, person: unassigned })).rejects.toThrow(
      message,
    );
  });

  it('another agency finds neither the account nor the import, as if they were not there', async () => {
    const rival = caller(world, world.rival.people.owner.principal);
    const upload = (id: string) => check(world, world.rival, { content, settings: { adAccountId: id } });
    const refused = {
      code: 'BAD_REQUEST',
      message: 'There is no such ad account, or it is not yours to see.',
    };
    await expect(upload(adAccountId)).rejects.toMatchObject(refused);
    await expect(upload(randomUUID())).rejects.toMatchObject(refused);
    const { id } = await check(world, world.demo, { content });
    for (const importId of [id, randomUUID()]) {
      await expect(rival.imports.adFile({ importId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(rival.imports.recheckAdFile({ importId, settings: {} })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  it('a member of none keeps what they may not see of a file that they brought in before', async () => {
    const { member } = world.demo.people;
    const checked = await check(world, world.demo, { content, settings: { adAccountId }, person: member });
    await caller(world, member.principal).imports.run({ importId: checked.id });
    await withTenant(world.jobsDb, world.demo.people.owner.principal, 'write', (tx) =>
      tx
        .updateTable('ad_accounts')
        .set({ brand_id: world.demo.brands.second })
        .where('id', '=', adAccountId)
        .execute(),
    );
    const ended = await goOn(world, world.demo, checked.id);
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'There is no such ad account, or it is not yours to see.',
    });
  });

  it('what is not asked for is refused', async () => {
    const settings = { adAccountId, colour: 'red' } as object;
    await expect(check(world, world.demo, { content, settings })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const both = { adAccountId, newAccount: { name: 'Both' } };
    await expect(check(world, world.demo, { content, settings: both })).rejects.toThrow(
      /Pick an ad account or make a new one/,
    );
  });

  it('an import of records is no file of ad figures, nor the other way round', async () => {
    const records = await owner().imports.create({
      kind: 'companies',
      fileName: 'c.csv',
      content: Buffer.from('Name\nA\n'),
    });
    await expect(owner().imports.recheckAdFile({ importId: records.id, settings: {} })).rejects.toThrow(
      /is of records/,
    );
    await expect(owner().imports.adFile({ importId: records.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const figures = await check(world, world.demo, { content });
    await expect(owner().imports.recheck({ importId: figures.id })).rejects.toThrow(/is of ad figures/);
    await expect(owner().imports.preview({ importId: figures.id })).rejects.toThrow(/is of ad figures/);
  });
});
