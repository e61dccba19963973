import { AppError, invalidField } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/crypto.ts';
import type { IdempotencyRequest } from './context.ts';
import type { RestRequest } from './rest.ts';
import type { RestRoute } from './rest-routes.ts';

interface ReadResult {
  input: Record<string, unknown>;
  idempotency: IdempotencyRequest | undefined;
}

/** Path, query, body and the conditional headers as one input, which the procedure's strict schema then judges. */
export function readInput(
  request: RestRequest,
  route: RestRoute,
  params: Record<string, string>,
): ReadResult {
  const hasBody = route.method === 'POST' || route.method === 'PATCH';
  const query = readQuery(request.query);
  const stray = hasBody ? Object.keys(query)[0] : undefined;
  if (stray !== undefined) throw invalidField(stray, `${stray} stands in the address; send it in the body.`);
  const sent = hasBody ? readBody(request) : query;
  if ('expectedVersion' in sent)
    throw invalidField('expectedVersion', 'There is no such field here; send If-Match.');
  if ('base' in sent && route.fields.has('expectedVersion'))
    throw invalidField('base', 'There is no such field here; send If-Match.');
  for (const name of Object.keys(params)) {
    if (name in sent) throw invalidField(name, `${name} stands in the address; leave it out here.`);
  }
  const input: Record<string, unknown> = { ...sent, ...params };
  const version = route.fields.has('expectedVersion') ? readIfMatch(request.header('if-match')) : undefined;
  if (version !== undefined) input.expectedVersion = version;
  return { input, idempotency: route.method === 'POST' ? readIdempotency(request, route) : undefined };
}

function readQuery(query: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of query) {
    if (Object.hasOwn(values, name))
      throw invalidField(name, `${name} stands twice in the address; send it once.`);
    values[name] = value;
  }
  return values;
}

function readBody(request: RestRequest): Record<string, unknown> {
  if (request.body.length === 0) return {};
  const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('invalid', 'Send the body as JSON with Content-Type: application/json.');
  const body = parse(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('invalid', 'The body must be one JSON object.');
  }
  return body as Record<string, unknown>;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw new AppError('invalid', `The body is not valid JSON: ${reason}.`);
  }
}

const NO_VERSION = 2_147_483_647;

/** A tag that is none of ours fits no version, so the record counts as changed. */
function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const tag = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  return tag?.[1] ? Number(tag[1]) : NO_VERSION;
}

function readIdempotency(request: RestRequest, route: RestRoute): IdempotencyRequest | undefined {
  const key = request.header('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalidField('Idempotency-Key', 'An Idempotency-Key is 1 to 255 visible ASCII characters.');
  }
  const requestHash = sha256Hex(
    Buffer.concat([Buffer.from(`${request.path}\n${request.query.toString()}\n`), request.body]),
  );
  return { key, requestHash, status: route.status };
}
