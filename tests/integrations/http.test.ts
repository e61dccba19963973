import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpDeps } from '../../server/integrations/http.ts';
import { walkPages } from '../../server/integrations/paging.ts';
import { createLogger } from '../../server/kernel/log.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A vendor of these tests alone, over real connections. Answers how to call it and how often it was called. */
async function vendor(answer: RequestListener, deps: Partial<HttpDeps> = {}) {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createHttp(
    { name: 'The vendor', classify: () => null },
    { log, sleep: () => Promise.resolve(), random: () => 1, ...deps },
  );
  const request = { method: 'GET' as const, url: `http://127.0.0.1:${port}/x`, meter: 'x' };
  return { ask: () => client.json(request), calls: () => calls, request, client };
}

describe('a call', () => {
  it('whose answer breaks off on the way is repeated, and half of it is never taken for all', async () => {
    const half = await vendor((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":[1,2]}');
      setTimeout(() => response.destroy(), 10);
    });
    await expect(half.ask()).rejects.toMatchObject({ kind: 'retry', code: 'network' });
    expect(half.calls()).toBe(5);
  });

  it('whose answer is whole bytes of half a document is repeated too', async () => {
    const cut = await vendor((_request, response) => response.end('{"data":[1,'));
    await expect(cut.ask()).rejects.toMatchObject({ kind: 'retry', code: 'broken_answer' });
  });

  it('that is not answered in time is given up and repeated', async () => {
    const silent = await vendor(() => undefined, { timeoutMs: 300 });
    await expect(silent.ask()).rejects.toMatchObject({ kind: 'retry', code: 'timeout' });
    expect(silent.calls()).toBe(5);
  });

  it('whose answer is larger than memory should hold asks for less', async () => {
    const large = await vendor((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 32);
      let left = 70;
      const more = () => {
        while (left > 0) {
          left -= 1;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end('{}');
      };
      more();
    });
    await expect(large.ask()).rejects.toMatchObject({ kind: 'retry', isTooMuch: true });
    expect(large.calls()).toBe(1);
  });

  it('is never led to another address', async () => {
    const sly = await vendor((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    await expect(sly.ask()).rejects.toMatchObject({ kind: 'stop', code: 'contract' });
  });

  it('to a host that is not there says so without its query', async () => {
    const gone = await vendor((_request, response) => response.end('{}'));
    const request = { ...gone.request, url: 'http://127.0.0.1:9/x', query: { access_token: 'geheim' } };
    const error: unknown = await gone.client.json(request).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'retry', code: 'network' });
    expect(JSON.stringify(error)).not.toContain('geheim');
  });

  it('carries what it asks in its query, and answers status, headers and body', async () => {
    const echo = await vendor((request, response) => {
      response.writeHead(201, { 'x-used': '7' }).end(JSON.stringify({ url: request.url }));
    });
    const answer = await echo.client.json({ ...echo.request, query: { a: 'b c', d: '&' } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-used')).toBe('7');
    expect(answer.body).toEqual({ url: '/x?a=b+c&d=%26' });
  });

  it('ends with the caller’s reason while it waits for another try', async () => {
    const stopping = new AbortController();
    const failing = await vendor((_request, response) => response.end('no json'));
    const client = createHttp({ name: 'V', classify: () => null }, { log, random: () => 1 });
    setTimeout(() => stopping.abort(new Error('enough')), 100);
    await expect(client.json({ ...failing.request, signal: stopping.signal })).rejects.toThrow('enough');
    expect(failing.calls()).toBeLessThanOrEqual(1);
  });
});

describe('walking pages', () => {
  const walk = async (pages: Record<string, { items: number[]; next: string | null }>) => {
    const seen: number[] = [];
    for await (const items of walkPages('V', (cursor) => {
      const page = pages[cursor ?? 'first'];
      return page ? Promise.resolve(page) : Promise.reject(new Error(`no page ${cursor ?? ''}`));
    }))
      seen.push(...items);
    return seen;
  };

  it('goes through short and empty pages to the one without a next', async () => {
    const pages = {
      first: { items: [1, 2], next: 'a' },
      a: { items: [], next: 'b' },
      b: { items: [3], next: null },
    };
    expect(await walk(pages)).toEqual([1, 2, 3]);
  });

  it('ends in a contract error where a cursor comes back', async () => {
    const pages = {
      first: { items: [1], next: 'a' },
      a: { items: [2], next: 'b' },
      b: { items: [3], next: 'a' },
    };
    await expect(walk(pages)).rejects.toMatchObject({ kind: 'stop', code: 'contract' });
  });
});
