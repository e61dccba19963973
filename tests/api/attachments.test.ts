import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAttachment } from '../../server/api/files.ts';
import { toPublicError } from '../../server/api/errors.ts';
import { removeUnusedFiles } from '../../server/domain/attachments/clean-up.ts';
import { MAX_ATTACHMENT_BYTES } from '../../server/domain/attachments/fields.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, contextOf, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let dealId: string;
beforeAll(async () => {
  world = await createWorld(database());
  dealId = (await as('owner').deals.create({ name: 'Filed', brandId: world.demo.brands.first })).id;
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

async function* inParts(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
  }
}

const upload = (name: PersonName, fileName: string, ...parts: (string | Uint8Array)[]) =>
  as(name).attachments.upload({ fileName, content: inParts(...parts) });

/** The bytes as their reader gets them. */
async function read(name: PersonName, attachmentId: string): Promise<string> {
  const { principal } = world.demo.people[name];
  const { stream } = await openAttachment(contextOf(world, { principal }), attachmentId);
  return new Response(stream).text();
}

async function refusedRead(name: PersonName, attachmentId: string): Promise<string> {
  try {
    await read(name, attachmentId);
  } catch (error) {
    return toPublicError(error).code;
  }
  return 'read';
}

const isStored = async (attachmentId: string) => {
  const { dataDirectory } = world.services.config;
  try {
    await access(path.join(dataDirectory, 'files', world.demo.organizationId, attachmentId));
    return true;
  } catch {
    return false;
  }
};

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('an upload', () => {
  test('is kept to the byte, under its agency, and is its uploader’s alone until its note is written', async () => {
    const file = await upload('member', 'plan.csv', 'a,b\n', '1,ü\n');
    expect(file).toMatchObject({ fileName: 'plan.csv', contentType: 'text/csv', bytes: 9 });
    expect([await read('member', file.id), await isStored(file.id)]).toEqual(['a,b\n1,ü\n', true]);
    expect(await refusedRead('owner', file.id)).toBe('not_found');
    expect(
      await refusedFields(as('owner').notes.create({ dealId, content: 'x', uploadIds: [file.id] })),
    ).toEqual(['invalid', 'uploadIds']);
    const note = await as('member').notes.create({ dealId, content: 'With a file', uploadIds: [file.id] });
    expect(note.attachments).toEqual([file]);
    expect(await read('owner', file.id)).toBe('a,b\n1,ü\n');
    const again = as('member').notes.create({ dealId, content: 'x', uploadIds: [file.id] });
    expect(await refusedFields(again)).toEqual(['invalid', 'uploadIds']);
  });

  test.each([
    ['picture.png', PNG, 'image/png'],
    ['picture.txt', PNG, 'image/png'],
    ['notes.txt', 'plain words', 'text/plain'],
    ['cut.txt', Buffer.from([0x61, 0xc3]), 'application/octet-stream'],
    ['nul.txt', 'a\0b', 'application/octet-stream'],
    ['page.html', '<script>alert(1)</script>', 'application/octet-stream'],
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'application/octet-stream'],
    ['tag.js', 'alert(1)', 'application/octet-stream'],
    ['paper.pdf', '%PDF-1.7\n%âãÏÓ\n', 'application/pdf'],
    ['unknown.bin', Buffer.from([1, 2, 3, 250]), 'application/octet-stream'],
  ])('%s is what its bytes say', async (fileName, content, contentType) => {
    expect((await upload('owner', fileName, content)).contentType).toBe(contentType);
  });

  test.each([
    ['a program by its bytes', 'harmless.txt', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a program by its name', 'harmless.bat', 'echo'],
    ['markup by a picture’s name', 'evil.png', '<script>alert(1)</script>'],
    ['words by a document’s name', 'offer.pdf', 'plain words'],
    ['nothing', 'empty.txt', ''],
  ])('of %s is refused and leaves nothing', async (_what, fileName, content) => {
    const before = await countRows();
    expect(await refusedFields(upload('owner', fileName, content))).toEqual(['invalid', 'content']);
    expect(await countRows()).toBe(before);
  });

  test('beyond its size is refused while it comes in, and leaves nothing', async () => {
    const before = await countRows();
    const part = new Uint8Array(1024 * 1024);
    const parts = Array.from({ length: MAX_ATTACHMENT_BYTES / part.length + 1 }, () => part);
    expect(await refusedFields(upload('owner', 'large.bin', ...parts))).toEqual(['too_large', 'content']);
    expect(await countRows()).toBe(before);
  });

  test('that breaks off leaves nothing', async () => {
    async function* breaking() {
      yield await Promise.resolve(new Uint8Array(100_000));
      throw new Error('The connection broke.');
    }
    const before = await countRows();
    const broken = as('owner').attachments.upload({ fileName: 'half.bin', content: breaking() });
    expect((await refusal(broken)).code).toBe('internal');
    expect(await countRows()).toBe(before);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['in\u202evoice.txt', 'invoice.txt'],
    ['a:b?.txt', 'a_b_.txt'],
    ['...', 'file'],
    [`${'x'.repeat(400)}.csv`, `${'x'.repeat(196)}.csv`],
  ])('named %j is called %j', async (given, kept) => {
    expect((await upload('owner', given, 'x')).fileName).toBe(kept);
  });

  test('of a viewer is refused, and no JSON is taken for one', async () => {
    expect((await refusal(upload('viewer', 'a.txt', 'x'))).code).toBe('forbidden');
    const text = as('owner').attachments.upload({ fileName: 'a.txt', content: 'x' as never });
    expect(await refusedFields(text)).toEqual(['invalid', 'content']);
  });
});

describe('a file of a note', () => {
  test('is read as far as the note is', async () => {
    const { id: attachmentId } = await upload('owner', 'inner.txt', 'inner');
    await as('owner').notes.create({ dealId, content: 'Inner', uploadIds: [attachmentId] });
    expect(await Promise.all([read('member', attachmentId), read('viewer', attachmentId)])).toEqual([
      'inner',
      'inner',
    ]);
    expect(await refusedRead('client', attachmentId)).toBe('not_found');
    expect(await refusedRead('unassigned', attachmentId)).toBe('not_found');
    expect(await refusal(asRival('owner').attachments.byId({ attachmentId }))).toEqual(
      await refusal(asRival('owner').attachments.byId({ attachmentId: randomUUID() })),
    );
  });

  test('is taken away by who may change the note, and by nobody else', async () => {
    const { id: attachmentId } = await upload('owner', 'gone.txt', 'gone');
    const note = await as('owner').notes.create({
      dealId,
      content: 'Shared',
      isShared: true,
      uploadIds: [attachmentId],
    });
    expect((await refusal(as('client').attachments.remove({ attachmentId }))).code).toBe('forbidden');
    expect((await refusal(as('viewer').attachments.remove({ attachmentId }))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').attachments.remove({ attachmentId }))).code).toBe('not_found');
    await as('member').attachments.remove({ attachmentId });
    expect((await as('owner').notes.byId({ noteId: note.id })).attachments).toEqual([]);
    const [told] = (await as('owner').activities.list({ dealId, kinds: 'notes' })).items;
    expect(told).toMatchObject({ type: 'NOTE_UPDATED', metadata: { removedFile: 'gone.txt' } });
  });

  test('has at most nine beside it', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) ids.push((await upload('owner', `${index}.txt`, 'x')).id);
    const { id: noteId } = await as('owner').notes.create({
      dealId,
      content: 'Many',
      uploadIds: ids.slice(0, 10),
    });
    const more = as('owner').notes.update({ noteId, uploadIds: ids.slice(10) });
    expect(await refusedFields(more)).toEqual(['invalid', 'uploadIds']);
    expect((await as('owner').notes.byId({ noteId })).attachments).toHaveLength(10);
  });
});

describe('the clean-up', () => {
  const clean = () =>
    removeUnusedFiles({ jobsDb: world.jobsDb, files: world.services.files, log: world.services.log });

  test('removes the bytes of what was taken away and of uploads that nobody used, and no others', async () => {
    const [kept, removed, old, fresh] = [
      await upload('owner', 'kept.txt', 'x'),
      await upload('owner', 'removed.txt', 'x'),
      await upload('owner', 'old.txt', 'x'),
      await upload('owner', 'fresh.txt', 'x'),
    ];
    await as('owner').notes.create({ dealId, content: 'Keeps', uploadIds: [kept.id] });
    await as('owner').attachments.remove({ attachmentId: removed.id });
    await world.ownerDb.pool.query(
      `update attachments set created_at = now() - interval '2 days' where id = any ($1)`,
      [[kept.id, old.id]],
    );
    await clean();
    const stored = await Promise.all([kept, removed, old, fresh].map(({ id }) => isStored(id)));
    expect(stored).toEqual([true, false, false, true]);
    expect(await clean()).toBe(0);
  });

  test('tries again what the store did not remove, and lets nothing else wait for it', async () => {
    const [stuck, other] = [await upload('owner', 'stuck.txt', 'x'), await upload('owner', 'other.txt', 'x')];
    for (const { id } of [stuck, other]) await as('owner').attachments.remove({ attachmentId: id });
    const files = {
      ...world.services.files,
      remove: (key: string) =>
        key.endsWith(stuck.id)
          ? Promise.reject(new Error('The disk is away.'))
          : world.services.files.remove(key),
    };
    const { jobsDb } = world;
    await expect(removeUnusedFiles({ jobsDb, files, log: world.services.log })).rejects.toThrow('1 unused');
    expect([await isStored(stuck.id), await isStored(other.id)]).toEqual([true, false]);
    await clean();
    expect(await isStored(stuck.id)).toBe(false);
  });
});

async function countRows(): Promise<number> {
  const { rows } = await world.ownerDb.pool.query<{ count: number }>(
    'select count(*)::int4 as count from attachments',
  );
  return rows[0]?.count ?? 0;
}
