import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { accessTokenContext, refreshTokenContext } from '../../server/domain/ad-accounts/rules.ts';
import { countKeyUsage, momentAfterAllKeys } from '../../server/domain/token-vault/key-usage.ts';
import { type Rotation, rotateKeys } from '../../server/domain/token-vault/rotation.ts';
import { loadTokenOpener, loadTokenSealer } from '../../server/domain/token-vault/tokens.ts';
import {
  createVault,
  dataKeyId,
  SealError,
  sealedKeyId,
  Secret,
  sha256,
  type Vault,
} from '../../server/kernel/crypto.ts';
import { useTestDatabase } from '../support/database.ts';
import { sealDirectly } from '../support/sealed-directly.ts';
import { type Agency, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const oldKey = { id: 'old', key: randomBytes(32) };
const newKey = { id: 'new', key: randomBytes(32) };
const before = createVault([oldKey]);
const during = createVault([newKey, oldKey]);
const after = createVault([newKey]);
const idOf = (id: string) => sha256(id).subarray(0, 4).toString('hex');
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());
afterEach(async () => {
  await world.ownerDb.pool.query('delete from oauth_connections');
  await world.ownerDb.pool.query('delete from data_keys');
});

interface Sealed {
  organizationId: string;
  connectionId: string;
  tokens: string[];
}

let made = 0;

/** A connection whose tokens the web sealed, or, `directly`, as they were sealed before data keys. */
async function connection(agency: Agency, vault: Vault, directly = false): Promise<Sealed> {
  const { organizationId } = agency;
  made += 1;
  const name = `person ${made}`;
  const connectionId = `01900000-0000-7000-8000-${String(made).padStart(12, '0')}`;
  const tokens = [`access token of ${name}`, `refresh token of ${name}`] as const;
  const contexts = [
    accessTokenContext(organizationId, connectionId),
    refreshTokenContext(organizationId, connectionId),
  ] as const;
  await withTenant(world.appDb, agency.people.owner.principal, 'write', async (tx) => {
    const sealer = directly ? null : await loadTokenSealer(tx, vault, organizationId);
    const seal = (index: 0 | 1) =>
      sealer?.seal(new Secret(tokens[index]), contexts[index]) ??
      sealDirectly(oldKey, tokens[index], contexts[index]);
    await tx
      .insertInto('oauth_connections')
      .values({
        organization_id: organizationId,
        id: connectionId,
        platform: 'GOOGLE',
        native_user_id: name,
        access_token: seal(0),
        refresh_token: seal(1),
      })
      .execute();
  });
  return { organizationId, connectionId, tokens: [...tokens] };
}

/** What the jobs read of a connection with the keys of a vault. */
function open({ organizationId, connectionId }: Sealed, vault: Vault): Promise<string[]> {
  return withTenant(world.jobsDb, jobPrincipal(organizationId), 'read', async (tx) => {
    const opener = await loadTokenOpener(tx, vault, organizationId);
    const row = await tx
      .selectFrom('oauth_connections')
      .select(['access_token', 'refresh_token'])
      .where('id', '=', connectionId)
      .executeTakeFirstOrThrow();
    const { access_token: access, refresh_token: refresh } = row;
    if (!access || !refresh) throw new Error('The connection lost its tokens.');
    return [
      opener.open(access, accessTokenContext(organizationId, connectionId)).reveal(),
      opener.open(refresh, refreshTokenContext(organizationId, connectionId)).reveal(),
    ];
  });
}

async function expectAllOpen(all: readonly Sealed[], vault: Vault): Promise<void> {
  for (const sealed of all) expect(await open(sealed, vault)).toEqual(sealed.tokens);
}

async function rotate(options: Partial<Rotation> = {}) {
  const steps = [];
  for await (const step of rotateKeys({ ownerDb: world.ownerDb, vault: during, ...options }))
    steps.push(step);
  return steps;
}

async function dataKeys(): Promise<{ organization_id: string; version: number; key_id: string }[]> {
  const { rows } = await world.ownerDb.pool.query<{
    organization_id: string;
    version: number;
    key_id: string;
  }>('select organization_id, version, key_id from data_keys order by 1, 2');
  return rows;
}

