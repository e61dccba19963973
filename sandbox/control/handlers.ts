import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from '../address.ts';
import { type SandboxState } from '../state.ts';
import { WORLD_PLATFORMS } from '../world/platforms.ts';
import { findAccount } from '../world/world.ts';
import { parseFaultOrder } from './faults.ts';
import { parseTruthRange, truthOf } from './truth.ts';

const refuse = (status: number, message: string) => HttpResponse.json({ error: message }, { status });

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    // Not JSON: the reader of the body says so in its own words.
    return undefined;
  }
}

/** Every ad account, whoever sees it; what stands above one is named by its id and is no account itself. */
function allAccounts({ world }: SandboxState) {
  return world.accounts.map((account) => {
    const { platform, id, name, currency, timeZone, manager, settledAfterDays } = account;
    return { platform, id, name, currency, timeZone, parentId: manager?.id ?? null, settledAfterDays };
  });
}

function answerTruth(state: SandboxState, url: URL): Response {
  const asked = url.pathname.split('/').at(-1) ?? '';
  if (asked === 'accounts') return HttpResponse.json(allAccounts(state));
  const platform = WORLD_PLATFORMS.find((name) => name === asked);
  if (!platform) return refuse(404, `this sandbox has the platforms ${WORLD_PLATFORMS.join(', ')}`);
  const accountId = url.searchParams.get('account') ?? '';
  const account = findAccount(state.world, platform, accountId);
  if (!account) return refuse(404, `no account ${accountId} of ${platform} in this world`);
  const range = parseTruthRange(url.searchParams, state.now());
  if ('problem' in range) return refuse(400, range.problem);
  return HttpResponse.json(truthOf(state.world, account, range));
}

async function armFault(state: SandboxState, request: Request): Promise<Response> {
  const parsed = parseFaultOrder(await bodyOf(request));
  if ('problem' in parsed) return refuse(400, parsed.problem);
  return HttpResponse.json(state.faults.arm(parsed.order), { status: 201 });
}

async function plantSeed(state: SandboxState, request: Request): Promise<Response> {
  const body = await bodyOf(request);
  const seed = typeof body === 'object' && body !== null && 'seed' in body ? body.seed : undefined;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    return refuse(400, 'seed must be a whole number from 0 to 4294967295');
  }
  state.reseed(seed);
  return HttpResponse.json({ seed });
}

/** The sandbox's own questions: truth, faults, calls and seed. */
export function createControlHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const at = (path: string) => addressPattern(baseUrl, path);
  return [
    http.get(at('/_truth/[a-z]+'), ({ request }) => answerTruth(state, new URL(request.url))),
    http.get(at('/_faults'), () => HttpResponse.json(state.faults.list())),
    http.post(at('/_faults'), ({ request }) => armFault(state, request)),
    http.delete(at('/_faults'), () => {
      state.clearFaults();
      return HttpResponse.json({ cleared: true });
    }),
    http.get(at('/_calls'), ({ request }) => {
      const platform = new URL(request.url).searchParams.get('platform');
      return HttpResponse.json(state.calls.list(platform ?? undefined));
    }),
    http.delete(at('/_calls'), () => {
      state.calls.clear();
      return HttpResponse.json({ cleared: true });
    }),
    http.get(at('/_seed'), () => HttpResponse.json({ seed: state.world.seed })),
    http.post(at('/_seed'), ({ request }) => plantSeed(state, request)),
  ];
}
