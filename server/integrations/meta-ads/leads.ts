import { z } from 'zod';
import type { Access } from '../ad-platform.ts';
import type { Lead, LeadSource } from '../lead-source.ts';
import type { Graph } from './graph.ts';
import { read } from './wire.ts';

const FIELDS = 'id,created_time,form_id,campaign_id,ad_id,field_data';
const PAGE = '100';

const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());
const id = z.string().regex(/^\d+$/);

/** Source: Graph API, lead node. Times are ISO 8601 with an offset written as +0000. */
const leadWire = z.looseObject({
  id,
  created_time: z.string().optional().catch(undefined),
  form_id: id.optional().catch(undefined),
  campaign_id: id.optional().catch(undefined),
  ad_id: id.optional().catch(undefined),
  field_data: z.array(z.looseObject({ name: text, values: z.array(text).default([]) })).default([]),
});

/** Meta's lead ads: a webhook tells a lead's id, what was answered is asked for. */
export function metaLeads(graph: Graph): LeadSource {
  return {
    lead: async (access, nativeLeadId) => {
      const { accessToken: token, caller, signal } = access;
      const path = nativeLeadId;
      return toLead(await graph.ask({ path, params: { fields: FIELDS }, token, caller, signal }), path);
    },
    leadsSince: (access, nativeFormId, since) => leadsSince(graph, access, { nativeFormId, since }),
  };
}

async function* leadsSince(
  graph: Graph,
  access: Access,
  { nativeFormId, since }: { nativeFormId: string; since: Date },
): AsyncGenerator<Lead[]> {
  const value = Math.floor(since.getTime() / 1000);
  const filtering = JSON.stringify([{ field: 'time_created', operator: 'GREATER_THAN', value }]);
  const path = `${nativeFormId}/leads`;
  for await (const items of graph.list(path, { fields: FIELDS, filtering, limit: PAGE }, access))
    yield items.map((item) => toLead(item, path));
}

function toLead(answer: unknown, path: string): Lead {
  const sent = read(leadWire, answer, path);
  const submitted = new Date(sent.created_time?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? Number.NaN);
  return {
    nativeId: sent.id,
    nativeFormId: sent.form_id ?? null,
    nativeCampaignId: sent.campaign_id ?? null,
    nativeAdId: sent.ad_id ?? null,
    submittedAt: Number.isNaN(submitted.getTime()) ? null : submitted,
    answers: sent.field_data.map(({ name, values }) => ({ name, label: null, values })),
  };
}
