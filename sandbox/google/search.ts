import { createHash } from 'node:crypto';
import { type JsonObject } from '../meta/json.ts';
import { ROWS_PER_BATCH, ROWS_PER_PAGE } from './app.ts';
import { type AdsCall, loginIdOf, personOf } from './call.ts';
import { openCustomer } from './customers.ts';
import { requestError } from './failures.ts';
import { maskOf, writeRow } from './fields.ts';
import { parseQuery } from './gaql.ts';
import { planQuery } from './plan.ts';
import { rowsOf } from './rows.ts';

/** A page's token is forgotten after so long. */
const TOKEN_LIFE_MS = 2 * 3_600_000;

interface Found {
  rows: JsonObject[];
  mask: string;
}

/** The rows of a question as they stood at a moment. */
function find(call: AdsCall, customerId: string, asOf: Date): Found {
  const person = personOf(call);
  const { world } = call.state;
  const customer = openCustomer(world, { person, customerId, loginId: loginIdOf(call), at: call.at });
  const query = parseQuery(queryOf(call));
  const plan = planQuery(query, customer, asOf);
  const rows = rowsOf({ world, customer, plan, at: asOf });
  return { rows: rows.map((row) => writeRow(row, plan.fields, plan.from)), mask: maskOf(plan.fields) };
}

export function queryOf({ body }: Pick<AdsCall, 'body'>): string {
  if (typeof body['query'] === 'string' && body['query'].trim() !== '') return body['query'];
  throw requestError('REQUIRED_FIELD_MISSING', "Required field was not specified: 'query'.");
}

interface Place {
  /** How many rows came before. */
  offset: number;
  /** When the question was first asked: its pages show the world of that moment. */
  asOf: number;
  question: string;
  /** Two tokens of one place differ. */
  serial: number;
}

const fingerprint = (customerId: string, query: string): string =>
  createHash('sha256').update(`${customerId} ${query}`).digest('hex').slice(0, 16);

const writePlace = ({ offset, asOf, question, serial }: Place): string =>
  Buffer.from(JSON.stringify([offset, asOf, question, serial])).toString('base64url');

function readPlace(text: string): Place {
  try {
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
    if (Array.isArray(content) && content.length === 4) {
      const [offset, asOf, question, serial] = content as [number, number, string, number];
      return { offset, asOf, question, serial };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw requestError('INVALID_PAGE_TOKEN', 'Page token is not valid.');
}

function placeOf(call: AdsCall, customerId: string): Place {
  const question = fingerprint(customerId, queryOf(call));
  const token = call.body['pageToken'];
  const now = call.at.getTime();
  if (typeof token !== 'string' || token === '') return { offset: 0, asOf: now, question, serial: 0 };
  const place = readPlace(token);
  if (place.question !== question) throw requestError('INVALID_PAGE_TOKEN', 'Page token is not valid.');
  if (now - place.asOf > TOKEN_LIFE_MS) throw requestError('EXPIRED_PAGE_TOKEN', 'Page token has expired.');
  return place;
}

interface Settings {
  omitsResults: boolean;
  countsTotal: boolean;
}

/** Errors: PAGE_SIZE_NOT_SUPPORTED; what the sandbox does not have is refused and never ignored. */
function settingsOf({ body }: AdsCall): Settings {
  if (body['pageSize'] !== undefined) {
    throw requestError('PAGE_SIZE_NOT_SUPPORTED', 'Setting the page size is not supported.');
  }
  const settings = (body['searchSettings'] ?? {}) as Record<string, unknown>;
  const unknown = [
    ...Object.keys(body).filter(
      (name) => !['query', 'pageToken', 'validateOnly', 'searchSettings'].includes(name),
    ),
    ...Object.keys(settings).filter((name) => !['omitResults', 'returnTotalResultsCount'].includes(name)),
  ];
  if (unknown.length > 0)
    throw requestError('BAD_RESOURCE_ID', `The sandbox does not know ${unknown.join(', ')}.`);
  return {
    omitsResults: settings['omitResults'] === true,
    countsTotal: settings['returnTotalResultsCount'] === true,
  };
}

/** One page. Source: GoogleAdsService.Search. Without rows `results` is left out, as proto3 does with empty lists. */
export function search(call: AdsCall, customerId: string): JsonObject {
  const { omitsResults, countsTotal } = settingsOf(call);
  const place = placeOf(call, customerId);
  const { rows, mask } = find(call, customerId, new Date(place.asOf));
  if (call.body['validateOnly'] === true) return {};
  const isEmpty = call.fault?.kind === 'empty_page_with_next';
  const next = isEmpty ? place.offset : place.offset + ROWS_PER_PAGE;
  const page = isEmpty || omitsResults ? [] : rows.slice(place.offset, next);
  const hasMore = isEmpty || (!omitsResults && next < rows.length);
  const token = () => writePlace({ ...place, offset: next, serial: call.state.google.nextSerial() });
  return {
    ...(page.length > 0 ? { results: page } : {}),
    ...(hasMore ? { nextPageToken: token() } : {}),
    ...(countsTotal ? { totalResultsCount: String(rows.length) } : {}),
    ...{ fieldMask: mask, queryResourceConsumption: String(80 + page.length * 2) },
  };
}

/** All rows at once, in batches. Source: GoogleAdsService.SearchStream. */
export function searchStream(call: AdsCall, customerId: string): JsonObject[] {
  settingsOf(call);
  const { rows, mask } = find(call, customerId, call.at);
  const { requestId } = call;
  const batches: JsonObject[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_BATCH) {
    batches.push({ results: rows.slice(at, at + ROWS_PER_BATCH), fieldMask: mask, requestId });
  }
  return batches.length === 0 ? [{ fieldMask: mask, requestId }] : batches;
}
