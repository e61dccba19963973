import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

/**
 * Who reads what hangs on a record, beyond who reads the record: the made rows of isolation.test.ts are for everybody,
 * these are not. Asked by plain SQL as the web's role, so that no query's own filter answers in the policies' place.
 */
const database = useTestDatabase();
let world: World;
let dealId: string;
beforeAll(async () => {
  world = await createWorld(database());
  dealId = (await as('owner').deals.create({ name: 'Shared work', brandId: world.demo.brands.first })).id;
  await write('member', 'inner', {});
  await write('member', 'shared', { isShared: true });
  await write('member', 'private', { isPrivate: true });
  await as('owner').tasks.create({ title: 'inner', dealId });
  await as('owner').tasks.create({ title: 'shared', dealId, isShared: true });
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

/** A note with a file, both called the same, on the one deal. */
async function write(name: PersonName, content: string, readers: { isShared?: true; isPrivate?: true }) {
  async function* bytes() {
    yield await Promise.resolve(new TextEncoder().encode(content));
  }
  const { id } = await as(name).attachments.upload({ fileName: `${content}.txt`, content: bytes() });
  return as(name).notes.create({ dealId, content, uploadIds: [id], ...readers });
}

/** One question, in a transaction of this person's and with nothing else to hold it back. */
async function ask<T extends pg.QueryResultRow>(name: PersonName, sql: string): Promise<T[]> {
  const { organizationId, userId, reach, brandIds } = world.demo.people[name].principal;
  const client = await world.appDb.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('app.organization_id', $1, true), set_config('app.user_id', $2, true),
              set_config('app.scope', $3, true), set_config('app.brand_ids', $4, true)`,
      [organizationId, userId, reach, `{${brandIds.join(',')}}`],
    );
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const READS = {
  notes: `select content as what from notes order by 1`,
  attachments: `select replace(file_name, '.txt', '') as what from attachments order by 1`,
  'activities of notes': `select (select content from notes n where n.id = a.note_id) as what
     from activities a where a.note_id is not null order by 1`,
} as const;

const whatOf = async (name: PersonName, sql: string) =>
  (await ask<{ what: string }>(name, sql)).map(({ what }) => what);

describe.each(Object.entries(READS))('of %s', (_what, sql) => {
  test('their author reads all', async () => {
    expect(await whatOf('member', sql)).toEqual(['inner', 'private', 'shared']);
  });

  test.each(['owner', 'admin', 'viewer'] as const)(
    '%s reads none that is another’s private',
    async (name) => {
      expect(await whatOf(name, sql)).toEqual(['inner', 'shared']);
    },
  );

  test('a client’s login reads what is shared and nothing else', async () => {
    expect(await whatOf('client', sql)).toEqual(['shared']);
  });

  test('a member without the record reads nothing', async () => {
    expect(await whatOf('unassigned', sql)).toEqual([]);
  });
});

describe('of tasks', () => {
  test('a client’s login reads what is shared, and what happened to that alone', async () => {
    expect(await whatOf('client', 'select title as what from tasks order by 1')).toEqual(['shared']);
    const told = `select (select title from tasks t where t.id = a.task_id) as what
      from activities a where a.task_id is not null order by 1`;
    expect(await whatOf('client', told)).toEqual(['shared']);
    expect(await whatOf('member', told)).toEqual(['inner', 'shared']);
  });
});

describe('whoever reads a note', () => {
  test('cannot write themselves into what is another’s private', async () => {
    for (const name of ['owner', 'admin'] as const) {
      const touched = await ask(
        name,
        `update notes set content = 'mine' where content = 'private' returning id`,
      );
      const widened = await ask(
        name,
        `update notes set audience = 'EVERYONE' where true returning content as what`,
      );
      expect(touched).toEqual([]);
      expect(widened.map(({ what }) => what as string).includes('private')).toBe(false);
    }
  });

  test('cannot put another’s name to a private one, nor hang a file on one that they do not see', async () => {
    const { userId } = world.demo.people.member;
    await expect(
      ask('owner', `update notes set audience = 'AUTHOR' where created_by_id = '${userId}'`),
    ).rejects.toMatchObject({ code: '42501' });
    const { rows } = await world.ownerDb.pool.query<{ id: string }>(
      `select id from notes where content = 'private'`,
    );
    await expect(
      ask(
        'owner',
        `insert into attachments (organization_id, note_id, file_name, storage_key, content_type, bytes, sha256, stored_at)
         values ('${world.demo.organizationId}', '${rows[0]?.id ?? ''}', 'x', 'x', 'x/y', 1, '${'0'.repeat(64)}', now())`,
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('sees no upload of somebody else’s that waits for its note', async () => {
    async function* bytes() {
      yield await Promise.resolve(new Uint8Array([65]));
    }
    await as('member').attachments.upload({ fileName: 'waiting.txt', content: bytes() });
    const waiting = `select file_name as what from attachments where note_id is null`;
    expect(await whatOf('member', waiting)).toEqual(['waiting.txt']);
    expect(await whatOf('owner', waiting)).toEqual([]);
  });
});
