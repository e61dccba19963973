import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { makeCreator } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const nobody = () => caller(world, null);
const tokenIn = (url: string) => url.split('/').at(-1) ?? '';

async function assigned(terms: object = {}) {
  const brandId = world.demo.brands.first;
  const campaign = await as('owner').campaigns.create({
    ...{ name: `Glow ${randomUUID()}`, brandId, description: 'A summer of light.' },
    ...{ startsOn: '2026-11-01', endsOn: '2026-11-30', hashtags: ['glow'], mentions: ['glowme'] },
  });
  const { creatorId } = await makeCreator(world, world.demo, { brandId });
  const ref = { campaignId: campaign.id, creatorId };
  await as('owner').campaignCreators.assign({
    ...ref,
    fee: '900',
    deliverables: [{ platform: 'INSTAGRAM', type: 'REEL', count: 2, dueOn: '2026-11-10' }],
    ...terms,
  });
  return ref;
}

type Ref = Awaited<ReturnType<typeof assigned>>;

async function send(ref: Ref, more: { showsFee?: boolean } = {}) {
  const sent = await as('member').campaignBriefs.send({ ...ref, subject: 'A brief', body: 'Do it', ...more });
  return { ...sent, token: tokenIn(sent.briefUrl) };
}

const statusOf = async (ref: Ref) => (await as('owner').campaignCreators.byId(ref)).status;

describe('a brief', () => {
  test('begins from the campaign, the deliverables, the days and the words of disclosure', async () => {
    const ref = await assigned();
    const draft = await as('member').campaignBriefs.draft(ref);
    expect(draft.subject).toMatch(/^Glow .*: a brief from Agency demo$/);
    for (const part of [
      'Hello Noor Haddad,',
      'from 1 November 2026 to 30 November 2026.',
      'A summer of light.',
      '- 2 × Instagram reel, by 10 November 2026',
      'Please use #glow @glowme in each post.',
      'for example with #ad',
    ])
      expect(draft.body).toContain(part);
    expect(draft.body).not.toContain('900');
  });

  test('keeps the terms of its day, and invites', async () => {
    const ref = await assigned();
    const { brief, briefUrl } = await send(ref);
    expect(brief).toMatchObject({ number: 1, state: 'OPEN', answers: [], sentByName: 'member of demo' });
    expect(briefUrl).toMatch(/\/briefs\/[\w-]{40,}$/);
    expect(await statusOf(ref)).toBe('INVITED');
    await as('owner').campaignCreators.update({ ...ref, fee: '1200', deliverables: [] });
    const { items } = await as('viewer').campaignBriefs.list(ref);
    expect(items[0]?.terms).toMatchObject({
      fee: { fee: { amount: '900.00', currency: 'AED' } },
      deliverables: [{ platform: 'INSTAGRAM', type: 'REEL', count: 2 }],
    });
    expect(JSON.stringify(items)).not.toContain(tokenIn(briefUrl));
    expect((await as('owner').campaignCreators.byId(ref)).brief).toMatchObject({ number: 1, answer: null });
  });

  test('is answered once, by its link alone, and its people are told', async () => {
    const ref = await assigned();
    const { token } = await send(ref);
    const opened = await nobody().briefInvitations.byToken({ token });
    expect(opened).toMatchObject({
      agencyName: 'Agency demo',
      creatorName: 'Noor Haddad',
      subject: 'A brief',
      askedBy: 'member of demo',
      closed: null,
      terms: { fee: null, deliverables: [{ type: 'REEL' }] },
    });
    const wordless = await refusal(nobody().briefInvitations.answer({ token, answer: 'QUESTION' }));
    expect(wordless.message).toBe('Write the question first.');
    await nobody().briefInvitations.answer({ token, answer: 'QUESTION', note: 'Which product?' });
    expect(await statusOf(ref)).toBe('INVITED');
    const answered = await nobody().briefInvitations.answer({ token, answer: 'ACCEPTED', note: 'With joy' });
    expect(answered.closed).toBe('This brief was accepted already.');
    expect(await statusOf(ref)).toBe('ACCEPTED');
    const again = await refusal(nobody().briefInvitations.answer({ token, answer: 'DECLINED' }));
    expect([again.code, again.message]).toEqual(['conflict', 'This brief was accepted already.']);
    const [brief] = (await as('viewer').campaignBriefs.list(ref)).items;
    expect(brief).toMatchObject({ state: 'ACCEPTED' });
    expect(brief?.openedAt).not.toBeNull();
    expect(brief?.answers).toMatchObject([
      { answer: 'QUESTION', note: 'Which product?', recordedByName: null },
      { answer: 'ACCEPTED', note: 'With joy', recordedByName: null },
    ]);
    const { items } = await as('member').notifications.list({});
    expect(items.filter(({ kind }) => kind === 'BRIEF_ANSWERED')).not.toHaveLength(0);
    const told = (await as('owner').activities.list({ campaignId: ref.campaignId })).items;
    expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(['BRIEF_SENT', 'BRIEF_ANSWERED']));
    const client = (await as('client').activities.list({ campaignId: ref.campaignId })).items;
    expect(client.filter(({ type }) => type.startsWith('BRIEF_'))).toEqual([]);
  });

  test('shows its fee where its sender chose to', async () => {
    const { token } = await send(await assigned(), { showsFee: true });
    const { terms } = await nobody().briefInvitations.byToken({ token });
    expect(terms.fee).toMatchObject({ feeType: 'FLAT', fee: { amount: '900.00', currency: 'AED' } });
  });

  test('that was declined is asked anew by a new one, and the old link decides nothing more', async () => {
    const ref = await assigned();
    const first = await send(ref);
    await nobody().briefInvitations.answer({ token: first.token, answer: 'DECLINED' });
    expect(await statusOf(ref)).toBe('DECLINED');
    const second = await send(ref);
    expect(second.brief.number).toBe(2);
    expect(await statusOf(ref)).toBe('INVITED');
    const third = await send(ref);
    expect((await refusal(nobody().briefInvitations.byToken({ token: second.token }))).code).toBe(
      'not_found',
    );
    expect((await nobody().briefInvitations.byToken({ token: third.token })).closed).toBeNull();
  });

  test('is answered by hand too, in the name of who writes it down', async () => {
    const ref = await assigned();
    const { brief } = await send(ref);
    const answered = await as('member').campaignBriefs.recordAnswer({
      ...{ campaignBriefId: brief.id, answer: 'ACCEPTED', note: 'By phone' },
    });
    expect(answered.answers).toMatchObject([{ answer: 'ACCEPTED', recordedByName: 'member of demo' }]);
    expect(await statusOf(ref)).toBe('ACCEPTED');
  });

  test('is not sent for work that has ended', async () => {
    const ref = await assigned();
    await as('owner').campaignCreators.update({ ...ref, status: 'CANCELLED' });
    expect((await refusal(send(ref))).message).toMatch(/The work is cancelled/);
  });
});

