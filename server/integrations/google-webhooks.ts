import { z } from 'zod';
import { sha256Hex } from '../kernel/crypto.ts';
import { parseExactJson } from '../kernel/exact-json.ts';
import type { Lead } from './lead-source.ts';
import { hashOf, storable, type ToldEvent } from './told-events.ts';

/** Google signs nothing: the key in the body is all that tells who sends. Source: Google Ads lead form webhook. */
const keyed = z.looseObject({ google_key: z.string().min(1) });
const lead = z.looseObject({ lead_id: z.string().min(1), is_test: z.boolean().optional() });

/** Two test leads within this are one that was repeated; later ones are a person who presses the button again. */
const TEST_WINDOW_MS = 60_000;

/** A body that says of a key that it is ours. */
export interface KeyedBody {
  /** SHA-256 of the key. */
  keyHash: string;
  body: unknown;
}

/** The key of a request, or null where it has none. Errors: SyntaxError. */
export function readGoogleKey(body: string): KeyedBody | null {
  const parsed = parseExactJson(body);
  const found = keyed.safeParse(parsed);
  return found.success ? { keyHash: sha256Hex(found.data.google_key), body: parsed } : null;
}

/**
 * The lead of a request whose key holds. Ids are unique over all forms, but every test lead has the same one. The key
 * itself is kept nowhere. Errors: ZodError.
 */
export function readGoogleLead({ keyHash, body }: KeyedBody, now: Date): ToldEvent[] {
  const { google_key: _key, ...sent } = keyed.parse(body);
  const { lead_id: leadId, is_test: isTest = false } = lead.parse(sent);
  const payload = JSON.stringify(sent);
  const test = `test:${hashOf(keyHash, payload)}:${Math.floor(now.getTime() / TEST_WINDOW_MS)}`;
  return [
    {
      dedupeKey: isTest ? test : `lead:${keyHash}:${storable(leadId, 300)}`,
      name: isTest ? 'lead (test)' : 'lead',
      nativeId: storable(leadId, 300),
      refs: [`key:${keyHash}`],
      payload,
      isKept: !isTest,
    },
  ];
}

const nativeId = z
  .union([z.string(), z.number().int().transform(String)])
  .nullish()
  .catch(null);

/** Source: Google Ads lead form webhook, schema. What a person was asked beside the known columns has no column_id. */
const leadWire = z.looseObject({
  lead_id: z.string().min(1),
  is_test: z.boolean().optional().catch(undefined),
  form_id: nativeId,
  campaign_id: nativeId,
  creative_id: nativeId,
  lead_submit_time: z.string().optional().catch(undefined),
  user_column_data: z
    .array(
      z.looseObject({
        column_id: z.string().optional().catch(undefined),
        column_name: z.string().optional().catch(undefined),
        string_value: z.string().optional().catch(undefined),
      }),
    )
    .catch([]),
});

/** The lead that a stored payload holds. Errors: ZodError. */
export function toGoogleLead(payload: unknown): Lead & { isTest: boolean } {
  const sent = leadWire.parse(payload);
  const submitted = new Date(sent.lead_submit_time ?? Number.NaN);
  return {
    nativeId: storable(sent.lead_id, 300),
    nativeFormId: sent.form_id ?? null,
    nativeCampaignId: sent.campaign_id ?? null,
    nativeAdId: sent.creative_id ?? null,
    submittedAt: Number.isNaN(submitted.getTime()) ? null : submitted,
    isTest: sent.is_test ?? false,
    answers: sent.user_column_data.flatMap(({ column_id: id, column_name: asked, string_value: value }) => {
      const name = id?.toLowerCase() ?? asked;
      return name === undefined || value === undefined
        ? []
        : [{ name, label: asked ?? null, values: [value] }];
    }),
  };
}
