import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cleanUpTask } from '../../jobs/tasks/clean-up.ts';
import { toPublicError } from '../../server/api/errors.ts';
import { openContractFile } from '../../server/api/files.ts';
import { removeUnusedFiles } from '../../server/domain/attachments/clean-up.ts';
import { MAX_CONTRACT_FILE_BYTES } from '../../server/domain/creator-contracts/fields.ts';
import { Contracted } from '../support/contracted.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { contextOf, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let made: Contracted;
let rival: Contracted;
let creatorId: string;
let creatorContractId: string;
beforeAll(async () => {
  world = await createWorld(database());
  made = new Contracted(world);
  rival = new Contracted(world, world.rival);
  creatorId = (await made.creator({ brandId: made.brands.first })).id;
});
afterAll(() => world.close());
beforeEach(async () => {
  const contract = { creatorId, title: 'Filed', brandId: made.brands.first };
  creatorContractId = (await made.as('owner').creatorContracts.create(contract)).id;
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An archive of one stored entry, as an office document begins. */
function office(type: string): Buffer {
  const name = Buffer.from('[Content_Types].xml');
  const content = Buffer.from(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${type}.main+xml"/></Types>`,
  );
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(crc32(content), 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, content]);
}

async function* inParts(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    yield part;
  }
}

const upload = (name: PersonName, fileName: string, bytes: Uint8Array, of = made) =>
  of.as(name).creatorContracts.uploadFile({ creatorContractId, fileName, content: inParts(bytes) });

async function read(name: PersonName, of = made, id = creatorContractId): Promise<string> {
  const { principal } = of.agency.people[name];
  try {
    const { stream } = await openContractFile(contextOf(world, { principal }), id);
    return await new Response(stream).text();
  } catch (error) {
    return toPublicError(error).code;
  }
}

async function isStored(fileId: string): Promise<boolean> {
  const { dataDirectory } = world.services.config;
  try {
    await access(path.join(dataDirectory, 'files', world.demo.organizationId, fileId));
    return true;
  } catch {
    return false;
  }
}

const clean = () =>
  removeUnusedFiles({ jobsDb: world.jobsDb, files: world.services.files, log: world.services.log });
const countRows = async () => {
  const { rows } = await made.query<{ count: number }>(
    'select count(*)::int4 as count from contract_files where creator_contract_id = $1',
    [creatorContractId],
  );
  return rows[0]?.count;
};

