import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCreatorNetwork } from '../../server/integrations/registry.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { createLogger } from '../../server/kernel/log.ts';

const HOST = 'http://lists.phyllo.test';
const USER = '00000000-0000-4000-8000-000000000000';
/** What stands at each offset. */
let pages: (offset: number) => number[] = () => [];
const asked: string[] = [];

const item = (id: number) => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  user: { id: USER },
  work_platform: { id: '7645460a-96e0-4192-a3ce-a1fc30641f72' },
  status: 'CONNECTED',
});
const server = setupServer(
  http.get(`${HOST}/v1/accounts`, ({ request }) => {
    const { searchParams } = new URL(request.url);
    asked.push(`${searchParams.get('limit')} from ${searchParams.get('offset')}`);
    return HttpResponse.json({ data: pages(Number(searchParams.get('offset'))).map(item) });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

const log = createLogger({ name: 'test', level: 'silent' });
const network = createCreatorNetwork(
  loadConfig({ PHYLLO_CLIENT_ID: 'id', PHYLLO_CLIENT_SECRET: 'secret', PHYLLO_API_URL: HOST }),
  { log },
);
const listed = async () => (await network?.accounts(USER)) ?? [];
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

it('a list is walked by the hundred until a page is short', async () => {
  asked.length = 0;
  pages = (offset) => range(offset, Math.min(offset + 100, 250));
  expect(await listed()).toHaveLength(250);
  expect(asked).toEqual(['100 from 0', '100 from 100', '100 from 200']);
});

it('a list that ends with a full page is asked once more', async () => {
  pages = (offset) => range(offset, Math.min(offset + 100, 200));
  expect(await listed()).toHaveLength(200);
});

it('what moved on to the next page meanwhile comes once', async () => {
  pages = (offset) => (offset === 0 ? range(0, 100) : range(99, 110));
  expect(await listed()).toHaveLength(110);
});

it('a page that comes again is a contract error, and no complete list', async () => {
  pages = () => range(0, 100);
  await expect(listed()).rejects.toMatchObject({ kind: 'stop', code: 'contract' });
});
