import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFile } from '../../server/domain/imports/import-file.ts';
import { mapping } from '../../server/domain/imports/mapping.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

type NewField = Parameters<ReturnType<typeof as>['customFields']['create']>[0];
const define = (field: Partial<NewField> & Pick<NewField, 'label'>) =>
  as('admin').customFields.create({ noun: 'COMPANY', kind: 'TEXT', ...field });
const keysOf = async (noun: NewField['noun']) =>
  (await as('viewer').customFields.list({ noun })).items.map(({ key }) => key);

describe('a new field', () => {
  test('stands last among its noun’s, under a key made of its label', async () => {
    const first = await define({ noun: 'CAMPAIGN', label: 'Größe des Étages!' });
    const second = await define({ noun: 'CAMPAIGN', label: 'Größe des Etages' });
    expect([first.key, second.key]).toEqual(['große_des_etages', 'große_des_etages_2']);
    expect(await keysOf('CAMPAIGN')).toEqual([first.key, second.key]);
    expect(await keysOf('CONTACT')).toEqual([]);
  });

  test('is refused to all but owners and admins, and to a client', async () => {
    for (const name of ['member', 'unassigned', 'viewer', 'client'] as const) {
      const call = as(name).customFields.create({ noun: 'COMPANY', label: 'x', kind: 'TEXT' });
      expect(await refusedFields(call)).toEqual(['forbidden']);
    }
  });

  test('is refused on a taken key, archived or not, and with options that do not fit its kind', async () => {
    const { id, key } = await define({ label: 'Taken' });
    expect(await refusedFields(define({ label: 'Other', key }))).toEqual(['conflict', 'key']);
    await as('admin').customFields.archive({ customFieldId: id });
    expect(await refusedFields(define({ label: 'Other', key }))).toEqual(['conflict', 'key']);
    expect(await refusedFields(define({ label: 'x', kind: 'CHOICE' }))).toEqual(['invalid', 'options']);
    expect(await refusedFields(define({ label: 'x', options: ['a'] }))).toEqual(['invalid', 'options']);
    expect(await refusedFields(define({ label: 'x', kind: 'CHOICE', options: ['a', 'a'] }))).toEqual([
      'invalid',
      'options',
    ]);
  });

  test('of one agency is nobody else’s', async () => {
    const { id, key } = await define({ label: 'Ours alone' });
    expect((await asRival('owner').customFields.list({})).items).toEqual([]);
    for (const customFieldId of [id, randomUUID()]) {
      const call = asRival('owner').customFields.update({ customFieldId, label: 'x' });
      expect((await refusal(call)).code).toBe('not_found');
    }
    const theirs = await asRival('owner').customFields.create({
      noun: 'COMPANY',
      label: 'x',
      kind: 'NUMBER',
      key,
    });
    expect(theirs.kind).toBe('NUMBER');
  });
});

