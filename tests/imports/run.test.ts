import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { runImportTask } from '../../jobs/tasks/run-import.ts';
import type { ImportKind } from '../../server/domain/imports/fields.ts';
import { type MappingInput, mapping } from '../../server/domain/imports/mapping.ts';
import { runImport } from '../../server/domain/imports/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const api = (agency: Agency) => caller(world, agency.people.owner.principal);

/** A checked file that was told to run, and that nobody has begun to write. */
async function begin(
  agency: Agency,
  kind: ImportKind,
  text: string,
  document?: MappingInput,
): Promise<string> {
  const given = document ? { mapping: mapping.parse(document) } : {};
  const { id } = await api(agency).imports.create({
    kind,
    fileName: `${kind}.csv`,
    content: Buffer.from(text),
    ...given,
  });
  await api(agency).imports.run({ importId: id });
  return id;
}

function go(agency: Agency, importId: string, more: { signal?: AbortSignal; chunkRows?: number } = {}) {
  const { organizationId } = agency;
  return runImport({ db: world.jobsDb, organizationId, importId, now: () => new Date(), ...more });
}

const table = (count: number) =>
  `External id,Name\n${Array.from({ length: count }, (_, index) => `k${index % (count - 5)},Name ${index}`).join('\n')}\n`;

async function contents(agency: Agency) {
  const { principal } = agency.people.owner;
  return withTenant(world.appDb, principal, 'read', async (tx) => {
    const records = await tx
      .selectFrom('companies')
      .select(['external_id', 'name', 'version'])
      .orderBy('external_id')
      .execute();
    const activities = await tx.selectFrom('activities').select('type').orderBy('type').execute();
    const refused = await tx
      .selectFrom('import_refusals')
      .select(['row_number', 'reasons'])
      .orderBy('row_number')
      .execute();
    return { records, activities, refused };
  });
}

describe('an import', () => {
  const rows = 60;
  const counts = { status: 'DONE', rowsTotal: rows, rowsDone: rows, rowsCreated: rows - 5, rowsRefused: 5 };

  it('that dies between any two chunks ends as if it had not', async () => {
    const whole = await begin(world.rival, 'companies', table(rows));
    expect(await go(world.rival, whole)).toMatchObject(counts);

    const importId = await begin(world.demo, 'companies', table(rows));
    let deaths = 0;
    const dying = () => go(world.demo, importId, { signal: abortAfter(1), chunkRows: 7 });
    while (await dying().then(() => false, isKilled)) deaths += 1;
    expect(deaths).toBe(8);
    expect(await go(world.demo, importId, { chunkRows: 7 })).toMatchObject(counts);
    expect(await contents(world.demo)).toEqual(await contents(world.rival));
  });

  it('that two workers run at once comes in once', async () => {
    const { rival } = world;
    const text = `External id,Name\n${Array.from({ length: 400 }, (_, index) => `twice${index},Twice ${index}`).join('\n')}\n`;
    const importId = await begin(rival, 'companies', text);
    await Promise.all([
      go(rival, importId, { chunkRows: 30 }),
      go(rival, importId, { chunkRows: 70 }),
      go(rival, importId, { chunkRows: 11 }),
    ]);
    const done = await api(rival).imports.byId({ importId });
    expect(done).toMatchObject({
      status: 'DONE',
      rowsDone: 400,
      rowsCreated: 400,
      rowsUnchanged: 0,
      rowsRefused: 0,
    });
  });

  it('beside another of the same file comes in once', async () => {
    const text = `External id,Name\n${Array.from({ length: 300 }, (_, index) => `race${index},Race ${index}`).join('\n')}\n`;
    const ids = [await begin(world.demo, 'companies', text), await begin(world.demo, 'companies', text)];
    const done = await Promise.all(ids.map((id) => go(world.demo, id, { chunkRows: 50 })));
    expect(done.map(({ status, rowsRefused }) => [status, rowsRefused])).toEqual([
      ['DONE', 0],
      ['DONE', 0],
    ]);
    expect(done.reduce((sum, { rowsCreated }) => sum + rowsCreated, 0)).toBe(300);
    expect(done.reduce((sum, { rowsUnchanged }) => sum + rowsUnchanged, 0)).toBe(300);
  });

  it('that is stopped keeps what came in, and goes on when it is resumed', async () => {
    const text = `External id,Name\n${Array.from({ length: 100 }, (_, index) => `stop${index},Stop ${index}`).join('\n')}\n`;
    const importId = await begin(world.demo, 'companies', text);
    await go(world.demo, importId, { signal: abortAfter(2), chunkRows: 10 }).catch(() => null);
    const stopped = await api(world.demo).imports.stop({ importId });
    expect(stopped.status).toBe('STOPPED');
    expect(stopped.rowsDone).toBe(20);
    expect(await go(world.demo, importId)).toMatchObject({ status: 'STOPPED', rowsDone: 20 });
    expect(await api(world.demo).imports.resume({ importId })).toMatchObject({ status: 'RUNNING' });
    expect(await go(world.demo, importId)).toMatchObject({ status: 'DONE', rowsDone: 100, rowsCreated: 100 });
  });

  it('refuses the one row that the database refuses, and no other', async () => {
    const existing = await begin(world.demo, 'companies', 'External id,Name\ntaken,Holder of the id\n');
    await go(world.demo, existing);
    const names = Array.from({ length: 40 }, (_, index) => `p${index},P ${index}`);
    const first = await begin(world.demo, 'companies', `External id,Name\n${names.join('\n')}\n`);
    await go(world.demo, first);
    // Matched by name, one row would take an id that another record holds.
    const changed = names.map((line) => (line === 'p17,P 17' ? 'taken,P 17' : line.replace('p', 'q')));
    const importId = await begin(world.demo, 'companies', `External id,Name\n${changed.join('\n')}\n`, {
      kind: 'companies',
      columns: { 'External id': 'externalId', Name: 'name' },
      matchKey: 'name',
    });
    expect(await go(world.demo, importId)).toMatchObject({ status: 'DONE', rowsUpdated: 39, rowsRefused: 1 });
    const { items } = await api(world.demo).imports.refusals({ importId });
    expect(items).toEqual([
      { line: 19, reasons: ['Another record holds its external id.'], cells: ['taken', 'P 17'] },
    ]);
  });

  it('drops the uploaded file once it is done', async () => {
    const importId = await begin(world.demo, 'companies', 'Name\nKept no longer\n');
    await go(world.demo, importId);
    const { rows: files } = await world.ownerDb.pool.query(
      'select 1 from import_files where import_id = $1',
      [importId],
    );
    expect(files).toEqual([]);
  });
});

