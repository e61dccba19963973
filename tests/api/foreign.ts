import type { Fixture } from '../rls/fixture.ts';
import type { Slot } from '../rls/rows.ts';
import { isTenantTable } from '../rls/tables.ts';

/** Which table an id in an address or an input is of. A new one fails until it is named. */
export const TABLE_OF: Readonly<Record<string, string>> = {
  companyId: 'companies',
  parentId: 'companies',
  contactId: 'contacts',
  contactIds: 'contacts',
  mergedCompanyId: 'companies',
  mergedContactId: 'contacts',
  mergeId: 'merges',
  duplicatePairId: 'duplicate_pairs',
  dealId: 'deals',
  afterDealId: 'deals',
  beforeDealId: 'deals',
  dealCloseReasonId: 'deal_close_reasons',
  campaignId: 'campaigns',
  savedViewId: 'saved_views',
  campaignIds: 'campaigns',
  copyOf: 'campaigns',
  fromCampaignId: 'campaigns',
  campaignTemplateId: 'campaign_templates',
  creatorId: 'creators',
  creatorPlatformId: 'creator_platforms',
  creatorConnectLinkId: 'creator_connect_links',
  creatorSyncRunId: 'creator_sync_runs',
  accountId: 'creator_platforms',
  creatorBlockId: 'creator_blocks',
  creatorIds: 'creators',
  managerContactId: 'contacts',
  blockedForBrandId: 'organizations',
  adAccountId: 'ad_accounts',
  adAccountIds: 'ad_accounts',
  platformCampaignId: 'platform_campaigns',
  platformCampaignIds: 'platform_campaigns',
  syncRunId: 'sync_runs',
  importId: 'imports',
  brandId: 'organizations',
  connectionId: 'oauth_connections',
  reconnectLinkId: 'reconnect_links',
  taskId: 'tasks',
  noteId: 'notes',
  attachmentId: 'attachments',
  uploadIds: 'attachments',
  notificationIds: 'notifications',
  ownerId: 'memberships',
  assigneeId: 'memberships',
  userIds: 'memberships',
  userId: 'memberships',
  teamId: 'teams',
  customFieldId: 'custom_fields',
  organizationId: 'organizations',
  recordIds: 'companies',
  ids: 'companies',
  bulkChangeId: 'bulk_changes',
  creatorContentId: 'creator_contents',
  campaignContentId: 'campaign_contents',
  campaignContentIds: 'campaign_contents',
  campaignDeliverableId: 'campaign_deliverables',
  campaignCreatorId: 'campaign_creators',
  campaignBriefId: 'campaign_briefs',
  campaignResultId: 'campaign_results',
  budgetVersionId: 'budget_versions',
  campaignCostId: 'campaign_costs',
  marginRuleId: 'margin_rules',
  disclosureTermId: 'disclosure_terms',
  webhookEventId: 'webhook_events',
  leadFormId: 'lead_forms',
  creatorContractId: 'creator_contracts',
};

/** The id that a field of this name would carry for the slot's own row. */
export function idAt(slot: Slot, name: string): string {
  const table = TABLE_OF[name];
  if (!table) throw new Error(`Name the table of ${name} in TABLE_OF.`);
  if (name === 'organizationId') return slot.organizationId;
  const row = slot.rows.get(table);
  return String(table === 'memberships' ? row?.user_id : row?.id);
}

/** Of every row of every agency, or of one; a key's last use is no change. */
export async function checksumOf({ tables, superuser }: Fixture, organizationId?: string): Promise<string> {
  const where = organizationId ? `where organization_id = '${organizationId}'` : '';
  const digest = tables
    .filter((table) => isTenantTable(table) && table.name !== 'api_keys')
    .map(
      ({ name }) =>
        `coalesce((select md5(string_agg(t::text, '' order by t::text)) from public.${name} t ${where}), '')`,
    )
    .join(' || ');
  const { rows } = await superuser.query<{ digest: string }>(`select md5(${digest}) as digest`);
  return rows[0]?.digest ?? '';
}