describe('a value under a defined key', () => {
  const kinds = {
    v_text: ['TEXT', 'any', 12],
    v_number: ['NUMBER', 12.5, '12.5'],
    v_money: ['MONEY', { amount: '12.50', currency: 'AED' }, '12.50 AED'],
    v_date: ['DATE', '2026-02-28', '2026-02-30'],
    v_choice: ['CHOICE', 'b', 'c'],
    v_several: ['SEVERAL', ['a', 'b'], ['a', 'c']],
  } as const;

  beforeAll(async () => {
    for (const noun of ['COMPANY', 'CONTACT', 'DEAL', 'CAMPAIGN'] as const) {
      for (const [key, [kind]] of Object.entries(kinds)) {
        const options = kind === 'CHOICE' || kind === 'SEVERAL' ? { options: ['a', 'b'] } : {};
        await define({ noun, key, label: key, kind, ...options });
      }
      await define({ noun, key: 'v_user', label: 'User', kind: 'USER' });
    }
  });

  const good = () => ({
    ...Object.fromEntries(Object.entries(kinds).map(([key, [, value]]) => [key, value])),
    v_user: world.demo.people.member.userId,
    undefined_key: [1, 2].map(String),
  });

  test('is kept where it fits, on every noun, and a key without a field is kept as it was sent', async () => {
    const customFields = good();
    const person = { firstName: 'A', lastName: 'B' };
    const made = await Promise.all([
      as('member').companies.create({ name: 'x', customFields }),
      as('member').contacts.create({ ...person, customFields }),
      as('member').deals.create({ name: 'x', customFields }),
      as('member').campaigns.create({ name: 'x', customFields }),
    ]);
    for (const record of made) expect(record.customFields).toEqual(customFields);
  });

  test('is refused where it does not fit, each at its own key', async () => {
    const wrong = {
      ...Object.fromEntries(Object.entries(kinds).map(([key, [, , value]]) => [key, value])),
      v_user: world.rival.people.owner.userId,
    };
    const paths = Object.keys(wrong).map((key) => `customFields.${key}`);
    const calls = [
      () => as('owner').companies.create({ name: 'Refused', customFields: wrong }),
      () => as('owner').deals.create({ name: 'Refused', customFields: wrong }),
      () => as('owner').campaigns.create({ name: 'Refused', customFields: wrong }),
      () => as('owner').contacts.create({ firstName: 'A', lastName: 'B', customFields: wrong }),
    ];
    for (const call of calls) {
      const [code, ...fields] = await refusedFields(call());
      expect([code, fields.sort()]).toEqual(['invalid', paths.toSorted()]);
    }
    expect((await as('owner').companies.list({ q: 'Refused' })).items).toEqual([]);
  });

  test('is changed alone, and null takes it away', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'x', customFields: good() });
    const changed = await as('owner').companies.update({
      companyId,
      customFields: { v_number: 13, v_text: null },
    });
    const expected: Record<string, unknown> = { ...good(), v_number: 13 };
    delete expected.v_text;
    expect(changed.customFields).toEqual(expected);
    const call = as('owner').companies.update({ companyId, customFields: { v_number: 'thirteen' } });
    expect(await refusedFields(call)).toEqual(['invalid', 'customFields.v_number']);
  });

  test('that was there before its field stays, and is judged when it changes', async () => {
    const { id: companyId } = await as('owner').companies.create({
      name: 'x',
      customFields: { later: 'old' },
    });
    await define({ key: 'later', label: 'Later', kind: 'NUMBER' });
    const renamed = await as('owner').companies.update({
      companyId,
      name: 'y',
      customFields: { later: 'old' },
    });
    expect(renamed).toMatchObject({ name: 'y', customFields: { later: 'old' } });
    const call = as('owner').companies.update({ companyId, customFields: { later: 'new' } });
    expect(await refusedFields(call)).toEqual(['invalid', 'customFields.later']);
  });

  test('is read from a file by its kind, with a reason for each that does not fit', async () => {
    const { principal } = world.demo.people.admin;
    const header = 'Name,n,m,d,c,s,u';
    const rows = [
      'Fits,"1,234.5",AED 1200.50,28/02/2026,B,a; b,member@demo.test',
      'Fits not,x,12 pounds,2026-02-30,z,a; z,nobody',
    ];
    const done = await importFile(world.jobsDb, principal, {
      kind: 'companies',
      fileName: 'companies.csv',
      content: Buffer.from([header, ...rows].join('\n')),
      overrides: {},
      mapping: mapping.parse({
        kind: 'companies',
        dateOrder: 'D/M/Y',
        columns: {
          Name: 'name',
          n: 'custom:v_number',
          m: 'custom:v_money',
          d: 'custom:v_date',
          c: 'custom:v_choice',
          s: 'custom:v_several',
          u: 'custom:v_user',
        },
      }),
    });
    expect(done).toMatchObject({ rowsCreated: 1, rowsRefused: 1 });
    const { items } = await as('admin').companies.list({ q: 'Fits' });
    expect(items[0]?.customFields).toEqual({
      v_number: 1234.5,
      v_money: { amount: '1200.50', currency: 'AED' },
      v_date: '2026-02-28',
      v_choice: 'b',
      v_several: ['a', 'b'],
      v_user: world.demo.people.member.userId,
    });
    const refused = await as('admin').imports.refusals({ importId: done.id, limit: 5 });
    expect(refused.items[0]?.reasons.map((reason) => reason.split(':')[0])).toEqual([
      'n',
      'm',
      'd',
      'c',
      's',
      'u',
    ]);
  });
});