describe('the job', () => {
  type Helpers = Parameters<ReturnType<typeof runImportTask>>[1];
  const task = () => {
    const { log, now } = world.services;
    return runImportTask({ jobsDb: world.jobsDb, log, now });
  };
  const helpers = (attempts: number) => ({ job: { attempts } }) as unknown as Helpers;

  it('is woken by a run before the syncs that wait, with the ids of the agency and the import', async () => {
    const importId = await begin(world.demo, 'companies', 'Name\nWoken\n');
    const { rows } = await world.ownerDb.pool.query(
      `select payload, priority from graphile_worker._private_jobs where key = $1`,
      [`run-import:${world.demo.organizationId}:${importId}`],
    );
    const payload = { organizationId: world.demo.organizationId, subjectId: importId };
    expect(rows).toEqual([{ payload, priority: -10 }]);
    await task()(payload, helpers(1));
    expect(await api(world.demo).imports.byId({ importId })).toMatchObject({
      status: 'DONE',
      rowsCreated: 1,
    });
  });

  it('that is repeated for what is done changes nothing', async () => {
    const importId = await begin(world.demo, 'companies', 'Name\nRepeated\n');
    const payload = { organizationId: world.demo.organizationId, subjectId: importId };
    await task()(payload, helpers(1));
    const done = await api(world.demo).imports.byId({ importId });
    await task()(payload, helpers(2));
    expect(await api(world.demo).imports.byId({ importId })).toEqual(done);
  });

  it("for another agency's import ends without a trace", async () => {
    const importId = await begin(world.demo, 'companies', 'Name\nForeign\n');
    await task()({ organizationId: world.rival.organizationId, subjectId: importId }, helpers(1));
    expect(await api(world.demo).imports.byId({ importId })).toMatchObject({
      status: 'RUNNING',
      rowsDone: 0,
    });
  });

  it('that keeps failing ends the import with a reason that a person can act on', async () => {
    const importId = await begin(world.demo, 'companies', 'Name\nFaulty\n');
    const payload = { organizationId: world.demo.organizationId, subjectId: importId };
    try {
      await world.ownerDb.pool.query(
        `create function raise_fault() returns trigger language plpgsql as $$ begin raise exception 'fault'; end $$;
         create trigger fault before insert on companies for each row execute function raise_fault()`,
      );
      await expect(task()(payload, helpers(1))).rejects.toThrow();
      expect(await api(world.demo).imports.byId({ importId })).toMatchObject({ status: 'RUNNING' });
      await task()(payload, helpers(5));
    } finally {
      await world.ownerDb.pool.query('drop trigger fault on companies; drop function raise_fault()');
    }
    const failed = await api(world.demo).imports.byId({ importId });
    expect(failed).toMatchObject({ status: 'FAILED', rowsDone: 0 });
    expect(failed.error).toContain('resume it');
    await api(world.demo).imports.resume({ importId });
    expect(await go(world.demo, importId)).toMatchObject({ status: 'DONE', error: null, rowsCreated: 1 });
  });
});

function isKilled(error: unknown): boolean {
  expect(error).toMatchObject({ message: 'killed' });
  return true;
}

/** Aborts when it is asked for the n-th time: a run asks once before each chunk. */
function abortAfter(chunks: number): AbortSignal {
  const worker = new AbortController();
  let asked = 0;
  worker.signal.throwIfAborted = () => {
    asked += 1;
    if (asked > chunks) throw new Error('killed');
  };
  return worker.signal;
}
