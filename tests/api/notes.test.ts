import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let dealId: string;
beforeAll(async () => {
  world = await createWorld(database());
  const brandId = world.demo.brands.first;
  dealId = (await as('owner').deals.create({ name: 'Noted', brandId })).id;
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const idOf = (name: PersonName) => world.demo.people[name].userId;
const mention = (name: PersonName) => `[@${name} of demo](user:${idOf(name)})`;

describe('a new note', () => {
  test('says what was written, to the letter, and of whom and when', async () => {
    const content = '# Kick-off\n\n* <script>alert(1)</script>\n  "quotes" & ümläute 🎉';
    const note = await as('member').notes.create({ dealId, content });
    expect(note).toMatchObject({
      content,
      dealId,
      brandId: world.demo.brands.first,
      companyId: null,
      isPrivate: false,
      isShared: false,
      isEditable: true,
      createdById: idOf('member'),
      authorName: 'member of demo',
      mentions: [],
      attachments: [],
      unreached: [],
      isActive: true,
      version: 1,
    });
    const { unreached: _unreached, ...read } = note;
    expect(await as('admin').notes.byId({ noteId: note.id })).toEqual(read);
  });

  test('may be on a company, a contact and a campaign, and is found by each', async () => {
    const company = await as('owner').companies.create({ name: 'Noted' });
    const contact = await as('owner').contacts.create({ firstName: 'No', lastName: 'Ted' });
    const campaign = await as('owner').campaigns.create({ name: 'Noted' });
    const records = [{ companyId: company.id }, { contactId: contact.id }, { campaignId: campaign.id }];
    for (const of of records) {
      const note = await as('owner').notes.create({ ...of, content: 'Here' });
      expect((await as('owner').notes.list(of)).items.map(({ id }) => id)).toEqual([note.id]);
    }
  });

  test('without a record, without words, or of nothing known is refused at its field', async () => {
    expect(await refusedFields(as('owner').notes.create({ content: 'On nothing' }))).toEqual([
      'invalid',
      'companyId',
    ]);
    expect(await refusedFields(as('owner').notes.create({ dealId, content: ' \n ' }))).toEqual([
      'invalid',
      'content',
    ]);
    expect(
      await refusedFields(as('owner').notes.create({ dealId, content: 'x', title: 'y' } as never)),
    ).toEqual(['invalid', 'title']);
    const refusals = await Promise.all(
      [randomUUID(), (await asRival('owner').deals.create({ name: 'Theirs' })).id].map((id) =>
        refusal(as('owner').notes.create({ dealId: id, content: 'x' })),
      ),
    );
    expect(refusals[0]).toEqual(refusals[1]);
    expect(refusals[0]).toMatchObject({ code: 'invalid', issues: [{ path: 'dealId' }] });
  });

  test('of a viewer is refused, and of somebody who does not see the record as if it were not there', async () => {
    expect((await refusal(as('viewer').notes.create({ dealId, content: 'x' }))).code).toBe('forbidden');
    expect(await refusedFields(as('unassigned').notes.create({ dealId, content: 'x' }))).toEqual([
      'invalid',
      'dealId',
    ]);
    expect(await refusedFields(asRival('owner').notes.create({ dealId, content: 'x' }))).toEqual([
      'invalid',
      'dealId',
    ]);
  });

  test('of a client’s login is shared, and cannot be private', async () => {
    const note = await as('client').notes.create({ dealId, content: 'From the client' });
    expect(note).toMatchObject({ isShared: true, isPrivate: false, brandId: world.demo.brands.first });
    expect(await as('member').notes.byId({ noteId: note.id })).toMatchObject({ content: 'From the client' });
    expect(await refusedFields(as('client').notes.create({ dealId, content: 'x', isPrivate: true }))).toEqual(
      ['invalid', 'isPrivate'],
    );
  });

  test('cannot be private and shared at once', async () => {
    const both = { dealId, content: 'x', isPrivate: true, isShared: true };
    expect(await refusedFields(as('owner').notes.create(both))).toEqual(['invalid', 'isShared']);
  });
});

describe('a note', () => {
  test('is read by the agency, and by the client where it is shared', async () => {
    const inner = await as('owner').notes.create({ dealId, content: 'Inner' });
    const shared = await as('owner').notes.create({ dealId, content: 'Shared', isShared: true });
    for (const name of ['admin', 'member', 'viewer'] as const) {
      expect((await as(name).notes.byId({ noteId: inner.id })).content).toBe('Inner');
    }
    expect((await as('client').notes.byId({ noteId: shared.id })).content).toBe('Shared');
    const gone = await refusal(as('client').notes.byId({ noteId: randomUUID() }));
    expect(await refusal(as('client').notes.byId({ noteId: inner.id }))).toEqual(gone);
    expect(await refusal(as('unassigned').notes.byId({ noteId: inner.id }))).toEqual(gone);
    expect(await refusal(asRival('owner').notes.byId({ noteId: inner.id }))).toEqual(gone);
  });

  test('is changed by its author, those of its brand and those who see all, and by no client or viewer', async () => {
    const { id: noteId } = await as('owner').notes.create({ dealId, content: 'One', isShared: true });
    expect((await as('member').notes.update({ noteId, content: 'Two' })).content).toBe('Two');
    expect((await as('admin').notes.update({ noteId, content: 'Three' })).version).toBe(3);
    expect((await as('client').notes.byId({ noteId })).isEditable).toBe(false);
    expect((await refusal(as('client').notes.update({ noteId, content: 'Four' }))).code).toBe('forbidden');
    expect((await refusal(as('viewer').notes.update({ noteId, content: 'Four' }))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').notes.update({ noteId, content: 'x' }))).code).toBe('not_found');
    expect(await refusal(asRival('owner').notes.update({ noteId, content: 'x' }))).toEqual(
      await refusal(asRival('owner').notes.update({ noteId: randomUUID(), content: 'x' })),
    );
    const own = await as('client').notes.create({ dealId, content: 'Mine' });
    expect((await as('client').notes.update({ noteId: own.id, content: 'Still mine' })).content).toBe(
      'Still mine',
    );
  });

  test('whose record alone is somebody’s is read by them and not changed', async () => {
    const handed = await as('owner').deals.create({
      name: 'Handed',
      brandId: world.demo.brands.second,
      ownerId: idOf('unassigned'),
    });
    const { id: noteId } = await as('owner').notes.create({ dealId: handed.id, content: 'Read me' });
    expect(await as('unassigned').notes.byId({ noteId })).toMatchObject({ isEditable: false });
    expect((await refusal(as('unassigned').notes.update({ noteId, content: 'x' }))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').notes.archive({ noteId }))).code).toBe('forbidden');
    expect((await as('unassigned').notes.create({ dealId: handed.id, content: 'Mine' })).isEditable).toBe(
      true,
    );
  });

  test('that somebody changed since is not overwritten', async () => {
    const { id: noteId, version } = await as('owner').notes.create({ dealId, content: 'One' });
    await as('admin').notes.update({ noteId, content: 'Two', expectedVersion: version });
    expect(
      (await refusal(as('owner').notes.update({ noteId, content: 'Three', expectedVersion: version }))).code,
    ).toBe('precondition');
    const stale = as('owner').notes.update({ noteId, content: 'Three', base: { content: 'One' } });
    expect((await refusal(stale)).code).toBe('conflict');
    expect((await as('owner').notes.byId({ noteId })).content).toBe('Two');
    const other = await as('owner').notes.update({ noteId, isShared: true, base: { content: 'One' } });
    expect(other).toMatchObject({ content: 'Two', isShared: true });
  });

  test('goes to the recycle bin and comes back, once each', async () => {
    const { id: noteId } = await as('member').notes.create({ dealId, content: 'Short-lived' });
    expect((await as('member').notes.archive({ noteId })).isActive).toBe(false);
    await as('member').notes.archive({ noteId });
    const ids = async (deleted: boolean) =>
      (await as('owner').notes.list({ dealId, deleted, limit: 200 })).items.map(({ id }) => id);
    expect([(await ids(false)).includes(noteId), (await ids(true)).includes(noteId)]).toEqual([false, true]);
    expect((await as('member').notes.restore({ noteId })).isActive).toBe(true);
    const { items } = await as('owner').activities.list({ dealId, kinds: 'notes', limit: 200 });
    const types = items.filter((one) => one.noteId === noteId).map(({ type }) => type);
    expect(types).toEqual(['NOTE_RESTORED', 'NOTE_DELETED', 'NOTE_ADDED']);
    expect((await refusal(as('viewer').notes.archive({ noteId }))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').notes.restore({ noteId }))).code).toBe('not_found');
  });
});

describe('the list of notes', () => {
  test('is paged in one order, searched by words, and asked for what changed since', async () => {
    const deal = await as('owner').deals.create({ name: 'Listed' });
    const since = new Date().toISOString();
    for (const content of ['100% sure', 'Perhaps', 'Never']) {
      await as('owner').notes.create({ dealId: deal.id, content });
    }
    const of = { dealId: deal.id };
    const first = await as('owner').notes.list({ ...of, limit: 2 });
    const second = await as('owner').notes.list({ ...of, limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ content }) => content)).toEqual([
      'Never',
      'Perhaps',
      '100% sure',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await as('owner').notes.list({ ...of, q: '0% S' })).items).toHaveLength(1);
    expect((await as('owner').notes.list({ ...of, updatedSince: since })).items).toHaveLength(3);
    expect(await refusedFields(as('owner').notes.list({ creatorId: randomUUID() } as object))).toEqual([
      'invalid',
      'creatorId',
    ]);
  });
});

describe('a mention', () => {
  test('is of members alone; an unknown id stays the text that it is', async () => {
    const stranger = world.rival.people.owner.userId;
    const content = `${mention('member')} [@Nobody](user:${randomUUID()}) [@Rival](user:${stranger})`;
    const note = await as('owner').notes.create({ dealId, content });
    expect(note.content).toBe(content);
    expect(note.mentions).toEqual([{ userId: idOf('member'), name: 'member of demo' }]);
  });

  test('tells whom it newly names, once, and never the author', async () => {
    const { id: noteId } = await as('owner').notes.create({
      dealId,
      content: `${mention('member')} ${mention('owner')}`,
    });
    const told = async (name: PersonName) => {
      const { rows } = await world.ownerDb.pool.query(
        `select 1 from notifications where kind = 'MENTIONED' and note_id = $1 and user_id = $2`,
        [noteId, idOf(name)],
      );
      return rows.length;
    };
    expect([await told('member'), await told('owner')]).toEqual([1, 0]);
    await as('owner').notes.update({ noteId, content: `Again ${mention('member')} ${mention('admin')}` });
    expect([await told('member'), await told('admin')]).toEqual([1, 1]);
    await as('owner').notes.update({ noteId, content: 'Nobody any more' });
    expect((await as('owner').notes.byId({ noteId })).mentions).toEqual([]);
  });

  test('of somebody who cannot read the note tells its author and not them', async () => {
    const note = await as('owner').notes.create({
      dealId,
      content: `${mention('unassigned')} ${mention('client')} ${mention('viewer')}`,
    });
    expect(note.unreached.map(({ userId }) => userId).sort()).toEqual(
      [idOf('unassigned'), idOf('client')].sort(),
    );
    const { rows } = await world.ownerDb.pool.query<{ user_id: string }>(
      'select user_id from notifications where note_id = $1',
      [note.id],
    );
    expect(rows.map(({ user_id }) => user_id)).toEqual([idOf('viewer')]);
    // The author is themselves again after the question.
    expect((await as('owner').notes.byId({ noteId: note.id })).isEditable).toBe(true);
  });

  test('in a private note is refused, saying whom it names', async () => {
    const refused = await refusal(
      as('owner').notes.create({ dealId, content: `Psst ${mention('member')}`, isPrivate: true }),
    );
    expect(refused).toMatchObject({ code: 'invalid', issues: [{ path: 'content' }] });
    expect(refused.issues[0]?.message).toContain('member of demo');
    const open = await as('owner').notes.create({ dealId, content: mention('member') });
    expect(await refusedFields(as('owner').notes.update({ noteId: open.id, isPrivate: true }))).toEqual([
      'invalid',
      'content',
    ]);
  });
});

describe('a private note', () => {
  test('is its author’s alone, and leaves no trace for anybody else', async () => {
    const deal = await as('owner').deals.create({ name: 'Secret', brandId: world.demo.brands.first });
    const { id: noteId } = await as('member').notes.create({
      dealId: deal.id,
      content: 'xylophone',
      isPrivate: true,
    });
    expect((await as('member').activities.list({ dealId: deal.id })).items[0]).toMatchObject({
      type: 'NOTE_ADDED',
      audience: 'AUTHOR',
      note: { id: noteId, isPrivate: true },
    });
    for (const name of ['owner', 'admin', 'viewer', 'client', 'unassigned'] as const) {
      expect((await refusal(as(name).notes.byId({ noteId }))).code).toBe('not_found');
      expect((await as(name).notes.list({ q: 'xylophone' })).items).toEqual([]);
      const { items } = await as(name).activities.list({ dealId: deal.id });
      expect(items.filter((one) => one.noteId !== null)).toEqual([]);
    }
    expect((await refusal(as('owner').notes.update({ noteId, isPrivate: false }))).code).toBe('not_found');
    const { rows } = await world.ownerDb.pool.query('select 1 from notifications where note_id = $1', [
      noteId,
    ]);
    expect(rows).toEqual([]);
  });

  test('that is opened appears to the others then, and one that is closed takes its traces with it', async () => {
    const deal = await as('owner').deals.create({ name: 'Opened', brandId: world.demo.brands.first });
    const of = { dealId: deal.id, kinds: 'notes' };
    const { id: noteId } = await as('member').notes.create({
      dealId: deal.id,
      content: 'Mine',
      isPrivate: true,
    });
    const shown = async (name: PersonName) =>
      (await as(name).activities.list(of)).items.map(({ type, note }) => [type, note?.id ?? null]);
    await as('member').notes.update({ noteId, isPrivate: false });
    expect(await shown('owner')).toEqual([['NOTE_ADDED', noteId]]);
    expect(await shown('member')).toEqual([
      ['NOTE_ADDED', null],
      ['NOTE_ADDED', noteId],
    ]);
    await as('member').notes.update({ noteId, isShared: true });
    expect(await shown('client')).toEqual([['NOTE_ADDED', noteId]]);
    await as('member').notes.update({ noteId, isPrivate: true });
    expect([await shown('owner'), await shown('client')]).toEqual([[], []]);
  });

  test('cannot be made of somebody else’s', async () => {
    const { id: noteId } = await as('member').notes.create({ dealId, content: 'Open' });
    expect(await refusedFields(as('owner').notes.update({ noteId, isPrivate: true }))).toEqual([
      'invalid',
      'isPrivate',
    ]);
  });
});
