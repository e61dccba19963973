import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SANDBOX_PHYLLO_ENVIRONMENT } from '../../sandbox/phyllo/app.ts';
import {
  accountOf,
  BASE,
  get,
  INSTAGRAM,
  newUser,
  order,
  post,
  type Rig,
  startRig,
  TIKTOK,
  wait,
} from './phyllo-client.ts';

const NOW = '2026-05-20T10:30:00Z';
const EMBEDDER = 'http://product.test';

let rig: Rig;
let users = 0;

beforeAll(() => {
  rig = startRig({ now: NOW });
});
beforeEach(() => {
  rig.clock.now = new Date(NOW);
});
afterAll(() => {
  rig.server.close();
});

interface Session extends Record<string, string> {
  userId: string;
  token: string;
}

async function session(change: Record<string, string> = {}): Promise<Session> {
  users += 1;
  const userId = await newUser(`connecting-${users}`);
  const { sdk_token } = await post<{ sdk_token: string }>('/v1/sdk-tokens', {
    user_id: userId,
    products: ['IDENTITY'],
  });
  return {
    ...{ clientDisplayName: 'Meridian & Söhne', environment: SANDBOX_PHYLLO_ENVIRONMENT, workPlatformId: '' },
    ...{ embedder: EMBEDDER, userId, token: sdk_token, ...change },
  };
}

interface Told {
  name: string;
  args: string[];
}

interface Step {
  page: string;
  /** What the page tells the one around it at once. */
  told: Told | null;
}

const unescape = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

async function step(fields: Record<string, string>): Promise<Step> {
  const response = await fetch(`${BASE}/connect/v2/session`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  const page = await response.text();
  const [, name, args] = /data-when="now" data-event="(\w+)" data-args="([^"]*)"/.exec(page) ?? [];
  const told = name === undefined ? null : { name, args: JSON.parse(unescape(args ?? '[]')) as string[] };
  return { page, told };
}

describe('the Connect page', () => {
  test('asks for a platform, then for the account, and tells who was connected', async () => {
    const fields = await session();
    const platforms = await step(fields);
    expect(platforms.page).toContain('Connect your accounts to Meridian &amp; Söhne');
    expect([...platforms.page.matchAll(/name="chosenPlatformId" value/g)]).toHaveLength(7);
    const accounts = await step({ ...fields, chosenPlatformId: INSTAGRAM });
    expect(accounts.page).toContain('<bdi>ليلى المنصوري</bdi> · <bdi>Layla Al Mansoori</bdi>');
    expect([platforms.told, accounts.told]).toEqual([null, null]);
    const choice = { ...fields, chosenPlatformId: INSTAGRAM, username: 'laylamansoori', decision: 'connect' };
    const done = await step(choice);
    const [accountId = '', ...rest] = done.told?.args ?? [];
    expect([done.told?.name, ...rest]).toEqual(['accountConnected', INSTAGRAM, fields.userId]);
    const account = await accountOf(accountId);
    expect([account.user.id, account.status]).toEqual([fields.userId, 'CONNECTED']);
    expect(done.page).toContain(`data-embedder="${EMBEDDER}"`);
    expect(done.page).not.toContain(fields.token);
  });

  test('begins with the account where the platform is given', async () => {
    const fields = await session({ workPlatformId: TIKTOK });
    expect((await step(fields)).page).toContain('Sign in to TikTok');
  });

  test('lets a person disconnect what is connected, and refuse', async () => {
    const fields = await session({ workPlatformId: TIKTOK });
    const choose = (decision: string) => step({ ...fields, username: 'rubycast', decision });
    expect((await choose('disconnect')).told?.name).toBe('connectionFailure');
    const connected = (await choose('connect')).told?.args ?? [];
    expect((await choose('disconnect')).told).toEqual({ name: 'accountDisconnected', args: connected });
    const account = await accountOf(connected[0] ?? '');
    expect([account.status, account.disconnection_source]).toEqual(['NOT_CONNECTED', 'CONNECT_SDK']);
    expect((await choose('fail')).told).toEqual({
      name: 'connectionFailure',
      args: ['REFUSED', TIKTOK, fields.userId],
    });
  });

  test('says that the session expired for a token that is old, forged, another’s or of another environment', async () => {
    const [fields, other] = [await session(), await session()];
    for (const change of [
      { token: `${fields.token}x` },
      { token: '' },
      { token: other.token },
      { userId: other.userId },
      { environment: 'production' },
    ]) {
      const { told } = await step({ ...fields, ...change });
      expect(told?.name).toBe('tokenExpired');
    }
    await order('settings', { tokenMs: 60_000 });
    const brief = await session();
    await order('settings', { tokenMs: 7 * 86_400_000 });
    expect((await step(brief)).told).toBeNull();
    wait(rig, 60_000);
    expect((await step(brief)).told).toEqual({ name: 'tokenExpired', args: [brief.userId] });
  });

  test('names a platform that cannot be connected', async () => {
    const unknown = '00000000-0000-4000-a000-000000000000';
    const { told } = await step(await session({ workPlatformId: unknown }));
    expect(told?.name).toBe('connectionFailure');
  });

  test('writes what it is given as text', async () => {
    const fields = await session({ clientDisplayName: '<script>alert(1)</script>', embedder: '"><b>' });
    const { page } = await step(fields);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('"><b>');
  });
});

describe('the Connect script', () => {
  interface Connect {
    on(event: string, callback: () => void): void;
    open(): void;
  }
  interface Page {
    PhylloConnect?: { initialize(config: object): Connect };
  }

  const config = { clientDisplayName: 'S', environment: 'sandbox', userId: 'u', token: 't' };

  /** Runs the script as a page without elements does: what needs none can be seen. */
  async function load(): Promise<NonNullable<Page['PhylloConnect']>> {
    const response = await fetch(`${BASE}/connect/v2/phyllo-connect.js`);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    const window: Page = {};
    const document = { currentScript: { src: `${BASE}/connect/v2/phyllo-connect.js` } };
    runInNewContext(await response.text(), { window, document, URL });
    if (!window.PhylloConnect) throw new Error('the script defines nothing');
    return window.PhylloConnect;
  }

  test('does not open before all four callbacks are there, and names the one that lacks', async () => {
    const connect = (await load()).initialize(config);
    for (const name of ['accountConnected', 'accountDisconnected', 'tokenExpired']) {
      connect.on(name, () => undefined);
    }
    expect(() => {
      connect.open();
    }).toThrow(/exit/);
  });

  test('refuses a session without its token, and an event that there is not', async () => {
    const sdk = await load();
    expect(() => sdk.initialize({ ...config, token: '' })).toThrow(/token/);
    expect(() => sdk.initialize({ ...config, userId: undefined })).toThrow(/userId/);
    expect(() => {
      sdk.initialize(config).on('accountExploded', () => undefined);
    }).toThrow(/accountExploded/);
  });

  test('keeps the token out of every address: the frame is opened without it', async () => {
    const frame = await (await fetch(`${BASE}/connect/v2/frame`)).text();
    expect(frame).toContain('<form method="post" action="/connect/v2/session">');
    const calls = await get<{ path: string; query: object }[]>('/_calls?platform=phyllo');
    expect(
      calls
        .filter(({ path }) => path.startsWith('/connect'))
        .every(({ query }) => Object.keys(query).length === 0),
    ).toBe(true);
  });
});