describe('the file of a contract', () => {
  test.each([
    ['signed.pdf', PDF, 'application/pdf'],
    ['scan.png', PNG, 'image/png'],
    ['scan.jpg', JPEG, 'image/jpeg'],
    ['contract.docx', office(WORD), WORD],
    ['named-wrongly.png', PDF, 'application/pdf'],
  ])('is taken as %s, by its bytes', async (fileName, bytes, contentType) => {
    const file = await upload('member', fileName, bytes);
    expect(file).toMatchObject({ fileName, contentType, bytes: bytes.length });
    const contract = await made.as('viewer').creatorContracts.byId({ creatorContractId });
    expect(contract.file).toEqual(file);
  });

  test.each([
    ['words.pdf', Buffer.from('only words')],
    ['page.html', Buffer.from('<script>alert(1)</script>')],
    ['plan.txt', Buffer.from('words')],
    ['sheet.docx', office(SHEET)],
    ['contract.exe', PDF],
    ['program.pdf', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['nothing.pdf', Buffer.alloc(0)],
  ])('is refused as %s, and leaves nothing', async (fileName, bytes) => {
    expect((await refusal(upload('owner', fileName, bytes))).code).toBe('invalid');
    expect(await countRows()).toBe(0);
  });

  test('is at most 20 MB', async () => {
    const whole = Buffer.concat([PDF, Buffer.alloc(MAX_CONTRACT_FILE_BYTES - PDF.length)]);
    expect((await upload('owner', 'most.pdf', whole)).bytes).toBe(MAX_CONTRACT_FILE_BYTES);
    const more = upload('owner', 'more.pdf', Buffer.concat([whole, Buffer.alloc(1)]));
    expect((await refusal(more)).code).toBe('too_large');
    expect(await countRows()).toBe(1);
  });

  test('is read by who reads the contract, and by nobody else', async () => {
    await upload('owner', 'signed.pdf', PDF);
    for (const name of ['owner', 'admin', 'member', 'viewer'] as const)
      expect([name, await read(name)]).toEqual([name, PDF.toString()]);
    expect(await read('unassigned')).toBe('not_found');
    expect(await read('client')).toBe('forbidden');
    expect(await read('owner', rival)).toBe('not_found');
    expect(await read('owner', made, randomUUID())).toBe('not_found');
  });

  test('takes the place of the one before, whose bytes go', async () => {
    const first = await upload('owner', 'first.pdf', PDF);
    const second = await upload('member', 'second.png', PNG);
    expect(await countRows()).toBe(1);
    await clean();
    expect([await isStored(first.id), await isStored(second.id)]).toEqual([false, true]);
    await made.as('member').creatorContracts.removeFile({ creatorContractId });
    await clean();
    expect([await countRows(), await isStored(second.id)]).toEqual([0, false]);
    const gone = made.as('member').creatorContracts.removeFile({ creatorContractId });
    expect((await refusal(gone)).code).toBe('not_found');
  });

  test('is one, also of two that come in at once', async () => {
    await Promise.all([upload('owner', 'a.pdf', PDF), upload('member', 'b.png', PNG)]);
    expect(await countRows()).toBe(1);
  });

  test('of a signed contract is added by whoever writes, and replaced by an admin alone', async () => {
    await made.as('member').creatorContracts.changeStatus({ creatorContractId, status: 'SIGNED' });
    await upload('member', 'signed.pdf', PDF);
    expect((await refusal(upload('member', 'other.pdf', PDF))).code).toBe('forbidden');
    const removed = made.as('member').creatorContracts.removeFile({ creatorContractId });
    expect((await refusal(removed)).code).toBe('forbidden');
    expect((await upload('admin', 'other.png', PNG)).contentType).toBe('image/png');
  });

  test('is refused to viewers, clients, the unassigned and other agencies', async () => {
    expect((await refusal(upload('viewer', 'a.pdf', PDF))).code).toBe('forbidden');
    expect((await refusal(upload('client', 'a.pdf', PDF))).code).toBe('forbidden');
    expect((await refusal(upload('unassigned', 'a.pdf', PDF))).code).toBe('not_found');
    expect((await refusal(upload('owner', 'a.pdf', PDF, rival))).code).toBe('not_found');
    const nameless = made
      .as('owner')
      .creatorContracts.uploadFile({ creatorContractId, fileName: '', content: inParts(PDF) });
    expect(await refusedFields(nameless)).toEqual(['invalid', 'fileName']);
    expect(await countRows()).toBe(0);
  });

  test('whose bytes never came in whole is cleaned up after a day', async () => {
    const { organizationId } = world.demo;
    await made.query(
      `insert into contract_files (organization_id, creator_contract_id, file_name, storage_key, created_at)
       values ($1::uuid, $2, 'old.pdf', $1::uuid::text || '/' || gen_random_uuid(), now() - interval '25 hours'),
              ($1::uuid, $2, 'new.pdf', $1::uuid::text || '/' || gen_random_uuid(), now() - interval '23 hours')`,
      [organizationId, creatorContractId],
    );
    expect((await made.as('owner').creatorContracts.byId({ creatorContractId })).file).toBeNull();
    const { jobsDb, services } = world;
    const task = cleanUpTask({ ...services, jobsDb });
    await task({}, {} as Parameters<typeof task>[1]);
    expect(await countRows()).toBe(1);
  });
});
