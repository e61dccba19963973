import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { askForLeads } from '../../server/domain/lead-forms/fetch.ts';
import { findLead, notePoll } from '../../server/domain/lead-forms/keep.ts';
import { getLeadForm, listSeenForms } from '../../server/domain/lead-forms/queries.ts';
import type { LeadForm } from '../../server/domain/lead-forms/schema.ts';
import { lockTold, markSettled } from '../../server/domain/webhooks/handle.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import type { Lead } from '../../server/integrations/lead-source.ts';
import type { JobServices } from '../services.ts';
import { keepLead } from './keep-lead.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

const DAY_MS = 86_400_000;
/** Asked for once more, since a lead may be shown late. */
const OVERLAP_MS = DAY_MS;
/** Meta keeps a lead for 90 days. Source: Graph API, retrieving leads. */
const MOST_PAST_MS = 90 * DAY_MS;

export interface LeadFormRef {
  organizationId: string;
  leadFormId: string;
}

/** `schedule-lead-fetches`: wakes the task below for every page that was not asked within the hour. */
export function scheduleLeadFetchesTask(services: JobServices): Task {
  return async () => {
    const { rows } = await withSystem(services.jobsDb, (tx) =>
      sql<{
        organization_id: string;
        lead_form_id: string;
      }>`select organization_id, lead_form_id from app.lead_forms_to_poll()`.execute(tx),
    );
    for (const { organization_id: organizationId, lead_form_id: leadFormId } of rows) {
      await withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
        sql`select app.enqueue_lead_fetch(${leadFormId}::uuid)`.execute(tx),
      );
    }
  };
}

/** `fetch-leads`: asks for the leads of one page that no webhook told of. */
export function fetchLeadsTask(services: JobServices): Task {
  return async (payload, { abortSignal: signal }) => {
    const { organizationId, subjectId: leadFormId } = payloadSchema.parse(payload);
    await fetchLeads(services, { organizationId, leadFormId }, signal);
  };
}

/**
 * Answers how many leads came in by it. What stands in the way of asking is written on the form, for people.
 * Errors: PlatformError `retry`, so that the job is tried again.
 */
export async function fetchLeads(
  services: JobServices,
  ref: LeadFormRef,
  signal?: AbortSignal,
): Promise<number> {
  const { organizationId, leadFormId } = ref;
  const inTenant = <T>(work: Parameters<typeof withTenant<T>>[3]) =>
    withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', work);
  const { form, seen } = await inTenant(async (tx) => ({
    form: await getLeadForm(tx, leadFormId),
    seen: await listSeenForms(tx, leadFormId),
  }));
  if (!form.isActive) return 0;
  const since = sinceOf(form, services.now());
  let count = 0;
  try {
    for (const nativeFormId of seen) {
      for (const lead of await leadsOf(services, { organizationId, signal }, { nativeFormId, since }))
        count += await keepUntold(services, { ...ref, form, lead });
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    await inTenant((tx) => notePoll(tx, leadFormId, { error: error.message }));
    if (error.kind === 'retry') throw error;
    return count;
  }
  await inTenant((tx) => notePoll(tx, leadFormId, { error: null }));
  return count;
}

function sinceOf({ polledAt }: LeadForm, now: Date): Date {
  const eldest = now.getTime() - MOST_PAST_MS;
  const overlap = polledAt === null ? eldest : new Date(polledAt).getTime() - OVERLAP_MS;
  return new Date(Math.max(eldest, overlap));
}

function leadsOf(
  services: JobServices,
  call: { organizationId: string; signal: AbortSignal | undefined },
  asked: { nativeFormId: string; since: Date },
): Promise<Lead[]> {
  return askForLeads(services, call, async (source, access) => {
    const leads: Lead[] = [];
    for await (const page of source.leadsSince(access, asked.nativeFormId, asked.since)) leads.push(...page);
    return leads;
  });
}

async function keepUntold(
  { jobsDb }: JobServices,
  { organizationId, form, lead }: LeadFormRef & { form: LeadForm; lead: Lead },
): Promise<number> {
  return withTenant(jobsDb, jobPrincipal(organizationId), 'write', async (tx) => {
    if (await findLead(tx, form, lead.nativeId)) return 0;
    const told = await lockTold(tx, { source: 'META', name: 'leadgen', nativeId: lead.nativeId });
    const { contactId } = await keepLead(tx, organizationId, { form, lead });
    const summary = 'Brought in when Meta was asked for leads by the hour.';
    for (const id of told) await markSettled(tx, id, { state: 'HANDLED', summary, contactId });
    return 1;
  });
}
