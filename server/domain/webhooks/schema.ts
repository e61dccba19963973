import { z } from 'zod';
import type { TenantTx } from '../../../db/tenant.ts';
import { expectedVersion, id, listInput, pageOf } from '../records/schema.ts';

export const webhookSources = ['PHYLLO', 'META', 'GOOGLE'] as const;
export type WebhookSource = (typeof webhookSources)[number];

/** RECEIVED waits for its first try, FAILED for the next one; DEAD waits for a person. */
export const webhookStates = ['RECEIVED', 'HANDLED', 'IGNORED', 'FAILED', 'DEAD'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** One thing that a platform told of, once it is known whose it is: what the handlers of the jobs are given. */
export interface TenantEvent {
  organizationId: string;
  webhookEventId: string;
  source: WebhookSource;
  /** As its sender documents it: ACCOUNTS.CONNECTED (always the plural), leadgen, lead. */
  name: string;
  /** The sender's own id of it: Phyllo's delivery, Meta's leadgen_id, Google's lead_id. */
  nativeId: string;
  /** The form that it came through, of a lead alone. */
  leadFormId: string | null;
  /** What was sent, parsed. Ids beyond 2^53 are strings, digit by digit. */
  payload: unknown;
  receivedAt: Date;
  /** Counts from 1. */
  attempt: number;
}

/** What became of an event. `summary` is read by people: "A new contact was made". */
export interface WebhookEffect {
  state: 'HANDLED' | 'IGNORED';
  summary: string;
  contactId?: string | null;
  creatorId?: string | null;
}

/** The writing part of a handler: it commits together with the event's new state, once, whoever else tries. */
export type WebhookWork = (tx: TenantTx) => Promise<WebhookEffect>;

/**
 * Handles one event. What talks to a platform happens before the answer, with no transaction open, and may happen
 * again; what is written happens in the WebhookWork that it answers. Errors: whatever it throws is a failed try;
 * a PlatformError of another kind than `retry` is left to a person at once.
 */
export type WebhookHandler = (event: TenantEvent, call: { signal?: AbortSignal }) => Promise<WebhookWork>;

const named = z.object({ id: z.string(), name: z.string() });

/** One event as the list shows it. */
export const webhookEvent = z.object({
  id: z.string(),
  source: z.enum(webhookSources),
  name: z.string(),
  nativeId: z.string(),
  state: z.enum(webhookStates),
  /** What was done, or why nothing was, or what went wrong. */
  summary: z.string().nullable(),
  /** How often it was tried. */
  attempts: z.number().int(),
  receivedAt: z.string(),
  /** When it was handled or put aside. */
  settledAt: z.string().nullable(),
  /** Of one that is to be tried again. */
  nextAttemptAt: z.string().nullable(),
  contact: named.nullable(),
  creator: named.nullable(),
  leadForm: named.nullable(),
  version: z.number().int(),
});
export type WebhookEvent = z.infer<typeof webhookEvent>;

export const webhookEventPage = pageOf(webhookEvent);

/** One event with what was sent, as text. It may hold a person's answers. */
export const webhookEventDetail = webhookEvent.extend({ payload: z.string() });
export type WebhookEventDetail = z.infer<typeof webhookEventDetail>;

const day = z.iso.date('Write the day as YYYY-MM-DD.');

export const listWebhookEventsInput = z.strictObject({
  source: z.enum(webhookSources).optional(),
  state: z.enum(webhookStates).optional(),
  /** Days of the agency's own time zone, both included. */
  from: day.optional(),
  to: day.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListWebhookEventsInput = z.infer<typeof listWebhookEventsInput>;

export const webhookEventRef = z.strictObject({ webhookEventId: id });
export const redriveInput = z.strictObject({ webhookEventId: id, expectedVersion });
export const redriveAllInput = z.strictObject({ source: z.enum(webhookSources) });
export const redriven = z.object({ count: z.number().int() });

/** How one sender does. */
export const webhookSourceStatus = z.object({
  source: z.enum(webhookSources),
  isOn: z.boolean(),
  /** What is to be entered at the sender. */
  address: z.string(),
  lastReceivedAt: z.string().nullable(),
  /** Waiting for a first or another try. */
  waitingCount: z.number().int(),
  deadCount: z.number().int(),
  /** When the eldest of the dead came. */
  eldestDeadAt: z.string().nullable(),
});
export type WebhookSourceStatus = z.infer<typeof webhookSourceStatus>;

export const webhookOverview = z.object({
  sources: z.array(webhookSourceStatus),
  deadCount: z.number().int(),
  eldestDeadAt: z.string().nullable(),
});
export type WebhookOverview = z.infer<typeof webhookOverview>;
