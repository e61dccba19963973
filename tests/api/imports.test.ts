import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/auth/principal.ts';
import { importFile } from '../../server/domain/imports/import-file.ts';
import type { ImportKind } from '../../server/domain/imports/fields.ts';
import { type MappingInput, mapping } from '../../server/domain/imports/mapping.ts';
import { runImport } from '../../server/domain/imports/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: Agency;

beforeAll(async () => {
  world = await createWorld(database());
  demo = world.demo;
});
afterAll(() => world.close());

const as = (principal: Principal) => caller(world, principal);
const run = (principal: Principal, importId: string) =>
  runImport({ db: world.jobsDb, organizationId: principal.organizationId, importId, now: () => new Date() });

function file(kind: ImportKind, text: string, document?: MappingInput) {
  const content = Buffer.from(text);
  const given = document ? { mapping: mapping.parse(document) } : {};
  return { kind, fileName: `${kind}.csv`, content, overrides: {}, ...given };
}

function bringIn(principal: Principal, kind: ImportKind, text: string, document?: MappingInput) {
  return importFile(world.jobsDb, principal, file(kind, text, document));
}

describe('a file with faults', () => {
  it('brings in what is right and gives the rest back with reasons', async () => {
    const { principal } = demo.people.admin;
    await bringIn(principal, 'companies', 'Name\nCancity\n');
    const text = [
      'External id,First name,Last name,Email,Company',
      'c1,Ada,Byron,ada@example.test,Cancity',
      'c2,Grace,Hopper,not-an-address,Cancity',
      'c3,"Ali"ce,Broken,a@example.test,Cancity',
      'c4,Joan,Clarke,joan@example.test,Nowhere Ltd',
      'c1,Ada,Again,ada@example.test,',
      'c5,=cmd(),Formula,short',
      'c6,Zoë,Last,zoe@example.test,',
    ].join('\n');
    const done = await bringIn(principal, 'contacts', text);
    expect(done).toMatchObject({ status: 'DONE', rowsTotal: 7, rowsCreated: 2, rowsRefused: 5 });
    const page = await as(principal).imports.refusals({ importId: done.id, limit: 2 });
    expect(page.header).toEqual(['External id', 'First name', 'Last name', 'Email', 'Company']);
    expect(page.items.map(({ line, reasons }) => [line, reasons])).toEqual([
      [3, ['Email: This is not a mail address.']],
      [4, ['A quote is closed in the middle of a cell; double it where it is part of the text.']],
    ]);
    const next = await as(principal).imports.refusals({
      importId: done.id,
      limit: 50,
      afterLine: page.nextAfterLine ?? 0,
    });
    expect(next.items.map(({ line, reasons }) => [line, reasons])).toEqual([
      [5, ['Company: there is no company "Nowhere Ltd" that you see. Import or create it first.']],
      [6, ['Line 2 of this file stands for the same record ("c1").']],
      [7, ['The row has 4 cells and the header 5.']],
    ]);
    expect(next.nextAfterLine).toBeNull();
    const { fileName, csv } = await as(principal).imports.refusalsFile({ importId: done.id });
    expect(fileName).toBe('contacts.refused.csv');
    expect(csv).toContain("c5,'=cmd(),Formula,short");
    const fixed = csv.replace('not-an-address', 'grace@example.test');
    const again = await bringIn(principal, 'contacts', fixed);
    expect(again).toMatchObject({ status: 'DONE', rowsTotal: 5, rowsCreated: 1 });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'The file is empty.'],
    ['blank lines alone', Buffer.from('\n\n  \n'), 'The file holds no text.'],
    ['a header alone', Buffer.from('Name,Industry\n'), 'The file has a header and no rows.'],
    ['no header', Buffer.from('Acme,technology\nBeta,medical\n'), 'Found: "Acme", "technology".'],
    ['a million columns', Buffer.from(`Name${',x'.repeat(1_000_000)}\nA\n`), 'longer than 1 MiB'],
    ['another encoding', Buffer.from('Name\nGr\xfcn\n', 'latin1'), 'byte 0xFC at offset 7, line 2'],
    ['a column twice', Buffer.from('Name,Name\nA,B\n'), 'The header names the column "Name" twice.'],
  ])('of %s says so once and changes nothing', async (_name, content, message) => {
    const { principal } = demo.people.admin;
    const failed = await as(principal).imports.create({ kind: 'companies', fileName: 'x.csv', content });
    expect(failed.status).toBe('FAILED');
    expect(failed.error).toContain(message);
    await expect(as(principal).imports.run({ importId: failed.id })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('in another encoding is read once its encoding is chosen', async () => {
    const { principal } = demo.people.admin;
    const content = Buffer.from('Name\nGr\xfcn\n', 'latin1');
    const { id: importId } = await as(principal).imports.create({
      kind: 'companies',
      fileName: 'x.csv',
      content,
    });
    const overrides = { encoding: 'windows-1252' } as const;
    const { samples } = await as(principal).imports.preview({ importId, overrides });
    expect(samples).toEqual([['Grün']]);
    const checked = await as(principal).imports.recheck({ importId, overrides });
    expect(checked).toMatchObject({ status: 'CHECKED', rowsCreated: 1, error: null });
  });
});

describe('a check', () => {
  it('counts what would happen and writes no record', async () => {
    const { principal } = demo.people.owner;
    await bringIn(principal, 'companies', 'External id,Name,Industry\nd1,One,a\nd2,Two,b\n');
    const count = () => as(principal).companies.count({});
    const before = await count();
    const text = 'External id,Name,Industry\nd1,One,a\nd2,Two,c\nd3,Three,\nd4,,\n';
    const checked = await as(principal).imports.create(file('companies', text));
    expect(checked).toMatchObject({
      status: 'CHECKED',
      rowsTotal: 4,
      rowsDone: 0,
      rowsCreated: 1,
      rowsUpdated: 1,
      rowsUnchanged: 1,
      rowsRefused: 1,
      startedAt: null,
    });
    const { items } = await as(principal).imports.refusals({ importId: checked.id });
    expect(items).toEqual([{ line: 5, reasons: ['A new company needs Name.'], cells: ['d4', '', ''] }]);
    expect(await count()).toBe(before);
    await as(principal).imports.run({ importId: checked.id });
    expect(await run(principal, checked.id)).toMatchObject({
      status: 'DONE',
      rowsCreated: 1,
      rowsUpdated: 1,
      rowsUnchanged: 1,
      rowsRefused: 1,
    });
    expect(await count()).toBe(before + 1);
  });

  it('of a large file is left to the jobs, and read the same', async () => {
    const { principal } = demo.people.owner;
    const rows = Array.from({ length: 600 }, (_, index) => `big${index},Big ${index},${'x'.repeat(9000)}`);
    const text = `External id,Name,Filler\n${rows.join('\n')}\n`;
    const waiting = await as(principal).imports.create({
      ...file('companies', text),
      overrides: { brand: 'first', dateOrder: 'D/M/Y' },
    });
    expect(waiting).toMatchObject({ status: 'CHECKING', rowsTotal: null });
    const checked = await run(principal, waiting.id);
    expect(checked).toMatchObject({ status: 'CHECKED', rowsTotal: 600, rowsCreated: 600, rowsRefused: 0 });
    expect(checked.mapping).toMatchObject({ dateOrder: 'D/M/Y', defaults: { brand: 'first' } });
  });

  it('names the columns that it ignores', async () => {
    const { principal } = demo.people.owner;
    const checked = await as(principal).imports.create(file('companies', 'Name,Shoe size\nA,42\n'));
    expect(checked.notes.map(({ text }) => text)).toContain('The column "Shoe size" is ignored.');
  });
});

describe('an import', () => {
  it('of an update writes what differs, tells of it, and leaves the rest', async () => {
    const { principal } = demo.people.owner;
    const header = 'External id,Name,Stage,Status,Amount,Currency,Tags,Close date\n';
    await bringIn(principal, 'deals', `${header}u1,Up,Proposal,,10,AED,a;b,2026-05-01\nu2,Same,Lead,,,,,\n`);
    const before = await as(principal).deals.list({ q: 'Same', limit: 5 });
    const done = await bringIn(
      principal,
      'deals',
      `${header}u1,Up,Closed,Won,12.5,AED,c,2026-06-01\nu2,Same,Lead,,,,,\n`,
    );
    expect(done).toMatchObject({ rowsUpdated: 1, rowsUnchanged: 1, rowsRefused: 0 });
    const [deal] = (await as(principal).deals.list({ q: 'Up', limit: 5 })).items;
    expect(deal).toMatchObject({
      stage: 'CLOSED',
      status: 'WON',
      probability: 100,
      amount: { amount: '12.50', currency: 'AED' },
      tags: ['a', 'b', 'c'],
      expectedCloseOn: '2026-05-01',
      closedOn: '2026-06-01',
      version: 2,
    });
    const told = await as(principal).activities.list({ dealId: deal?.id });
    expect(told.items.map(({ type }) => type).sort()).toEqual([
      'DEAL_CREATED',
      'DEAL_STAGE_CHANGED',
      'DEAL_UPDATED',
      'DEAL_WON',
    ]);
    expect((await as(principal).deals.list({ q: 'Same', limit: 5 })).items).toEqual(before.items);
  });

  it('refuses a row whose stage and status contradict', async () => {
    const { principal } = demo.people.owner;
    const text =
      'External id,Name,Stage,Status,Closed on\ns1,A,Closed,,\ns2,B,Lead,Won,\ns3,C,Lead,,2026-01-01\n';
    const { id: importId } = await as(principal).imports.create(file('deals', text));
    const { items } = await as(principal).imports.refusals({ importId });
    expect(items.map(({ reasons }) => reasons)).toEqual([
      ['A closed deal is won or lost: send status WON or LOST.'],
      ['Only a closed deal is won: send stage CLOSED with it.'],
      ['A deal in stage LEAD is open and has no day of closing.'],
    ]);
  });

  it('refuses a row whose record is in the recycle bin', async () => {
    const { principal } = demo.people.owner;
    await bringIn(principal, 'companies', 'External id,Name\nbin1,Binned\n');
    const [company] = (await as(principal).companies.list({ q: 'Binned', limit: 1 })).items;
    await as(principal).companies.archive({ companyId: company?.id ?? '' });
    const done = await bringIn(principal, 'companies', 'External id,Name\nbin1,Binned again\n');
    const { items } = await as(principal).imports.refusals({ importId: done.id });
    expect(items[0]?.reasons).toEqual(['The company "bin1" is in the recycle bin; restore it first.']);
  });

  it('finds contacts by any of their addresses', async () => {
    const { principal } = demo.people.owner;
    await bringIn(
      principal,
      'contacts',
      'First name,Last name,email_work,email_home\nEd,Two,ed@a.test,ed@b.test\n',
    );
    const done = await bringIn(principal, 'contacts', 'First name,Last name,Email\nEdward,Two,ED@b.test\n');
    expect(done).toMatchObject({ rowsCreated: 0, rowsUpdated: 1 });
    const [contact] = (await as(principal).contacts.list({ q: 'Edward', limit: 1 })).items;
    expect(contact?.emails).toHaveLength(3);
  });

  it('gives rows the brand that was chosen for the file', async () => {
    const { principal } = demo.people.member;
    for (const [brand, rowsCreated] of [
      ['first', 1],
      ['First of demo', 0],
      [demo.brands.first, 0],
    ] as const) {
      const given = { ...file('companies', 'Name\nOf the first brand\n'), overrides: { brand } };
      expect(await importFile(world.jobsDb, principal, given)).toMatchObject({ rowsRefused: 0, rowsCreated });
    }
    const other = { ...file('companies', 'Name\nOf the second\n'), overrides: { brand: 'second' } };
    expect(await importFile(world.jobsDb, principal, other)).toMatchObject({ rowsRefused: 1 });
    const { items } = await as(demo.people.client.principal).companies.list({
      q: 'Of the first brand',
      limit: 5,
    });
    expect(items).toMatchObject([{ brandId: demo.brands.first, createdById: demo.people.member.userId }]);
  });

  it('runs once: a second run, a stop and a resume of what is done are refused', async () => {
    const { principal } = demo.people.owner;
    const done = await bringIn(principal, 'companies', 'Name\nOnce\n');
    for (const verb of ['run', 'stop', 'resume'] as const)
      await expect(as(principal).imports[verb]({ importId: done.id })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    await expect(as(principal).imports.recheck({ importId: done.id })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(as(principal).imports.preview({ importId: done.id })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('over 20 MiB is refused', async () => {
    const { principal } = demo.people.owner;
    const content = Buffer.alloc(20 * 1024 * 1024 + 1, 'a');
    await expect(
      as(principal).imports.create({ kind: 'companies', fileName: 'x.csv', content }),
    ).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('takes bytes and no JSON in their place', async () => {
    const { principal } = demo.people.owner;
    const content = { 0: 97, length: 1 } as unknown as Uint8Array;
    await expect(
      as(principal).imports.create({ kind: 'companies', fileName: 'x.csv', content }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('who may import', () => {
  it('a viewer reads imports and starts none', async () => {
    const viewer = as(demo.people.viewer.principal);
    expect((await viewer.imports.list({ limit: 1 })).items).toHaveLength(1);
    await expect(viewer.imports.create(file('companies', 'Name\nA\n'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it("a client's login reaches no import", async () => {
    const client = as(demo.people.client.principal);
    await expect(client.imports.list({ limit: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.imports.create(file('companies', 'Name\nA\n'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it("another's import is not there: for a foreign agency, and for a member who did not upload it", async () => {
    const { id: importId } = await as(demo.people.owner.principal).imports.create(
      file('companies', 'Name\nMine\n'),
    );
    for (const { principal } of [world.rival.people.owner, demo.people.member]) {
      const other = as(principal);
      for (const verb of [
        'byId',
        'run',
        'stop',
        'resume',
        'refusals',
        'refusalsFile',
        'recheck',
        'preview',
      ] as const)
        await expect(other.imports[verb]({ importId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const { items } = await other.imports.list({ limit: 200 });
      expect(items.map(({ id }) => id)).not.toContain(importId);
    }
  });

  it("a member's import reaches no record that the member does not see", async () => {
    const { principal: owner } = demo.people.owner;
    await bringIn(owner, 'companies', 'External id,Name\nhidden1,Hidden\n');
    const member = demo.people.unassigned.principal;
    const done = await bringIn(member, 'companies', 'External id,Name\nhidden1,Taken over\nown1,Own\n');
    expect(done).toMatchObject({ rowsCreated: 1, rowsUpdated: 0, rowsRefused: 1 });
    const { items } = await as(member).imports.refusals({ importId: done.id });
    expect(items[0]?.reasons).toEqual([
      'The external id of "hidden1" belongs to a company that is not yours to see or change.',
    ]);
    expect((await as(owner).companies.list({ q: 'Taken over', limit: 5 })).items).toEqual([]);
    const deals = await bringIn(member, 'deals', 'Name,Company\nD,Hidden\n');
    expect(deals.rowsRefused).toBe(1);
  });

  it('somebody who lost the right meanwhile brings nothing in', async () => {
    const { principal, userId } = demo.people.admin;
    const { id: importId } = await as(principal).imports.create(file('companies', 'Name\nToo late\n'));
    await as(principal).imports.run({ importId });
    const setRole = (role: string) =>
      world.ownerDb.pool.query('update memberships set role = $1 where user_id = $2', [role, userId]);
    await setRole('VIEWER');
    const failed = await run(principal, importId);
    await setRole('ADMIN');
    expect(failed).toMatchObject({ status: 'FAILED', rowsDone: 0 });
    expect(failed.error).toContain('may no longer import');
    await as(principal).imports.resume({ importId });
    expect(await run(principal, importId)).toMatchObject({ status: 'DONE', rowsCreated: 1 });
  });
});

describe('the guide for mappings', () => {
  it('names every field, its words and the mappings that are known', async () => {
    const guide = await as(demo.people.owner.principal).imports.mappings();
    expect(guide.kinds.map(({ kind }) => kind)).toEqual(['companies', 'contacts', 'deals', 'creators']);
    const stage = guide.kinds[2]?.fields.find(({ field }) => field === 'stage');
    expect(stage?.words).toEqual(['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED']);
    expect(guide.builtIn).toHaveLength(2);
  });
});
