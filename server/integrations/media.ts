import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { PlatformError } from './errors.ts';
import { createHttp, type HttpDeps } from './http.ts';

/** Copies pictures and videos from where networks show them for a while. */
export interface MediaFetcher {
  /**
   * The bytes as they come, of which no more than `maxBytes`. Errors: PlatformError: `skip` where the address is none
   * that may be asked, or shows nothing any more; `retry` where it may work later. More bytes fail their reader.
   */
  open(
    url: string,
    options: { maxBytes: number; signal?: AbortSignal | undefined },
  ): Promise<AsyncIterable<Uint8Array>>;
}

interface MediaDeps extends HttpDeps {
  /** The one origin that may be http and on this machine's own network: a stand-in's. */
  trustedOrigin: string | null;
  /** All addresses of a host; the system's own unless said. */
  resolve?: (host: string) => Promise<readonly string[]>;
}

const POLICY = {
  name: 'The network',
  classify: ({ status }: { status: number }): PlatformError | null => {
    if (status === 200) return null;
    const isPassing = status === 429 || status >= 500;
    return new PlatformError({
      kind: isPassing ? 'retry' : 'skip',
      code: String(status),
      message: isPassing
        ? 'The network could not show the picture just now.'
        : 'The network no longer shows the picture at this address.',
    });
  },
};

export function createMediaFetcher(deps: MediaDeps): MediaFetcher {
  const http = createHttp(POLICY, deps);
  return {
    open: async (url, { maxBytes, signal }) => {
      await requirePublic(url, deps);
      const { headers, body } = await http.stream({
        method: 'GET',
        url,
        headers: { accept: 'image/*, video/*' },
        meter: 'media',
        signal,
      });
      if (Number(headers.get('content-length') ?? 0) > maxBytes) {
        // Nobody waits for what is turned away to end.
        void body.cancel().catch(() => undefined);
        throw tooLarge(maxBytes);
      }
      return capped(body, maxBytes);
    },
  };
}

/**
 * The addresses come from what a vendor tells of strangers' posts: nothing of ours may be reached through one. A host is
 * judged by every address that it has. Redirects are not followed: see createHttp.
 */
async function requirePublic(url: string, { trustedOrigin, resolve = resolveAll }: MediaDeps): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address && trustedOrigin !== null && address.origin === new URL(trustedOrigin).origin) return;
  if (address?.protocol !== 'https:' || address.username !== '' || !['', '443'].includes(address.port))
    throw refused('It is no plain https address.');
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolve(host);
  if (addresses.length === 0 || addresses.some(isPrivate)) throw refused('It leads into a private network.');
}

async function resolveAll(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    throw new PlatformError({
      kind: 'retry',
      code: 'network',
      message: 'The network’s picture could not be reached.',
    });
  }
}

/** What is no public address: RFC 6890 and its successors. */
const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');

/** IPv4 within IPv6 is judged as the IPv4 that it is: BlockList does so by itself. */
export function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

async function* capped(body: ReadableStream<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

function tooLarge(maxBytes: number): PlatformError {
  const message = `The picture is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`;
  return new PlatformError({ kind: 'stop', code: 'too_large', message });
}

function refused(why: string): PlatformError {
  return new PlatformError({
    kind: 'stop',
    code: 'address',
    message: `The picture’s address is not asked: ${why}`,
  });
}
