import { isReachable } from '../loopback.ts';
import { type Json, type JsonObject } from '../meta/json.ts';
import { neededText, neededTexts, ok, type PhylloAnswer, type PhylloCall, type PhylloRoute } from './call.ts';
import { EVENTS, postEvent } from './events.ts';
import { invalid, missing, notFound } from './failures.ts';
import { toUuid, uuidOf } from './ids.ts';
import { type PhylloWebhook } from './memory.ts';
import { naive } from './times.ts';

const webhookJson = (webhook: PhylloWebhook): JsonObject => ({
  ...{ name: webhook.name, url: webhook.url, id: webhook.id },
  ...{ created_at: naive(webhook.createdAt), updated_at: naive(webhook.updatedAt) },
  ...{ is_active: webhook.isActive, events: webhook.events },
});

function webhookOf({ state, part }: PhylloCall): PhylloWebhook {
  const webhook = state.phyllo.webhooks.get(toUuid(part) ?? '');
  if (!webhook) throw notFound('webhook');
  return webhook;
}

function eventsOf(call: PhylloCall): string[] {
  const events = neededTexts(call, 'events');
  const unknown = events.find((event) => !EVENTS.includes(event));
  if (unknown !== undefined) throw invalid('invalid_events', `Unknown event ${unknown}.`);
  return events;
}

/** Phyllo takes any public address. This sender aims at the machine that it runs on and nowhere else. */
function urlOf(call: PhylloCall): string {
  const url = neededText(call, 'url');
  if (isReachable(url)) return url;
  throw invalid('invalid_url', 'url must be an address of the loopback: the sandbox sends nowhere else.');
}

function createWebhook(call: PhylloCall): PhylloAnswer {
  const { phyllo, now } = call.state;
  const at = now().getTime();
  const webhook: PhylloWebhook = {
    id: uuidOf('webhook', at, phyllo.nextSerial()),
    ...{ name: neededText(call, 'name'), url: urlOf(call), events: eventsOf(call) },
    ...{ isActive: true, createdAt: at, updatedAt: at },
  };
  phyllo.webhooks.set(webhook.id, webhook);
  phyllo.keep();
  return ok(webhookJson(webhook), 201);
}

/** Changes what is named and leaves the rest: `is_active: true` alone lets it speak again. */
function updateWebhook(call: PhylloCall): PhylloAnswer {
  const { state, body } = call;
  const webhook = webhookOf(call);
  const isActive = body.is_active ?? webhook.isActive;
  if (typeof isActive !== 'boolean') throw invalid('invalid_field', 'is_active must be a boolean.');
  const next = {
    name: body.name === undefined ? webhook.name : neededText(call, 'name'),
    url: body.url === undefined ? webhook.url : urlOf(call),
    events: body.events === undefined ? webhook.events : eventsOf(call),
  };
  Object.assign(webhook, next, { isActive, updatedAt: state.now().getTime() });
  state.phyllo.keep();
  return ok(webhookJson(webhook));
}

function deleteWebhook(call: PhylloCall): PhylloAnswer {
  const { id } = webhookOf(call);
  call.state.phyllo.webhooks.delete(id);
  call.state.phyllo.keep();
  return { status: 204, body: null };
}

/** All of them, in an envelope whose numbers are null. Source: a live answer. */
function listWebhooks({ state, isEmptied }: PhylloCall): PhylloAnswer {
  const data = isEmptied ? [] : [...state.phyllo.webhooks.values()].map(webhookJson);
  return ok({ data, metadata: { offset: null, limit: null, from_date: null, to_date: null } });
}

/** Sends what it is given to every webhook that asked for such an event. */
function sendMock({ state, body }: PhylloCall): PhylloAnswer {
  const payload = body.payload as { event?: unknown; data?: Json } | undefined;
  const event = payload?.event;
  if (typeof event !== 'string' || !EVENTS.includes(event)) throw missing(['payload.event']);
  const { data } = payload ?? {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw missing(['payload.data']);
  return ok({ sent: postEvent(state, event, data as JsonObject) });
}

export const WEBHOOK_ROUTES: readonly PhylloRoute[] = [
  { method: 'POST', path: 'webhooks', answer: createWebhook },
  { method: 'GET', path: 'webhooks', answer: listWebhooks },
  { method: 'POST', path: 'webhooks/send', answer: sendMock },
  { method: 'GET', path: 'webhooks/*', answer: (call) => ok(webhookJson(webhookOf(call))) },
  { method: 'PUT', path: 'webhooks/*', answer: updateWebhook },
  { method: 'DELETE', path: 'webhooks/*', answer: deleteWebhook },
];
