import { createHmac } from 'node:crypto';
import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from '../address.ts';
import { isReachable, postHere } from '../loopback.ts';
import { type SandboxState } from '../state.ts';
import { PEOPLE } from '../world/people.ts';
import { SANDBOX_META_APP_SECRET } from './app.ts';
import { type MetaLead } from './leads.ts';

type Body = Readonly<Record<string, unknown>>;

/** Beyond 2^53, as Meta's are. */
const FIRST_LEAD_ID = 23_337_004_204_534_500n;

const ANSWER_WITHIN_MS = 20_000;

class Wrong extends Error {}

function digits(body: Body, name: string, fallback?: string): string {
  const value = body[name] ?? fallback;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  throw new Wrong(`${name} must be a text of digits`);
}

function answersOf(body: Body): MetaLead['answers'] {
  const { fields } = body;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new Wrong('fields must be an object: { "full_name": "…", "email": "…" }');
  return Object.entries(fields).map(([name, value]) => ({
    name,
    values: Array.isArray(value) ? value.map(String) : [String(value)],
  }));
}

function readerOf(body: Body): string {
  const { person = 'dana' } = body;
  const reader = PEOPLE.find(({ key }) => key === person);
  if (!reader) throw new Wrong(`person must be one of ${PEOPLE.map(({ key }) => key).join(', ')}`);
  return reader.id;
}

/** Somebody fills a form in. */
function fillIn(state: SandboxState, body: Body): MetaLead {
  const serial = BigInt(state.meta.leads.size);
  const lead: MetaLead = {
    id: digits(body, 'leadId', String(FIRST_LEAD_ID + serial)),
    pageId: digits(body, 'pageId'),
    formId: digits(body, 'formId', '71043500420453450'),
    adId: digits(body, 'adId', '61010042045345001'),
    readerId: readerOf(body),
    createdAt: state.now(),
    answers: answersOf(body),
  };
  state.meta.leads.set(lead.id, lead);
  return lead;
}

/** JSON as Meta writes it before it signs: everything beyond ASCII escaped, and every slash. */
export function metaJson(value: unknown): string {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, escaped)
    .replaceAll('/', '\\/');
}

/** What Meta sends of a lead: ids alone, and as JSON numbers. */
function noticeOf(lead: MetaLead): string {
  const at = Math.floor(lead.createdAt.getTime() / 1000);
  const value = {
    leadgen_id: `#${lead.id}#`,
    page_id: `#${lead.pageId}#`,
    form_id: `#${lead.formId}#`,
    ad_id: `#${lead.adId}#`,
    created_time: at,
  };
  const entry = [{ id: lead.pageId, time: at, changes: [{ field: 'leadgen', value }] }];
  return metaJson({ object: 'page', entry }).replace(/"#(\d+)#"/g, '$1');
}

async function tell(url: string, lead: MetaLead): Promise<number> {
  if (!isReachable(url)) throw new Wrong('webhookUrl must be an address of this machine');
  const body = noticeOf(lead);
  const signature = createHmac('sha256', SANDBOX_META_APP_SECRET).update(body).digest('hex');
  const headers = { 'x-hub-signature-256': `sha256=${signature}` };
  return postHere(url, { body, headers, timeoutMs: ANSWER_WITHIN_MS });
}

async function answer(state: SandboxState, request: Request): Promise<Response> {
  try {
    const body = (await request.json()) as Body;
    const lead = fillIn(state, body);
    const { webhookUrl } = body;
    const status = typeof webhookUrl === 'string' ? await tell(webhookUrl, lead) : null;
    return HttpResponse.json(
      { leadId: lead.id, formId: lead.formId, webhookStatus: status },
      { status: 201 },
    );
  } catch (error) {
    if (!(error instanceof Wrong) && !(error instanceof SyntaxError)) throw error;
    return HttpResponse.json({ error: error.message }, { status: 400 });
  }
}

/** `POST /_leads { pageId, fields, formId?, leadId?, adId?, person?, webhookUrl? }`: a lead, told of where it asks for that. */
export function createLeadControl(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler {
  return http.post(addressPattern(baseUrl, '/_leads'), ({ request }) => answer(state, request));
}
