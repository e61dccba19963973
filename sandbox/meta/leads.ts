import { CALL_KINDS } from '../control/faults.ts';
import { invalidParameter, missingPermission, noSuchObject } from './failures.ts';
import { type FieldTable, jsonParameter, parseFields, selectFields } from './fields.ts';
import { bearerOf, type GraphAnswer, type GraphCall, type GraphRoute } from './graph.ts';
import { type Json } from './json.ts';
import { pageOf } from './paging.ts';

/** What somebody filled in at a lead ad. Ids are digits, longer than what a JavaScript number holds. */
export interface MetaLead {
  id: string;
  pageId: string;
  formId: string;
  adId: string;
  /** Of the person who may read the page's leads. */
  readerId: string;
  createdAt: Date;
  answers: readonly { name: string; values: readonly string[] }[];
}

/** As the lead node writes its time: 2025-07-07T07:00:00+0000. */
function graphTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}+0000`;
}

/** Source: the lead node's fields in Meta's API specification. What was not asked for shows id and time alone. */
const LEAD_FIELDS: FieldTable<MetaLead> = {
  id: ({ id }) => id,
  created_time: ({ createdAt }) => graphTime(createdAt),
  ad_id: ({ adId }) => adId,
  form_id: ({ formId }) => formId,
  campaign_id: ({ adId }) => `${adId.slice(0, -1)}0`,
  is_organic: () => false,
  platform: () => 'ig',
  field_data: ({ answers }) => answers.map(({ name, values }) => ({ name, values: [...values] })),
};

function writeLead(call: GraphCall, lead: MetaLead): Json {
  const asked = parseFields(call.params.get('fields'));
  const fields =
    asked.length === 0
      ? ['created_time', 'id', 'field_data'].map((name) => ({ name, inner: null }))
      : [...asked, { name: 'id', inner: null }];
  return selectFields(LEAD_FIELDS, lead, fields, 'UserLeadGenInfo');
}

/** The person must have allowed leads to be read, and manage the page. */
function readerOf(call: GraphCall): string {
  const { person, token } = bearerOf(call);
  if (token.granted.includes('leads_retrieval')) return person.id;
  throw missingPermission('Requires leads_retrieval permission to manage the object');
}

/** A lead by its id, or undefined where the id is no lead's. */
export function leadOf(call: GraphCall, leadId: string): MetaLead | undefined {
  return call.state.meta.leads.get(leadId);
}

export function showLead(call: GraphCall, lead: MetaLead): GraphAnswer {
  if (readerOf(call) !== lead.readerId) throw noSuchObject(lead.id, call.method);
  return { body: writeLead(call, lead) };
}

/** The one filter that leads know here: after a moment, in Unix seconds. */
function sinceOf(call: GraphCall): number {
  const filters = jsonParameter(call.params, 'filtering');
  if (filters === undefined) return 0;
  const [filter, ...more] = Array.isArray(filters) ? (filters as Record<string, unknown>[]) : [];
  const isKnown = filter?.field === 'time_created' && filter.operator === 'GREATER_THAN';
  if (!isKnown || more.length > 0 || typeof filter.value !== 'number')
    throw invalidParameter('param filtering: the sandbox knows time_created GREATER_THAN alone.');
  return filter.value * 1000;
}

function listLeads(call: GraphCall): GraphAnswer {
  const [formId = ''] = call.captured;
  const readerId = readerOf(call);
  const since = sinceOf(call);
  const leads = [...call.state.meta.leads.values()].filter(
    (lead) => lead.formId === formId && lead.readerId === readerId,
  );
  if (leads.length === 0) throw noSuchObject(formId, call.method);
  const entries = leads
    .filter(({ createdAt }) => createdAt.getTime() > since)
    .map((lead) => ({ key: lead.id.padStart(20, '0'), value: lead }));
  return { body: pageOf(call, entries, (lead) => writeLead(call, lead)) };
}

export const LEAD_ROUTES: readonly GraphRoute[] = [
  {
    ...{ method: 'GET', path: /^(\d+)\/leads$/, usage: 'application', answer: listLeads },
    kinds: [...CALL_KINDS, 'empty_page_with_next'],
  },
];