describe('a link', () => {
  test('that is unknown, withdrawn or expired says one and the same', async () => {
    const ref = await assigned();
    const withdrawn = await send(ref);
    await as('member').campaignBriefs.withdraw({ campaignBriefId: withdrawn.brief.id });
    const expired = await send(ref);
    await withTenant(world.ownerDb, jobPrincipal(world.demo.organizationId), 'write', (tx) =>
      sql`update campaign_briefs set expires_at = now() - interval '1 second' where id = ${expired.brief.id}::uuid`.execute(
        tx,
      ),
    );
    const said = async (token: string) => refusal(nobody().briefInvitations.byToken({ token }));
    const unknown = await said('x'.repeat(43));
    expect(unknown.code).toBe('not_found');
    expect(await said(withdrawn.token)).toEqual(unknown);
    expect(await said(expired.token)).toEqual(unknown);
    const answer = refusal(nobody().briefInvitations.answer({ token: expired.token, answer: 'ACCEPTED' }));
    expect(await answer).toEqual(unknown);
    const states = (await as('owner').campaignBriefs.list(ref)).items.map(({ state }) => state);
    expect(states).toEqual(['EXPIRED', 'WITHDRAWN']);
  });

  test('takes so many questions and no more', async () => {
    const { token, brief } = await send(await assigned());
    await withTenant(world.ownerDb, jobPrincipal(world.demo.organizationId), 'write', (tx) =>
      sql`insert into campaign_brief_answers (organization_id, campaign_brief_id, answer)
          select ${world.demo.organizationId}::uuid, ${brief.id}::uuid, 'QUESTION' from generate_series(1, 20)`.execute(
        tx,
      ),
    );
    const more = await refusal(nobody().briefInvitations.answer({ token, answer: 'QUESTION', note: '?' }));
    expect(more.message).toMatch(/more questions than fit here/);
    await nobody().briefInvitations.answer({ token, answer: 'ACCEPTED' });
  });
});

describe('briefs', () => {
  test('are nobody’s who may not change the work, and strict', async () => {
    const ref = await assigned();
    const { brief } = await send(ref);
    const letter = { subject: 'A', body: 'B' };
    const codeOf = async (made: Promise<unknown>) => (await refusal(made)).code;
    expect(await codeOf(as('viewer').campaignBriefs.send({ ...ref, ...letter }))).toBe('forbidden');
    expect(await codeOf(as('client').campaignBriefs.send({ ...ref, ...letter }))).toBe('forbidden');
    expect(await codeOf(as('client').campaignBriefs.list(ref))).toBe('forbidden');
    expect(await codeOf(as('unassigned').campaignBriefs.send({ ...ref, ...letter }))).toBe('not_found');
    expect(await codeOf(as('unassigned').campaignBriefs.list(ref))).toBe('not_found');
    const extra = { ...ref, ...letter, price: 1 };
    expect(await codeOf(as('owner').campaignBriefs.send(extra))).toBe('invalid');
    for (const campaignBriefId of [brief.id, randomUUID()]) {
      const answer = { campaignBriefId, answer: 'ACCEPTED' } as const;
      expect(await codeOf(asRival().campaignBriefs.recordAnswer(answer))).toBe('not_found');
      expect(await codeOf(asRival().campaignBriefs.withdraw({ campaignBriefId }))).toBe('not_found');
    }
    expect(await codeOf(as('unassigned').campaignBriefs.withdraw({ campaignBriefId: brief.id }))).toBe(
      'not_found',
    );
  });
});
