import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFileStore, type FileStore } from '../../server/integrations/file-store.ts';
import { Secret, sha256Hex } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const KEY_ID = 'AKIDEXAMPLE';
const SECRET = 'a secret of the tests';

async function* inParts(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(new TextEncoder().encode(part));
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array(10));
  throw new Error('The sender left.');
}

const newKey = () => `${randomUUID()}/${randomUUID()}`;
const textOf = async (store: FileStore, key: string) => new Response(await store.get(key)).text();

/** A bucket over real connections, which reckons each signature anew. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly server: Server;
  /** Answers that come before the right ones. */
  readonly faults: number[] = [];
  signed = 0;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => response.writeHead(status).end(body));
    });
  }

  async answer(request: IncomingMessage): Promise<{ status: number; body: Buffer | string }> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const fault = this.faults.shift();
    if (fault !== undefined) return { status: fault, body: '<Error/>' };
    if (!(await this.isSigned(request, body))) return { status: 403, body: '<Error/>' };
    this.signed += 1;
    const key = request.url ?? '';
    if (request.method === 'PUT') this.objects.set(key, body);
    if (request.method === 'PUT') return { status: 200, body: '' };
    const found = this.objects.get(key);
    if (request.method === 'DELETE') this.objects.delete(key);
    if (request.method === 'DELETE') return { status: 204, body: '' };
    return found ? { status: 200, body: found } : { status: 404, body: '<Error/>' };
  }

  private async isSigned(
    { method = '', url = '', headers }: IncomingMessage,
    body: Buffer,
  ): Promise<boolean> {
    const names = /SignedHeaders=([\w;-]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const sent = names
      .filter((name) => name !== 'host')
      .map((name) => [name, String(headers[name])] as [string, string]);
    const signer = new AwsV4Signer({
      method,
      url: `http://${headers.host ?? ''}${url}`,
      headers: sent,
      accessKeyId: KEY_ID,
      secretAccessKey: SECRET,
      service: 's3',
      region: 'us-east-1',
      datetime: String(headers['x-amz-date']),
    });
    const { headers: expected } = await signer.sign();
    return (
      expected.get('authorization') === headers.authorization &&
      names.includes('host') &&
      headers['x-amz-content-sha256'] === sha256Hex(body)
    );
  }
}

const bucket = new Bucket();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'file-store-'));
  await new Promise<void>((resolve) => bucket.server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  bucket.faults.length = 0;
});
afterAll(async () => {
  bucket.server.closeAllConnections();
  bucket.server.close();
  await rm(folder, { recursive: true });
});

function s3Store(secret = SECRET): FileStore {
  const { port } = bucket.server.address() as AddressInfo;
  const s3 = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'files',
    accessKeyId: KEY_ID,
    secretAccessKey: new Secret(secret),
  };
  return createFileStore({ s3, dataDirectory: folder }, { log, sleep: () => Promise.resolve() });
}

const folderStore = () => createFileStore({ s3: null, dataDirectory: folder }, { log });

describe.each([
  ['in a folder', folderStore],
  ['in a bucket', s3Store],
] as const)('a file store %s', (_where, open) => {
  it('gives back what it was given, to the byte', async () => {
    const [store, key] = [open(), newKey()];
    await store.put(key, inParts('one ', 'two ', 'thrée'));
    expect(await textOf(store, key)).toBe('one two thrée');
  });

  it('says of what is not there that it is not', async () => {
    await expect(open().get(newKey())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('removes a file, and one that is not there as well', async () => {
    const [store, key] = [open(), newKey()];
    await store.put(key, inParts('x'));
    await store.remove(key);
    await store.remove(key);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps nothing of what broke off', async () => {
    const [store, key] = [open(), newKey()];
    await expect(store.put(key, breaking())).rejects.toThrow('The sender left.');
    await expect(store.get(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes no key but two ids', async () => {
    const store = open();
    for (const key of ['../x', `${randomUUID()}/../x`, `/${newKey()}`, '']) {
      await expect((async () => store.get(key))()).rejects.toThrow(RangeError);
      await expect((async () => store.put(key, inParts('x')))()).rejects.toThrow(RangeError);
      await expect((async () => store.remove(key))()).rejects.toThrow(RangeError);
    }
  });
});

describe('a folder', () => {
  it('is closed to other users, and holds no draft of a file that broke off', async () => {
    const [store, key] = [folderStore(), newKey()];
    await expect(store.put(key, breaking())).rejects.toThrow();
    const [tenant = ''] = key.split('/');
    const place = path.join(folder, 'files', tenant);
    expect(await readdir(place)).toEqual([]);
    expect((await stat(place)).mode & 0o077).toBe(0);
  });
});

describe('a bucket', () => {
  it('is asked with a signature over the very bytes', async () => {
    const before = bucket.signed;
    await s3Store().put(newKey(), inParts('signed'));
    expect(bucket.signed).toBe(before + 1);
    const wrong = s3Store('another secret');
    await expect(wrong.put(newKey(), inParts('x'))).rejects.toMatchObject({ code: 'upstream' });
  });

  it('that fails for a moment is asked again', async () => {
    const [store, key] = [s3Store(), newKey()];
    bucket.faults.push(503, 500);
    await store.put(key, inParts('at last'));
    bucket.faults.push(503);
    expect(await textOf(store, key)).toBe('at last');
  });

  it('that does not answer at all is told of in words', async () => {
    bucket.faults.push(503, 503, 503, 503, 503);
    const refused = s3Store().put(newKey(), inParts('x'));
    await expect(refused).rejects.toMatchObject({
      code: 'upstream',
      message: 'The file store does not answer right now. Try again in a moment.',
    });
  });
});
