import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { LeadForms } from '../../../db/types.ts';
import type { Config } from '../../kernel/config.ts';
import { notFound } from '../../kernel/errors.ts';
import { webhookAddress } from '../webhooks/queries.ts';
import type { LeadAddresses, LeadForm } from './schema.ts';

/** One form. Errors: `not_found`. */
export async function getLeadForm(tx: TenantTx, leadFormId: string): Promise<LeadForm> {
  const row = await selectForms(tx).where('lead_forms.id', '=', leadFormId).executeTakeFirst();
  if (!row) throw notFound('lead form');
  return toLeadForm(row);
}

/** Every form of the agency, those in use first. */
export async function listLeadForms(tx: TenantTx): Promise<LeadForm[]> {
  const rows = await selectForms(tx)
    .orderBy('lead_forms.is_active', 'desc')
    .orderBy('lead_forms.name')
    .orderBy('lead_forms.id')
    .execute();
  return rows.map(toLeadForm);
}

/** The forms of a page whose leads came in so far, by Meta's numbers. */
export async function listSeenForms(tx: TenantTx, leadFormId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('leads')
    .select('native_form_id')
    .distinct()
    .where('lead_form_id', '=', leadFormId)
    .where('native_form_id', 'is not', null)
    .orderBy('native_form_id')
    .execute();
  return rows.flatMap((row) => row.native_form_id ?? []);
}

/** Connections through which Meta may be asked for a lead, the newest grant first. */
export async function listLeadConnections(tx: TenantTx): Promise<{ id: string; scopes: string[] }[]> {
  return tx
    .selectFrom('oauth_connections')
    .select(['id', 'scopes'])
    .where('platform', '=', 'META')
    .where('state', '=', 'CONNECTED')
    .orderBy('granted_at', 'desc')
    .orderBy('id')
    .execute();
}

/** What is entered at the senders, and what is still missing here. */
export async function leadAddresses(tx: TenantTx, config: Config): Promise<LeadAddresses> {
  const connections = await listLeadConnections(tx);
  return {
    google: { isOn: config.google !== null, address: webhookAddress(config, 'GOOGLE') },
    meta: {
      isOn: config.meta !== null,
      address: webhookAddress(config, 'META'),
      hasVerifyToken: config.meta?.webhookVerifyToken != null,
      canReadLeads: connections.some(({ scopes }) => scopes.includes(LEAD_SCOPE)),
    },
  };
}

/** Without it Meta gives out no lead, whoever asks. Source: Graph API, permissions reference. */
const LEAD_SCOPE = 'leads_retrieval';

function selectForms(tx: TenantTx) {
  return tx
    .selectFrom('lead_forms')
    .selectAll('lead_forms')
    .select([
      sql<string | null>`(select b.name from organizations b
        where b.organization_id = lead_forms.organization_id and b.id = lead_forms.brand_id)`.as(
        'brand_name',
      ),
      sql<string | null>`(select u.name from users u where u.id = lead_forms.owner_id)`.as('owner_name'),
      sql<number>`(select count(*) from leads l where l.organization_id = lead_forms.organization_id
        and l.lead_form_id = lead_forms.id)`.as('lead_count'),
      sql<Date | null>`(select max(l.created_at) from leads l where l.organization_id = lead_forms.organization_id
        and l.lead_form_id = lead_forms.id)`.as('last_lead_at'),
      sql<boolean>`coalesce(lead_forms.previous_key_until > now(), false)`.as('has_previous_key'),
    ]);
}

type FormRow = Selectable<LeadForms> & {
  brand_name: string | null;
  owner_name: string | null;
  lead_count: number;
  last_lead_at: Date | null;
  has_previous_key: boolean;
};

function toLeadForm(row: FormRow): LeadForm {
  return {
    id: row.id,
    source: row.source,
    name: row.name,
    brandId: row.brand_id,
    brandName: row.brand_name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    pageId: row.page_id,
    keyMadeAt: row.key_made_at?.toISOString() ?? null,
    previousKeyUntil: row.has_previous_key ? (row.previous_key_until?.toISOString() ?? null) : null,
    isActive: row.is_active,
    polledAt: row.polled_at?.toISOString() ?? null,
    pollError: row.poll_error,
    leadCount: row.lead_count,
    lastLeadAt: row.last_lead_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}