describe('an option that goes away', () => {
  test('says what becomes of the records that say it, and they tell of it', async () => {
    const key = 'tier';
    const field = await define({ label: 'Tier', key, kind: 'SEVERAL', options: ['gold', 'silver', 'tin'] });
    const make = (tiers: string[]) =>
      as('owner').companies.create({ name: tiers.join(), customFields: { [key]: tiers, other: 'stays' } });
    const [both, tin, silver] = [await make(['gold', 'silver']), await make(['tin']), await make(['silver'])];
    const rename = { customFieldId: field.id, options: ['platinum', 'silver'] };
    const { code, message } = await refusal(as('admin').customFields.update(rename));
    expect([code, message]).toEqual(['invalid', expect.stringContaining('“gold” (1), “tin” (1)')]);
    const changed = await as('admin').customFields.update({
      ...rename,
      replacements: { gold: 'platinum', tin: null },
    });
    expect(changed).toMatchObject({ options: ['platinum', 'silver'], changedRecords: 2 });
    const now = async (companyId: string) => as('owner').companies.byId({ companyId });
    expect(await now(both.id)).toMatchObject({
      customFields: { [key]: ['platinum', 'silver'], other: 'stays' },
      version: 2,
    });
    expect((await now(tin.id)).customFields).toEqual({ other: 'stays' });
    expect((await now(silver.id)).version).toBe(1);
    const { items } = await as('owner').activities.list({ companyId: both.id });
    expect(items[0]).toMatchObject({
      type: 'COMPANY_UPDATED',
      metadata: {
        changes: { 'customFields.tier': { from: ['gold', 'silver'], to: ['platinum', 'silver'] } },
      },
    });
  });

  test('is refused with a replacement that is none, or for one that stays', async () => {
    const { id: customFieldId } = await define({ label: 'Size', kind: 'CHOICE', options: ['s', 'l'] });
    const update = (replacements: Record<string, string | null>) =>
      refusedFields(as('admin').customFields.update({ customFieldId, options: ['s'], replacements }));
    expect(await update({ l: 'xl' })).toEqual(['invalid', 'replacements']);
    expect(await update({ s: null })).toEqual(['invalid', 'replacements']);
  });
});

describe('a field', () => {
  test('takes another place, and the others make room', async () => {
    const fields = [];
    for (const label of ['one', 'two', 'three']) fields.push(await define({ noun: 'DEAL', label }));
    const before = await keysOf('DEAL');
    const last = fields[2];
    await as('admin').customFields.update({ customFieldId: last?.id ?? '', position: 0 });
    expect(await keysOf('DEAL')).toEqual(['three', ...before.filter((key) => key !== 'three')]);
  });

  test('that is archived leaves lists and keeps its records’ values, until it is restored', async () => {
    const { id: customFieldId, key } = await define({ noun: 'CONTACT', label: 'Gone', kind: 'NUMBER' });
    const contact = await as('owner').contacts.create({
      firstName: 'A',
      lastName: 'B',
      customFields: { [key]: 1 },
    });
    await as('owner').customFields.archive({ customFieldId });
    expect(await keysOf('CONTACT')).not.toContain(key);
    expect((await as('owner').contacts.byId({ contactId: contact.id })).customFields).toEqual({ [key]: 1 });
    const { items } = await as('owner').customFields.list({ noun: 'CONTACT', deleted: true });
    expect(items.map(({ id }) => id)).toEqual([customFieldId]);
    await as('owner').customFields.restore({ customFieldId });
    expect(await keysOf('CONTACT')).toContain(key);
  });

  test('is refused with a version that moved on', async () => {
    const { id: customFieldId } = await define({ label: 'Stale' });
    await as('admin').customFields.update({ customFieldId, label: 'Newer', expectedVersion: 1 });
    const stale = as('admin').customFields.update({ customFieldId, label: 'Older', expectedVersion: 1 });
    expect((await refusal(stale)).code).toBe('precondition');
    const archive = as('admin').customFields.archive({ customFieldId, expectedVersion: 1 });
    expect((await refusal(archive)).code).toBe('precondition');
  });
});

describe('a key in use without a field', () => {
  test('is counted, with examples and the kind that fits all its values', async () => {
    for (const employees of [12, 40]) {
      await as('owner').companies.create({ name: 'Uses', customFields: { employees, list: ['x'] } });
    }
    const uses = await as('admin').customFields.uses({ noun: 'COMPANY' });
    expect(uses.find(({ key }) => key === 'employees')).toEqual({
      key: 'employees',
      count: 2,
      isDefined: false,
      suggestedKind: 'NUMBER',
      examples: ['12', '40'],
    });
    expect(uses.find(({ key }) => key === 'list')?.suggestedKind).toBe('SEVERAL');
    expect(await refusedFields(as('member').customFields.uses({ noun: 'COMPANY' }))).toEqual(['forbidden']);
  });
});