const ofKey = async (keyId: string) =>
  (await countKeyUsage(world.ownerDb, during)).find((usage) => usage.keyId === keyId);

describe('an agency’s data key', () => {
  it('is made once, by whoever seals first, however many do at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => connection(world.demo, before)));
    expect(await dataKeys()).toEqual([
      { organization_id: world.demo.organizationId, version: 1, key_id: idOf('old') },
    ]);
    await expectAllOpen(all, before);
  });

  it('is what its tokens name', async () => {
    const { connectionId, organizationId } = await connection(world.demo, before);
    const { rows } = await world.ownerDb.pool.query<{ access_token: Buffer }>(
      'select access_token from oauth_connections where id = $1',
      [connectionId],
    );
    expect(sealedKeyId(rows[0]?.access_token ?? Buffer.alloc(0))).toBe(
      dataKeyId({ organizationId, version: 1 }),
    );
  });

  it('opens nothing of another agency, even where a row is copied there', async () => {
    const mine = await connection(world.demo, before);
    const theirs = await connection(world.rival, before);
    await world.ownerDb.pool.query(
      `update oauth_connections t set access_token = m.access_token from oauth_connections m
        where t.id = $1 and m.id = $2`,
      [theirs.connectionId, mine.connectionId],
    );
    await expect(open(theirs, before)).rejects.toThrow(SealError);
    await world.ownerDb.pool.query(
      `update data_keys t set wrapped_key = m.wrapped_key from data_keys m
        where t.organization_id = $1 and m.organization_id = $2`,
      [theirs.organizationId, mine.organizationId],
    );
    await expect(open(theirs, before)).rejects.toThrow(SealError);
  });

  it('is changed and deleted by no serving process', async () => {
    await connection(world.demo, before);
    for (const db of [world.appDb, world.jobsDb]) {
      for (const statement of ['update data_keys set version = 2', 'delete from data_keys'])
        await expect(db.pool.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it('takes all that it sealed with it when it is deleted', async () => {
    const sealed = await connection(world.demo, before);
    await world.ownerDb.pool.query('delete from data_keys');
    await expect(open(sealed, before)).rejects.toThrow(
      dataKeyId({ organizationId: sealed.organizationId, version: 1 }),
    );
  });
});

describe('a token of the time before data keys', () => {
  it('opens as it did, beside those that are sealed now', async () => {
    const all = [
      await connection(world.demo, before, true),
      await connection(world.demo, before),
      await connection(world.rival, before, true),
    ];
    await expectAllOpen(all, before);
    expect(await ofKey(idOf('old'))).toMatchObject({ dataKeys: 1, tokens: 4, mayGo: false });
  });

  it('gets its agency’s data key in a rotation, and hangs on no key of the settings then', async () => {
    const all = [
      await connection(world.demo, before, true),
      await connection(world.demo, before),
      await connection(world.rival, before, true),
    ];
    const steps = await rotate({ vault: before });
    expect(steps.reduce((sum, step) => sum + step.tokensSealedAnew, 0)).toBe(4);
    expect(await ofKey(idOf('old'))).toMatchObject({ dataKeys: 2, tokens: 0 });
    await expectAllOpen(all, before);
    expect(await rotate({ vault: before })).toEqual([]);
  });
});

describe('a rotation', () => {
  let all: Sealed[];

  /** More keys and tokens than a batch takes. */
  beforeEach(async () => {
    all = [await connection(world.demo, before, true), await connection(world.demo, before)];
    for (let version = 2; version <= 5; version += 1) await rotate({ ...replacing(), vault: before });
    all.push(await connection(world.demo, before), await connection(world.rival, before));
    all.push(await connection(world.rival, before, true), await connection(world.rival, before, true));
  });
  const replacing = () => ({ replaceOlderThan: new Date(Date.now() + 3_600_000) });

  it('leaves everything readable wherever it is killed, and ends when it is begun again', async () => {
    let kills = 0;
    for (;;) {
      const steps = rotateKeys({ ownerDb: world.ownerDb, vault: during, batchSize: 1 });
      const first = await steps.next();
      await steps.return(undefined);
      await expectAllOpen(all, during);
      if (first.done) break;
      kills += 1;
      expect(kills).toBeLessThan(50);
    }
    // Two connections that are sealed directly, five data keys of the one agency and one of the other.
    expect(kills).toBe(2 + 5 + 1);
    expect(await ofKey(idOf('old'))).toMatchObject({ dataKeys: 0, tokens: 0, mayGo: true });
    expect(await ofKey(idOf('new'))).toMatchObject({ isFirst: true, mayGo: false });
    await expectAllOpen(all, after);
  });

  it('is undone by a kill within a batch, as far as that batch goes', async () => {
    const failing = { ...during, rewrap: failAfter(2, during.rewrap.bind(during)) };
    await expect(rotate({ vault: failing })).rejects.toThrow('killed');
    expect(await ofKey(idOf('old'))).toMatchObject({ dataKeys: 6 });
    await expectAllOpen(all, during);
    await rotate();
    await expectAllOpen(all, after);
  });

  it('may run twice at once', async () => {
    await Promise.all([rotate({ batchSize: 1 }), rotate({ batchSize: 2 }), rotate()]);
    await rotate();
    await expectAllOpen(all, after);
  });

  it('goes on while agencies connect', async () => {
    const [, ...connected] = await Promise.all([
      rotate({ ...replacing(), batchSize: 1 }),
      ...Array.from({ length: 6 }, () => connection(world.demo, during)),
    ]);
    await rotate();
    await expectAllOpen([...all, ...connected], after);
  });

  it('touches one agency alone where one is named', async () => {
    const { organizationId } = world.rival;
    await rotate({ organizationId });
    const keys = await dataKeys();
    expect(
      new Set(keys.filter((key) => key.organization_id === organizationId).map((key) => key.key_id)),
    ).toEqual(new Set([idOf('new')]));
    expect(
      new Set(keys.filter((key) => key.organization_id !== organizationId).map((key) => key.key_id)),
    ).toEqual(new Set([idOf('old')]));
  });

  it('fails loudly, naming the key, where a row of before it is put back and the old key is gone', async () => {
    const [, sealed] = all;
    if (!sealed) throw new Error('There is no such connection.');
    const { rows } = await world.ownerDb.pool.query<{ version: number; wrapped_key: Buffer; key_id: string }>(
      'select version, wrapped_key, key_id from data_keys where organization_id = $1 order by version desc limit 1',
      [sealed.organizationId],
    );
    await rotate();
    await expectAllOpen(all, after);
    await world.ownerDb.pool.query(
      'update data_keys set wrapped_key = $1, key_id = $2 where organization_id = $3 and version = $4',
      [rows[0]?.wrapped_key, rows[0]?.key_id, sealed.organizationId, rows[0]?.version],
    );
    await expect(open(sealed, after)).rejects.toThrow(idOf('old'));
    await expect(open(sealed, after)).rejects.toMatchObject({ name: 'SealError', keyId: idOf('old') });
    const steps = await rotate({ vault: after });
    expect(steps.flatMap(({ unopened }) => unopened)).toEqual([
      { organizationId: sealed.organizationId, what: 'data key', keyId: idOf('old') },
    ]);
    await rotate({ vault: createVault([newKey, oldKey]) });
    await expectAllOpen(all, after);
  });

  it('tells of direct tokens whose key is gone, and rotates the rest', async () => {
    const steps = await rotate({ vault: after });
    const unopened = steps.flatMap((step) => step.unopened);
    expect(unopened.length).toBeGreaterThan(0);
    expect(new Set(unopened.map(({ keyId }) => keyId))).toEqual(new Set([idOf('old')]));
    await expectAllOpen(all, during);
  });
});

describe('new data keys', () => {
  it('take over every token of an agency, and the old ones open what is restored', async () => {
    const all = [await connection(world.demo, before), await connection(world.demo, before, true)];
    const kept = await world.ownerDb.pool.query<{ id: string; access_token: Buffer }>(
      'select id, access_token from oauth_connections order by id',
    );
    await rotate({ vault: before, replaceOlderThan: await momentAfterAllKeys(world.ownerDb) });
    expect((await dataKeys()).map(({ version }) => version)).toEqual([1, 2]);
    const { rows } = await world.ownerDb.pool.query<{ access_token: Buffer; refresh_token: Buffer }>(
      'select access_token, refresh_token from oauth_connections',
    );
    const { organizationId } = world.demo;
    for (const row of rows)
      for (const sealed of [row.access_token, row.refresh_token])
        expect(sealedKeyId(sealed)).toBe(dataKeyId({ organizationId, version: 2 }));
    await expectAllOpen(all, before);
    for (const row of kept.rows)
      await world.ownerDb.pool.query('update oauth_connections set access_token = $1 where id = $2', [
        row.access_token,
        row.id,
      ]);
    await expectAllOpen(all, before);
  });

  it('are made for those alone that an ended rotation left', async () => {
    await connection(world.demo, before);
    await connection(world.rival, before);
    const replaceOlderThan = await momentAfterAllKeys(world.ownerDb);
    const steps = rotateKeys({ ownerDb: world.ownerDb, vault: before, replaceOlderThan });
    expect((await steps.next()).value).toMatchObject({ dataKeysMade: 1, tokensSealedAnew: 2 });
    await steps.return(undefined);
    await rotate({ vault: before, replaceOlderThan });
    expect((await dataKeys()).map(({ version }) => version)).toEqual([1, 2, 1, 2]);
  });

  it('wait for whoever seals, whose token then gets the new one as well', async () => {
    await connection(world.demo, before);
    const replaceOlderThan = await momentAfterAllKeys(world.ownerDb);
    const { organizationId, people } = world.demo;
    let rotating: Promise<unknown> = Promise.resolve();
    await withTenant(world.appDb, people.owner.principal, 'write', async (tx) => {
      const sealer = await loadTokenSealer(tx, before, organizationId);
      rotating = rotate({ vault: before, replaceOlderThan });
      await expect.poll(advisoryWaiters).toBe(1);
      const id = '01900000-0000-7000-8000-00000000ffff';
      const sealed = sealer.seal(new Secret('late'), accessTokenContext(organizationId, id));
      await tx
        .insertInto('oauth_connections')
        .values({
          organization_id: organizationId,
          id,
          platform: 'GOOGLE',
          native_user_id: 'late',
          access_token: sealed,
        })
        .execute();
    });
    await rotating;
    const { rows } = await world.ownerDb.pool.query<{ access_token: Buffer }>(
      'select access_token from oauth_connections',
    );
    expect(new Set(rows.map(({ access_token: sealed }) => sealedKeyId(sealed)))).toEqual(
      new Set([dataKeyId({ organizationId, version: 2 })]),
    );
  });

  it('let an agency connect again whose only key is lost', async () => {
    const lost = await connection(world.demo, before);
    await expect(connection(world.demo, after)).rejects.toThrow(idOf('old'));
    const steps = await rotate({
      vault: after,
      replaceOlderThan: await momentAfterAllKeys(world.ownerDb),
    });
    expect(steps.flatMap(({ unopened }) => unopened).map(({ what }) => what)).toEqual([
      'token',
      'token',
      'data key',
    ]);
    await expectAllOpen([await connection(world.demo, after)], after);
    await expect(open(lost, after)).rejects.toThrow(idOf('old'));
  });
});

async function advisoryWaiters(): Promise<number> {
  const { rows } = await world.ownerDb.pool.query<{ waiting: number }>(
    `select count(*)::int4 as waiting from pg_locks
      where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows[0]?.waiting ?? 0;
}

function failAfter<A extends unknown[], R>(times: number, work: (...args: A) => R): (...args: A) => R {
  let left = times;
  return (...args) => {
    if (left === 0) throw new Error('killed');
    left -= 1;
    return work(...args);
  };
}
