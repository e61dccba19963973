import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobServices } from '../../jobs/services.ts';
import { fetchLeads } from '../../jobs/tasks/fetch-leads.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectMeta, TestClock, useMeta } from '../support/meta.ts';
import { ALL_PLATFORMS } from '../support/platforms.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import {
  drain,
  fillInAtMeta,
  forgetWebhooks,
  leadgen,
  PHYLLO,
  receiveGoogle,
  receiveMeta,
  servicesOf,
} from './webhook-flow.ts';

const PAGE = '138124712925158';
const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let services: JobServices;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now, settings: { ...ALL_PLATFORMS, ...PHYLLO } });
  services = servicesOf(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await forgetWebhooks(world);
  await world.ownerDb.pool.query('delete from ad_accounts');
  await world.ownerDb.pool.query('delete from oauth_connections');
  sandbox.state.meta.leads.clear();
});

const as = () => caller(world, world.demo.people.admin.principal);

async function googleForm(brandId: string | null = world.demo.brands.first) {
  const ownerId = world.demo.people.member.userId;
  return as().leadForms.createGoogleForm({ name: 'Spring offer', brandId, ownerId });
}

const page = () => as().leadForms.createFacebookPage({ name: 'Our page', pageId: PAGE });

async function contacts() {
  return (await as().contacts.list({ sort: 'createdAt' })).items;
}

async function events() {
  return (await as().webhooks.list({})).items;
}

async function notes(contactId: string): Promise<string[]> {
  return (await as().notes.list({ contactId })).items.map(({ content }) => content);
}

const JANE = { FULL_NAME: 'Jane van der Berg', EMAIL: 'jane@example.com', PHONE_NUMBER: '+971501234567' };

