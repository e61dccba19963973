import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from '../address.ts';
import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { accountOf, userOf } from './call.ts';
import { findSocial, platformById } from './connect.ts';
import { connectAccount, disconnectAccount, expireSession } from './connecting.ts';
import { PhylloFailure } from './failures.ts';
import { advance, refreshNow } from './life.ts';
import { toUuid } from './ids.ts';
import { Refusal } from './refusal.ts';
import { readSenderSettings, readTimes } from './control-settings.ts';
import { phylloAccounts, phylloPeople, phylloTruth } from './truth.ts';

type Body = Readonly<Record<string, unknown>>;

const text = (body: Body, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new Refusal(400, `${name} must be a text`);
  return value;
};

/** A person connects an account, without the page. */
function connect(state: SandboxState, body: Body) {
  const user = userOf(state, text(body, 'userId'));
  const platform = platformById(text(body, 'workPlatformId'));
  if (!platform) throw new Refusal(404, 'nobody has an account on that work platform');
  const social = findSocial(state, platform, text(body, 'username'));
  if (!social) throw new Refusal(404, `nobody is called so on ${platform.name}: see GET /_phyllo/people`);
  const { id } = connectAccount(state, user, social);
  return { accountId: id, workPlatformId: platform.id, userId: user.id };
}

function disconnect(state: SandboxState, body: Body) {
  const account = accountOf(state, text(body, 'accountId'));
  disconnectAccount(state, account, 'PLATFORM');
  return { accountId: account.id, status: account.status };
}

function expire(state: SandboxState, body: Body) {
  const account = accountOf(state, text(body, 'accountId'));
  expireSession(state, account);
  return { accountId: account.id, status: account.status };
}

/** Phyllo's daily look at every connected account, now; what was posted in the last `days` counts as new. */
function tick(state: SandboxState, { days = 1 }: Body) {
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > 400) {
    throw new Refusal(400, 'days must be a whole number from 1 to 400');
  }
  const since = state.now().getTime() - days * DAY_MS;
  const accounts = [...state.phyllo.accounts.values()].filter(({ status }) => status === 'CONNECTED');
  for (const account of accounts) refreshNow(state, account, since);
  state.phyllo.keep();
  return { accounts: accounts.length, pending: state.phyllo.outbox.pending };
}

function changeSender(state: SandboxState, body: Body) {
  const { outbox } = state.phyllo;
  outbox.settings = { ...outbox.settings, ...readSenderSettings(body) };
  return outbox.settings;
}

function changeTimes({ phyllo }: SandboxState, body: Body) {
  return Object.assign(phyllo.settings, readTimes(body));
}

async function flush(state: SandboxState, { all = false }: Body) {
  if (typeof all !== 'boolean') throw new Refusal(400, 'all must be true or false');
  await state.phyllo.outbox.flush({ all });
  return { pending: state.phyllo.outbox.pending };
}

type Order = (state: SandboxState, body: Body) => object | Promise<object>;

const ORDERS: Record<string, Order> = {
  ...{ connect, disconnect, expire, tick, flush },
  webhooks: changeSender,
  settings: changeTimes,
};

async function bodyOf(request: Request): Promise<Body> {
  const raw = await request.text();
  if (raw === '') return {};
  try {
    const body: unknown = JSON.parse(raw);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal(400, 'the body must be a JSON object');
}

async function guarded(state: SandboxState, work: () => object | Promise<object>): Promise<Response> {
  try {
    advance(state);
    return HttpResponse.json(await work());
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof PhylloFailure)) throw error;
    return HttpResponse.json({ error: error.message }, { status: error.status });
  }
}

function truth(state: SandboxState, url: URL): object {
  const id = toUuid(url.searchParams.get('account') ?? '');
  const account = accountOf(state, id ?? '');
  const asked = url.searchParams.get('asOf');
  const moment = asked === null ? null : new Date(asked);
  if (moment && Number.isNaN(moment.getTime())) throw new Refusal(400, 'asOf must be an instant, ISO 8601');
  return phylloTruth(state, account, moment);
}

/** The sandbox's own questions about Phyllo, and what can be made to happen there. */
export function createPhylloControl(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const at = (path: string) => addressPattern(baseUrl, path);
  const get = (path: string, answer: (url: URL) => object) =>
    http.get(at(path), ({ request }) => guarded(state, () => answer(new URL(request.url))));
  const { outbox } = state.phyllo;
  return [
    get('/_truth/phyllo', (url) => truth(state, url)),
    get('/_truth/phyllo/accounts', () => phylloAccounts(state)),
    get('/_phyllo/people', () => phylloPeople(state)),
    get('/_phyllo/settings', () => ({ times: state.phyllo.settings, webhooks: outbox.settings })),
    get('/_phyllo/deliveries', () => ({ pending: outbox.pending, deliveries: outbox.records() })),
    http.delete(at('/_phyllo/deliveries'), () =>
      guarded(state, () => {
        outbox.clear();
        return { cleared: true };
      }),
    ),
    http.post(at('/_phyllo/[a-z]+'), ({ request }) =>
      guarded(state, async () => {
        const order = ORDERS[new URL(request.url).pathname.split('/').filter(Boolean).at(-1) ?? ''];
        if (!order) throw new Refusal(404, `there is ${Object.keys(ORDERS).join(', ')}`);
        return order(state, await bodyOf(request));
      }),
    ),
  ];
}
