import { z } from 'zod';
import { parseExactJson } from '../kernel/exact-json.ts';
import { hashOf, storable, type ToldEvent } from './told-events.ts';

/** Ids come as numbers or as strings; those beyond 2^53 are strings by now. */
const id = z.union([z.string(), z.number().int().transform(String)]);

const change = z.looseObject({ field: z.string(), value: z.unknown().optional() });
type Change = z.infer<typeof change>;

/** Both lists may hold several: Meta sends up to 1,000 changes at once. Source: Graph API webhooks. */
const envelope = z.looseObject({
  object: z.string().min(1),
  entry: z.array(
    z.looseObject({ id: id.catch(''), time: z.unknown().optional(), changes: z.array(change).default([]) }),
  ),
});
type Entry = z.infer<typeof envelope>['entry'][number];

const leadgen = z.looseObject({ leadgen_id: id, page_id: id.optional() });

/**
 * What one request of Meta tells, each change for itself: a batch that is repeated in part holds old and new.
 * Errors: SyntaxError, ZodError.
 */
export function readMetaWebhook(body: string): ToldEvent[] {
  const { object, entry: entries } = envelope.parse(parseExactJson(body));
  return entries.flatMap((entry) => {
    // Messages and the like come without changes; they are kept as what they are, for nobody handles them.
    const changes = entry.changes.length > 0 ? entry.changes : [{ field: object, value: entry }];
    return changes.map((one) => toEvent(object, entry, one));
  });
}

function toEvent(object: string, entry: Entry, one: Change): ToldEvent {
  const { id: entryId, time, changes: _others, ...about } = entry;
  const sent = { object, entry: [{ id: entryId, time, ...about, changes: [one] }] };
  const lead = object === 'page' && one.field === 'leadgen' ? leadgen.safeParse(one.value) : null;
  const payload = JSON.stringify(sent);
  if (lead?.success) {
    const { leadgen_id: leadId, page_id: pageId = entryId } = lead.data;
    return {
      dedupeKey: `leadgen:${storable(leadId, 300)}`,
      name: 'leadgen',
      nativeId: storable(leadId, 300),
      refs: refsOf('page', pageId),
      payload,
      isKept: true,
    };
  }
  return {
    dedupeKey: `change:${hashOf(payload)}`,
    name: storable(one.field, 200),
    nativeId: storable(entryId, 300),
    refs:
      object === 'ad_account' ? refsOf('ad-account', entryId.replace(/^act_/, '')) : refsOf(object, entryId),
    payload,
    isKept: false,
  };
}

function refsOf(kind: string, value: string): string[] {
  return /^\d{1,20}$/.test(value) && /^[a-z-]{1,40}$/.test(kind) ? [`${kind}:${value}`] : [];
}
