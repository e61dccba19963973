import { http, HttpResponse } from 'msw';
import { setupServer, type SetupServer } from 'msw/node';
import { type DeliveryRecord } from '../../sandbox/phyllo/outbox.ts';
import { createSandbox, type Sandbox } from '../../sandbox/handlers.ts';
import { SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET } from '../../sandbox/phyllo/app.ts';
import { type PhylloStore } from '../../sandbox/phyllo/memory.ts';

export const BASE = 'https://phyllo.sandbox.test';
export const DOOR = 'http://product.test/hooks';
export const INSTAGRAM = '9bb8913b-ddd9-430b-a66a-d74d846e6c66';
export const TIKTOK = 'de55aeec-0dc8-4119-bf90-16b3d1f0c987';
export const YOUTUBE = '14d9ddf5-51c6-415e-bde6-f8ed36ad7054';
export const X = '7645460a-96e0-4192-a3ce-a1fc30641f72';
export const FACEBOOK = 'ad2fec62-2987-40a0-89fb-23485972598c';
export const TWITCH = 'e4de6c01-5b78-4fc0-a651-24f44134457b';
export const LINKEDIN = '36410629-f907-43ba-aa0d-434ca9c0501a';

export interface Received {
  headers: Headers;
  bytes: Buffer;
}

/** A sandbox under msw with a clock that the test turns, and a door that hears its webhooks. */
export interface Rig extends Sandbox {
  server: SetupServer;
  clock: { now: Date };
  received: Received[];
  door: { answer: () => Response | Promise<Response> };
}

export function startRig(options: { now: string; seed?: number; store?: PhylloStore }): Rig {
  const clock = { now: new Date(options.now) };
  const received: Received[] = [];
  const door: Rig['door'] = { answer: () => new HttpResponse(null, { status: 200 }) };
  const sandbox = createSandbox({
    ...{ baseUrl: BASE, now: () => clock.now },
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.store === undefined ? {} : { phylloStore: options.store }),
  });
  const hears = http.post(DOOR, async ({ request }) => {
    received.push({ headers: request.headers, bytes: Buffer.from(await request.arrayBuffer()) });
    return door.answer();
  });
  const server = setupServer(...sandbox.handlers, hears);
  server.listen({ onUnhandledRequest: 'error' });
  return { ...sandbox, server, clock, received, door };
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

const AUTHENTIC = basic(SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET);

export interface Asked {
  method?: string;
  body?: unknown;
  authorization?: string | null;
}

export function ask(
  path: string,
  { method, body, authorization = AUTHENTIC }: Asked = {},
): Promise<Response> {
  return fetch(`${BASE}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'content-type': 'application/json',
      ...(authorization === null ? {} : { authorization }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The body of a good answer. */
export async function get<T>(path: string, asked: Asked = {}): Promise<T> {
  const response = await ask(path, asked);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export const post = <T>(path: string, body: unknown, method = 'POST'): Promise<T> =>
  get<T>(path, { method, body });

export interface Failure {
  type: string;
  code: string;
  error_code: string;
  message: string;
  status_code: number;
  http_status_code: number;
  request_id: string;
}

/** The error of a refusal, with the status that it came under. */
export async function refusalOf(answer: Promise<Response>): Promise<Failure & { status: number }> {
  const response = await answer;
  const { error } = (await response.json()) as { error: Failure };
  return { ...error, status: response.status };
}

export interface List<T> {
  data: T[];
  metadata: { offset: number | null; limit: number | null; from_date: string | null; to_date: string | null };
}

export interface Content {
  id: string;
  title: string | null;
  description: string | null;
  type: string;
  format: string;
  url: string;
  updated_at: string;
  published_at: string;
  media_url: string | null;
  media_urls: string[];
  thumbnail_url: string | null;
  persistent_thumbnail_url: string | null;
  duration: number | null;
  hashtags: string[] | null;
  mentions: string[] | null;
  sponsored: { is_sponsored: boolean; tags: string } | null;
  engagement: Record<string, number | null>;
}

export interface Profile {
  id: string;
  platform_username: string;
  full_name: string;
  image_url: string;
  reputation: Record<string, number | null>;
}

interface Sync {
  status: string;
  last_sync_at: string | null;
  audience?: Sync;
}

export interface Account {
  id: string;
  user: { id: string; name: string };
  work_platform: { id: string; name: string };
  platform_username: string;
  profile_pic_url: string;
  status: string;
  disconnection_source: string | null;
  data: { identity: Sync; engagement?: Sync & { data_available_from: string | null } };
}

export async function newUser(externalId: string): Promise<string> {
  return (await post<{ id: string }>('/v1/users', { name: 'A creator', external_id: externalId })).id;
}

export interface Connected {
  accountId: string;
  userId: string;
}

export const order = <T = unknown>(name: string, body: object = {}): Promise<T> =>
  post<T>(`/_phyllo/${name}`, body);

export const connect = (userId: string, workPlatformId: string, username: string): Promise<Connected> =>
  order<Connected>('connect', { userId, workPlatformId, username });

export function wait(rig: Rig, ms: number): void {
  rig.clock.now = new Date(rig.clock.now.getTime() + ms);
}

let users = 0;

/** A new user's account, with its first figures. */
export async function connected(rig: Rig, workPlatformId: string, username: string): Promise<string> {
  users += 1;
  const { accountId } = await connect(await newUser(`creator-${users}`), workPlatformId, username);
  wait(rig, 4_000);
  return accountId;
}

export const accountOf = (id: string): Promise<Account> => get<Account>(`/v1/accounts/${id}`);

export async function profileOf(id: string): Promise<Profile> {
  const { data } = await get<List<Profile>>(`/v1/profiles?account_id=${id}`);
  const [profile] = data;
  if (!profile) throw new Error('no profile');
  return profile;
}

const MOST_PAGES = 100;

/** Every content of an account: pages until a short one. */
export async function contentsOf(accountId: string, query = ''): Promise<Content[]> {
  const found: Content[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/v1/social/contents?account_id=${accountId}&limit=100&offset=${page * 100}${query}`;
    const { data } = await get<List<Content>>(path);
    found.push(...data);
    if (data.length < 100) return found;
  }
  throw new Error(`no end after ${MOST_PAGES} pages`);
}

export interface Event {
  event: string;
  name: string;
  id: string;
  data: {
    account_id: string;
    user_id: string;
    last_updated_time: string;
    profile_id?: string;
    items?: string[];
  };
}

export const eventOf = ({ bytes }: Received): Event => JSON.parse(bytes.toString()) as Event;

export interface Webhook {
  id: string;
  name: string;
  url: string;
  is_active: boolean;
  events: string[];
}

export const ALL_EVENTS = [
  ...['ACCOUNTS.CONNECTED', 'ACCOUNTS.DISCONNECTED', 'SESSION.EXPIRED', 'PROFILES.ADDED', 'PROFILES.UPDATED'],
  ...['PROFILES_AUDIENCE.ADDED', 'PROFILES_AUDIENCE.UPDATED', 'CONTENTS.ADDED', 'CONTENTS.UPDATED'],
];

export const register = (events = ALL_EVENTS): Promise<Webhook> =>
  post<Webhook>('/v1/webhooks', { name: 'SpokeStack', url: DOOR, events });

export const deliveries = (): Promise<{ pending: number; deliveries: DeliveryRecord[] }> =>
  get('/_phyllo/deliveries');
