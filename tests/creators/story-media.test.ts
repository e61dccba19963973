import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { openContentMedia } from '../../server/api/files.ts';
import { keepStoryMedia, MOST_MEDIA_BYTES } from '../../server/domain/creator-contents/keep-media.ts';
import { createMediaFetcher } from '../../server/integrations/media.ts';
import { type MadeCreator, makeCreator, networkContent } from '../support/creators.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, contextOf, createWorld, type PersonName, type World } from '../support/world.ts';
import { workOf } from './at-work.ts';

const database = useTestDatabase();
let world: World;
let creator: MadeCreator;
/** What the stand-in's server shows, and where. */
let shown: { status: number; body: Uint8Array; location: string } = {
  status: 200,
  body: Buffer.alloc(0),
  location: '',
};
let standIn: Server;
let origin: string;
beforeAll(async () => {
  standIn = createServer((_request, response) => {
    response.writeHead(shown.status, shown.location ? { location: shown.location } : {});
    response.end(shown.body);
  });
  await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`;
  world = await createWorld(database());
  creator = await makeCreator(world, world.demo, { brandId: world.demo.brands.first });
});
afterAll(async () => {
  standIn.closeAllConnections();
  await new Promise((resolve) => standIn.close(resolve));
  await world.close();
});

const { ingest } = workOf(() => world);
const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
/** The least PNG: its eight first bytes and a head. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SHOWN = 'https://cdn.test/story.png';

async function story(mediaUrl = `${origin}/story.png`): Promise<string> {
  const [creatorContentId = ''] = await ingest(creator, [
    networkContent({
      type: 'STORY',
      caption: null,
      url: null,
      mediaUrl,
      publishedAt: new Date('2026-11-20T07:00:00Z'),
      expiresAt: new Date('2026-11-21T07:00:00Z'),
    }),
  ]);
  return creatorContentId;
}

interface Circumstances {
  now?: string;
  addresses?: readonly string[];
}

function keep(
  creatorContentId: string,
  { now = '2026-11-20T09:00:00Z', addresses = ['93.184.216.34'] }: Circumstances = {},
) {
  const { log, files } = world.services;
  const media = createMediaFetcher({
    log,
    trustedOrigin: origin,
    resolve: () => Promise.resolve(addresses),
    sleep: () => Promise.resolve(),
    timeoutMs: 5_000,
  });
  const services = {
    jobsDb: world.jobsDb,
    log,
    files,
    media,
    now: () => new Date(now),
    creatorNetwork: null,
  };
  return keepStoryMedia(services, { organizationId: world.demo.organizationId, creatorContentId });
}

const shows = (body: Buffer, status = 200, location = '') => {
  shown = { body, status, location };
};

function waitingOf(creatorContentId: string) {
  return withTenant(world.jobsDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
    tx
      .selectFrom('creator_content_media')
      .selectAll()
      .where('creator_content_id', '=', creatorContentId)
      .executeTakeFirstOrThrow(),
  );
}

describe('a story', () => {
  test('is copied before it goes, once, and its address forgotten', async () => {
    const creatorContentId = await story();
    shows(PNG);
    expect(await keep(creatorContentId)).toBe('KEPT');
    expect(await keep(creatorContentId)).toBe('NOTHING');
    expect(await waitingOf(creatorContentId)).toMatchObject({ source_url: null, error: null, lost_at: null });
    const { media } = await as('member').creatorContents.byId({ creatorContentId });
    expect(media).toEqual({ state: 'KEPT', contentType: 'image/png', error: null });
    const open = (name: PersonName) =>
      openContentMedia(contextOf(world, { principal: world.demo.people[name].principal }), creatorContentId);
    const { file, stream } = await open('member');
    expect(file).toMatchObject({ contentType: 'image/png', isPicture: true });
    expect(Buffer.from(await new Response(stream).arrayBuffer())).toEqual(PNG);
    expect((await refusal(open('unassigned'))).code).toBe('not_found');
  });

  test('that cannot be copied now says why, and is tried again until it is over', async () => {
    const creatorContentId = await story();
    shows(PNG, 404);
    expect(await keep(creatorContentId)).toBe('WAITING');
    const words = 'The network no longer shows the picture at this address.';
    expect((await as('member').creatorContents.byId({ creatorContentId })).media?.error).toBe(words);
    const waiting = await waitingOf(creatorContentId);
    expect(waiting).toMatchObject({ attempts: 1, next_attempt_at: new Date('2026-11-20T09:02:00Z') });
    shows(PNG);
    expect(await keep(creatorContentId, { now: '2026-11-21T07:00:00Z' })).toBe('LOST');
    expect(await keep(creatorContentId)).toBe('NOTHING');
    const { media } = await as('member').creatorContents.byId({ creatorContentId });
    expect(media).toMatchObject({ state: 'LOST', error: 'The story went before it could be copied.' });
  });

  test('is taken for what its bytes are', async () => {
    const creatorContentId = await story();
    shows(Buffer.from('<html><script>alert(1)</script></html>'));
    expect(await keep(creatorContentId)).toBe('WAITING');
    expect((await waitingOf(creatorContentId)).error).toBe(
      'The network showed neither a picture nor a video.',
    );
  });

  test('that is too large is not kept', async () => {
    const creatorContentId = await story();
    shows(Buffer.concat([PNG, Buffer.alloc(MOST_MEDIA_BYTES)]));
    expect(await keep(creatorContentId)).toBe('LOST');
    expect((await waitingOf(creatorContentId)).error).toBe('The picture is larger than 20 MiB.');
  });

  test.each([
    ['http://cdn.test/a.png', ['93.184.216.34']],
    [SHOWN, ['10.0.0.5']],
    [SHOWN, ['93.184.216.34', '127.0.0.1']],
    ['https://169.254.169.254/latest/meta-data', []],
    ['https://[::1]/a.png', []],
    ['https://cdn.test:8443/a.png', ['93.184.216.34']],
    ['file:///etc/passwd', []],
  ])('at %s with the addresses %j is not asked for', async (url, addresses) => {
    const creatorContentId = await story(url);
    expect(await keep(creatorContentId, { addresses })).toBe('LOST');
    expect((await waitingOf(creatorContentId)).error).toMatch(/^The picture’s address is not asked/);
  });

  test('at a public address is asked for, and again where that fails', async () => {
    // No name of .test leads anywhere.
    const creatorContentId = await story(SHOWN);
    expect(await keep(creatorContentId)).toBe('WAITING');
    expect((await waitingOf(creatorContentId)).error).toMatch(/could not be reached/);
  });

  test('behind a redirect is not followed', async () => {
    const creatorContentId = await story();
    shows(Buffer.alloc(0), 302, 'http://127.0.0.1/secret');
    expect(await keep(creatorContentId)).toBe('LOST');
  });
});
