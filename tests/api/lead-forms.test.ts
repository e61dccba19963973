import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, type PersonName, type World } from '../support/world.ts';
import { createWebhookWorld, forget } from './webhook-requests.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWebhookWorld(database());
});
afterAll(() => world.close());
beforeEach(() => forget(world));

const as = (person: PersonName = 'admin') => caller(world, world.demo.people[person].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const make = () =>
  as().leadForms.createGoogleForm({ name: 'Spring offer', brandId: world.demo.brands.first });
const code = async (call: Promise<unknown>) => (await refusal(call)).code;
const EVERYBODY_ELSE: readonly PersonName[] = ['member', 'unassigned', 'viewer', 'client'];

describe('a key for Google’s lead forms', () => {
  it('has 256 random bits, is in one answer and in no row', async () => {
    const { key, address, id } = await make();
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    expect(address).toBe('http://spokestack.test/api/webhooks/google');
    expect(JSON.stringify(await as().leadForms.list())).not.toContain(key);
    const { rows } = await world.ownerDb.pool.query<{ row: string }>(
      `select f::text || coalesce((select string_agg(a::text, '') from activities a), '') as row from lead_forms f`,
    );
    expect(rows[0]?.row).not.toContain(key);
    const rotated = await as().leadForms.rotateKey({ leadFormId: id });
    expect(rotated.key).not.toBe(key);
    expect(rotated.previousKeyUntil).not.toBeNull();
    expect(
      (await as().leadForms.rotateKey({ leadFormId: id, keepsOldKey: false })).previousKeyUntil,
    ).toBeNull();
  });

  it('is told in the history without its value', async () => {
    const { id } = await make();
    await as().leadForms.rotateKey({ leadFormId: id });
    await as().leadForms.update({ leadFormId: id, name: 'Autumn', isActive: false });
    const { rows } = await world.ownerDb.pool.query<{ description: string; audience: string }>(
      `select description, audience from activities
        where type = 'LEAD_FORM_UPDATED' and metadata ->> 'leadFormId' = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { description: 'Lead form Spring offer added', audience: 'AGENCY' },
      { description: 'Lead form Spring offer given a new key', audience: 'AGENCY' },
      { description: 'Lead form Autumn changed', audience: 'AGENCY' },
    ]);
  });

  it('is a Google form’s alone', async () => {
    const page = await as().leadForms.createFacebookPage({ name: 'Page', pageId: '501' });
    expect(await refusedFields(as().leadForms.rotateKey({ leadFormId: page.id }))).toEqual([
      'invalid',
      'leadFormId',
    ]);
  });
});

describe('a Facebook page', () => {
  it('is named once in an agency, and by any other agency as well', async () => {
    await as().leadForms.createFacebookPage({ name: 'Page', pageId: '501' });
    expect(await code(as().leadForms.createFacebookPage({ name: 'Again', pageId: '501' }))).toBe('conflict');
    await asRival().leadForms.createFacebookPage({ name: 'Theirs', pageId: '501' });
    expect(await as().leadForms.list()).toMatchObject([{ name: 'Page', pageId: '501' }]);
  });

  it.each(['', 'page', '1 2', '-1', '123456789012345678901'])(
    'has a number, and %j is none',
    async (pageId) => {
      expect(await refusedFields(as().leadForms.createFacebookPage({ name: 'Page', pageId }))).toEqual([
        'invalid',
        'pageId',
      ]);
    },
  );
});

describe('a lead form', () => {
  it('is changed with the version that was read, and refused with an older one', async () => {
    const { id: leadFormId, version } = await make();
    const changed = await as().leadForms.update({ leadFormId, name: 'Autumn', expectedVersion: version });
    expect(changed).toMatchObject({ name: 'Autumn', version: version + 1 });
    for (const call of [
      () => as().leadForms.update({ leadFormId, name: 'Winter', expectedVersion: version }),
      () => as().leadForms.rotateKey({ leadFormId, expectedVersion: version }),
    ])
      expect(await code(call())).toBe('precondition');
    expect(await as().leadForms.update({ leadFormId, name: 'Autumn' })).toMatchObject({
      version: version + 1,
    });
  });

  it('takes no brand and no owner of another agency, and no field that it does not know', async () => {
    const { id: leadFormId } = await make();
    const brandId = world.rival.brands.first;
    const ownerId = world.rival.people.owner.userId;
    expect(await refusedFields(as().leadForms.update({ leadFormId, brandId }))).toEqual([
      'invalid',
      'brandId',
    ]);
    expect(await refusedFields(as().leadForms.createGoogleForm({ name: 'x', ownerId }))).toEqual([
      'invalid',
      'ownerId',
    ]);
    const unknown = { name: 'x', keyHash: 'y' } as { name: string };
    expect(await refusedFields(as().leadForms.createGoogleForm(unknown))).toEqual(['invalid', 'keyHash']);
    expect(await refusedFields(as().leadForms.createGoogleForm({ name: '  ' }))).toEqual(['invalid', 'name']);
  });

  it('of another agency is not there, as one that nobody has', async () => {
    const { id } = await make();
    for (const leadFormId of [id, randomUUID()]) {
      expect(await code(asRival().leadForms.update({ leadFormId, name: 'x' }))).toBe('not_found');
      expect(await code(asRival().leadForms.rotateKey({ leadFormId }))).toBe('not_found');
    }
    expect(await asRival().leadForms.list()).toEqual([]);
  });

  it.each(EVERYBODY_ELSE)('is nothing of a %s’s', async (person) => {
    const { id: leadFormId } = await make();
    const api = as(person).leadForms;
    for (const call of [
      () => api.list(),
      () => api.addresses(),
      () => api.createGoogleForm({ name: 'x' }),
      () => api.createFacebookPage({ name: 'x', pageId: '1' }),
      () => api.update({ leadFormId, name: 'x' }),
      () => api.rotateKey({ leadFormId }),
    ])
      expect(await code(call())).toBe('forbidden');
  });

  it('says what this installation lacks', async () => {
    expect(await as().leadForms.addresses()).toEqual({
      google: { isOn: true, address: 'http://spokestack.test/api/webhooks/google' },
      meta: {
        isOn: true,
        address: 'http://spokestack.test/api/webhooks/meta',
        hasVerifyToken: true,
        canReadLeads: false,
      },
    });
  });
});