describe('a lead of Google', () => {
  it('is a new contact with the form’s brand and owner, its answers as a note, and a line on the timeline', async () => {
    const { key, id: leadFormId } = await googleForm();
    await receiveGoogle(world, {
      ...{ key, leadId: 'L1' },
      answers: { ...JANE, JOB_TITLE: 'Head of [marketing](user:1)', 'Which dealership?': 'دبي – *North*' },
    });
    await drain(world, services);
    const [contact, ...others] = await contacts();
    expect(others).toEqual([]);
    expect(contact).toMatchObject({
      ...{ firstName: 'Jane', lastName: 'van der Berg', type: 'LEAD', source: 'Google lead form' },
      ...{ emails: ['jane@example.com'], phones: ['+971501234567'], brandId: world.demo.brands.first },
      ...{ ownerId: world.demo.people.member.userId, createdById: null },
    });
    const contactId = contact?.id ?? '';
    expect(await notes(contactId)).toEqual([
      [
        'Lead from the Google lead form “Spring offer”',
        '',
        '- Full name: Jane van der Berg',
        '- Email: jane@example.com',
        '- Phone number: +971501234567',
        '- Job title: Head of \\[marketing\\] (user:1)',
        '- Which dealership?: دبي – \\*North\\*',
        '',
        'form 123456789012345678 · campaign 9007199254740993',
      ].join('\n'),
    ]);
    const { items } = await as().activities.list({ contactId });
    expect(items.map(({ type }) => type).sort()).toEqual(['CONTACT_CREATED', 'LEAD_RECEIVED', 'NOTE_ADDED']);
    expect(await events()).toMatchObject([
      {
        ...{
          source: 'GOOGLE',
          name: 'lead',
          state: 'HANDLED',
          summary: 'A new contact was made.',
          attempts: 1,
        },
        contact: { id: contactId, name: 'Jane van der Berg' },
        leadForm: { id: leadFormId },
      },
    ]);
    expect(await as().leadForms.list()).toMatchObject([{ leadCount: 1 }]);
  });

  it('that is a test is shown and makes no contact, each time that somebody presses the button', async () => {
    const { key } = await googleForm();
    for (const _press of [1, 2]) {
      await receiveGoogle(world, { key, leadId: 'TeSt', answers: JANE, isTest: true });
      await receiveGoogle(world, { key, leadId: 'TeSt', answers: JANE, isTest: true });
      clock.at = new Date(clock.at.getTime() + 61_000);
    }
    await drain(world, services);
    expect(await contacts()).toEqual([]);
    expect((await events()).map(({ state, name }) => [state, name])).toEqual([
      ['HANDLED', 'lead (test)'],
      ['HANDLED', 'lead (test)'],
    ]);
  });

  it('of a person who is here already is a note on them, and fills what they lack', async () => {
    const made = await as().contacts.create({ firstName: 'J', lastName: 'B', emails: ['JANE@example.com'] });
    const { key } = await googleForm();
    await receiveGoogle(world, { key, leadId: 'L1', answers: JANE });
    await drain(world, services);
    const [contact, ...others] = await contacts();
    expect(others).toEqual([]);
    expect(contact).toMatchObject({
      ...{ id: made.id, firstName: 'J', emails: ['JANE@example.com'], phones: ['+971501234567'] },
      brandId: world.demo.brands.first,
    });
    expect(await notes(made.id)).toHaveLength(1);
    expect((await events())[0]?.summary).toBe('Added to a contact who was here already.');
  });

  it('of a person whom another brand has is that brand’s secret no more than before: a contact of its own', async () => {
    const { second } = world.demo.brands;
    const emails = ['jane@example.com'];
    const other = await as().contacts.create({ firstName: 'J', lastName: 'B', emails, brandId: second });
    const { key } = await googleForm();
    await receiveGoogle(world, { key, leadId: 'L1', answers: JANE });
    await drain(world, services);
    expect(await contacts()).toHaveLength(2);
    expect(await notes(other.id)).toEqual([]);
  });

  it('twice, by whichever key and in whichever order, is one contact; another lead of the person a second note', async () => {
    const { key } = await googleForm();
    const { key: otherKey } = await googleForm();
    await receiveGoogle(world, { key, leadId: 'L1', answers: JANE });
    await receiveGoogle(world, { key: otherKey, leadId: 'L1', answers: JANE });
    await receiveGoogle(world, { key, leadId: 'L2', answers: JANE });
    await drain(world, services);
    const [contact, ...others] = await contacts();
    expect(others).toEqual([]);
    expect(await notes(contact?.id ?? '')).toHaveLength(2);
    expect((await events()).every(({ state }) => state === 'HANDLED')).toBe(true);
  });

  it('without a name, a valid address or a number is a contact all the same, with what was said', async () => {
    const { key } = await googleForm(null);
    await receiveGoogle(world, { key, leadId: 'L1', answers: { EMAIL: 'not an address', FULL_NAME: '  ' } });
    await receiveGoogle(world, { key, leadId: 'L2', answers: { EMAIL: 'mona@example.com' } });
    await drain(world, services);
    expect((await contacts()).map(({ name, emails }) => [name, emails]).sort()).toEqual([
      ['mona —', ['mona@example.com']],
      ['— —', []],
    ]);
  });

  it('whose form’s owner left and whose brand was put away belongs to nobody', async () => {
    const { key } = await googleForm();
    const { pool } = world.ownerDb;
    const { userId } = world.demo.people.member;
    await pool.query('update memberships set is_active = false where user_id = $1', [userId]);
    await pool.query('update organizations set is_active = false where id = $1', [world.demo.brands.first]);
    await receiveGoogle(world, { key, leadId: 'L1', answers: JANE });
    await drain(world, services);
    await pool.query('update memberships set is_active = true where user_id = $1', [userId]);
    await pool.query('update organizations set is_active = true where id = $1', [world.demo.brands.first]);
    expect(await contacts()).toMatchObject([{ ownerId: null, brandId: null }]);
  });

  it('sent with the key of before counts for two days after a new one was made, unless that is to end at once', async () => {
    const { key, id: leadFormId } = await googleForm();
    const { key: second } = await as().leadForms.rotateKey({ leadFormId });
    await receiveGoogle(world, { key, leadId: 'L1', answers: JANE });
    const { key: third } = await as().leadForms.rotateKey({ leadFormId, keepsOldKey: false });
    for (const old of [key, second])
      await expect(receiveGoogle(world, { key: old, leadId: 'L2', answers: JANE })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    await receiveGoogle(world, { key: third, leadId: 'L3', answers: JANE });
    await as().leadForms.update({ leadFormId, isActive: false });
    await expect(receiveGoogle(world, { key: third, leadId: 'L4', answers: JANE })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('a lead of Meta', () => {
  const NURIA = {
    full_name: 'Núria Ábalos-Østergård',
    email: 'nuria@example.com',
    'which_service?': ['Influencer campaign', 'Paid social'],
  };

  it('is read from Meta with the agency’s own grant', async () => {
    await connectMeta(world, world.demo.people.owner);
    await page();
    const leadId = await fillInAtMeta({ pageId: PAGE, fields: NURIA });
    expect(Number.isSafeInteger(Number(leadId))).toBe(false);
    await receiveMeta(world, PAGE, leadgen(leadId, PAGE));
    await drain(world, services);
    const [contact] = await contacts();
    expect(contact).toMatchObject({
      ...{ firstName: 'Núria', lastName: 'Ábalos-Østergård', source: 'Meta lead ad', type: 'LEAD' },
    });
    expect((await notes(contact?.id ?? ''))[0]).toContain(
      '- Which service?: Influencer campaign, Paid social',
    );
    expect(await events()).toMatchObject([{ name: 'leadgen', nativeId: leadId, state: 'HANDLED' }]);
  });

  it('that nobody may read waits for a person, who drives it again', async () => {
    await page();
    const leadId = await fillInAtMeta({ pageId: PAGE, fields: NURIA });
    await receiveMeta(world, PAGE, leadgen(leadId, PAGE));
    await drain(world, services);
    const [dead] = await events();
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 1 });
    expect(dead?.summary).toContain('Meta is not connected');
    expect(await as().webhooks.overview()).toMatchObject({ deadCount: 1, eldestDeadAt: dead?.receivedAt });
    await connectMeta(world, world.demo.people.owner, { scopes: ['ads_read'] });
    await as().webhooks.redrive({ webhookEventId: dead?.id ?? '' });
    await drain(world, services);
    expect((await events())[0]?.summary).toContain('Nobody who connected Meta may read this lead');
    await connectMeta(world, world.demo.people.owner);
    expect(await as().webhooks.redriveAll({ source: 'META' })).toEqual({ count: 1 });
    await drain(world, services);
    expect(await events()).toMatchObject([{ state: 'HANDLED', attempts: 1 }]);
    expect(await contacts()).toHaveLength(1);
  });

  it('is asked for again after a time where Meta has trouble', async () => {
    await connectMeta(world, world.demo.people.owner);
    await page();
    const leadId = await fillInAtMeta({ pageId: PAGE, fields: NURIA });
    await receiveMeta(world, PAGE, leadgen(leadId, PAGE));
    sandbox.state.faults.arm({ platform: 'meta', kind: 'error_500', match: leadId });
    await drain(world, services);
    const [failed] = await events();
    expect(failed).toMatchObject({ state: 'FAILED', attempts: 1, settledAt: null });
    expect(new Date(failed?.nextAttemptAt ?? 0).getTime()).toBeGreaterThan(Date.now());
    sandbox.state.clearFaults();
    await drain(world, services);
    expect(await events()).toMatchObject([{ state: 'HANDLED', attempts: 2 }]);
  });

  it('that no webhook told of is found by the hour, once', async () => {
    await connectMeta(world, world.demo.people.owner);
    const { id: leadFormId } = await page();
    const ref = { organizationId: world.demo.organizationId, leadFormId };
    const fields = (name: string) => ({ full_name: name, email: `${name}@example.com` });
    const first = await fillInAtMeta({ pageId: PAGE, fields: fields('first') });
    await receiveMeta(world, PAGE, leadgen(first, PAGE));
    await drain(world, services);
    const lost = await fillInAtMeta({ pageId: PAGE, fields: fields('lost') });
    expect(await fetchLeads(services, ref)).toBe(1);
    expect(await fetchLeads(services, ref)).toBe(0);
    expect((await contacts()).map(({ firstName }) => firstName).sort()).toEqual(['first', 'lost']);
    await receiveMeta(world, PAGE, leadgen(lost, PAGE));
    await drain(world, services);
    expect(await contacts()).toHaveLength(2);
    expect((await events())[0]?.summary).toBe('This lead was in already.');
    expect(await as().leadForms.list()).toMatchObject([{ leadCount: 2, pollError: null }]);
  });

  it('whose event was given up is done once it is found by the hour', async () => {
    await connectMeta(world, world.demo.people.owner);
    const { id: leadFormId } = await page();
    const fields = { full_name: 'Ada Lovelace' };
    const seen = await fillInAtMeta({ pageId: PAGE, fields });
    await receiveMeta(world, PAGE, leadgen(seen, PAGE));
    await drain(world, services);
    const lost = await fillInAtMeta({ pageId: PAGE, fields });
    await receiveMeta(world, PAGE, leadgen(lost, PAGE));
    sandbox.state.faults.arm({ platform: 'meta', kind: 'error_500', match: lost });
    await drain(world, services);
    sandbox.state.clearFaults();
    await fetchLeads(services, { organizationId: world.demo.organizationId, leadFormId });
    expect((await events()).map(({ state }) => state)).toEqual(['HANDLED', 'HANDLED']);
  });

  it('says on its page what stands in the way of asking', async () => {
    await connectMeta(world, world.demo.people.owner);
    const { id: leadFormId } = await page();
    const leadId = await fillInAtMeta({ pageId: PAGE, fields: NURIA });
    await receiveMeta(world, PAGE, leadgen(leadId, PAGE));
    await drain(world, services);
    await world.ownerDb.pool.query(`delete from oauth_connections`);
    expect(await fetchLeads(services, { organizationId: world.demo.organizationId, leadFormId })).toBe(0);
    const [form] = await as().leadForms.list();
    expect(form?.pollError).toContain('Meta is not connected');
  });

  it('beside which Meta tells something else leaves that alone, and says so', async () => {
    await page();
    await receiveMeta(world, PAGE, { field: 'feed', value: { item: 'post' } });
    await drain(world, services);
    expect(await events()).toMatchObject([
      { name: 'feed', state: 'IGNORED', summary: 'SpokeStack does nothing about “feed”.' },
    ]);
  });
});
