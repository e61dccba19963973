import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { Access } from '../../integrations/ad-platform.ts';
import type { LeadSource } from '../../integrations/lead-source.ts';
import { withAccess } from '../ad-accounts/access.ts';
import type { SyncServices } from '../sync/services.ts';
import { listLeadConnections } from './queries.ts';

export interface LeadCall {
  organizationId: string;
  signal?: AbortSignal | undefined;
}

const NOT_CONNECTED =
  'Meta is not connected, so the lead cannot be read. Connect it as somebody who may read the leads of this page, then drive this again.';
const NOT_ALLOWED =
  'Nobody who connected Meta may read this lead. Connect it as somebody who manages the page’s leads, with every permission left ticked, then drive this again.';

/**
 * Asks Meta for something about leads through one of the agency's own grants: whoever may read a page's leads is for
 * Meta to say, so one after another is tried. For the jobs, whose role alone reads tokens.
 * Errors: PlatformError: `retry` as it came; else what stands in the way, in words.
 */
export async function askForLeads<T>(
  services: SyncServices,
  { organizationId, signal }: LeadCall,
  work: (source: LeadSource, access: Access) => Promise<T>,
): Promise<T> {
  const connections = await withTenant(
    services.jobsDb,
    jobPrincipal(organizationId),
    'read',
    listLeadConnections,
  );
  let refusal = new PlatformError({ kind: 'stop', code: 'not_connected', message: NOT_CONNECTED });
  for (const { id: connectionId } of connections) {
    const ref = { organizationId, connectionId };
    const call = { ref, caller: { organizationId, isBackground: true }, signal };
    try {
      return await withAccess(services, call, ({ platform, access }) => {
        if (!platform.leads)
          throw new PlatformError({ kind: 'stop', code: 'no_leads', message: NOT_ALLOWED });
        return work(platform.leads, access);
      });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind === 'retry') throw error;
      refusal = refusalOf(error);
    }
  }
  throw refusal;
}

/** Meta's refusals speak of ad accounts; this one is about a page. */
function refusalOf(error: PlatformError): PlatformError {
  if (error.kind !== 'skip') return error;
  return new PlatformError({ kind: 'skip', code: error.code, message: NOT_ALLOWED, cause: error });
}
