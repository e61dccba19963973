import type { MemberRole } from '../../db/types.ts';

/**
 * The one table of who may do what. SQL holds tenant, brand and assignment; this holds the role. The procedures, the
 * pages, the REST door, the jobs and the tests all read it here.
 */
const READERS = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const satisfies readonly MemberRole[];
const WRITERS = ['OWNER', 'ADMIN', 'MEMBER'] as const satisfies readonly MemberRole[];
const ADMINS = ['OWNER', 'ADMIN'] as const satisfies readonly MemberRole[];

export const permissions = {
  'account.write': READERS,
  'organizations.read': READERS,
  'members.read': READERS,
  'brands.read': READERS,
  'brands.write': ADMINS,
  'companies.read': READERS,
  'companies.write': WRITERS,
  'contacts.read': READERS,
  'contacts.write': WRITERS,
  'deals.read': READERS,
  'deals.write': WRITERS,
  'activities.read': READERS,
  'tasks.read': READERS,
  'tasks.write': WRITERS,
  'notes.read': READERS,
  'notes.write': WRITERS,
  'record-followers.read': READERS,
  'record-followers.write': WRITERS,
  'notifications.read': READERS,
  'notifications.write': READERS,
  'custom-fields.read': READERS,
  'custom-fields.write': ADMINS,
  'teams.read': READERS,
  'teams.write': ADMINS,
  'saved-views.read': READERS,
  'saved-views.write': WRITERS,
  'deal-stages.read': READERS,
  'deal-stages.write': ADMINS,
  'duplicates.read': READERS,
  'merges.write': WRITERS,
  'bulk-changes.write': WRITERS,
  'exports.write': WRITERS,
  'search.read': READERS,
  'imports.read': READERS,
  'imports.write': WRITERS,
  'ad-accounts.read': READERS,
  'ad-accounts.write': WRITERS,
  'ad-accounts.connect': ADMINS,
  'campaigns.read': READERS,
  'campaigns.write': WRITERS,
  'campaigns.approve': ADMINS,
  'campaign-templates.read': READERS,
  'campaign-templates.write': WRITERS,
  'campaign-match-rules.read': READERS,
  'campaign-match-rules.write': WRITERS,
  'campaign-results.read': READERS,
  'campaign-results.write': WRITERS,
  'budgets.read': READERS,
  'budgets.write': WRITERS,
  'budgets.approve': ADMINS,
  'costs.read': READERS,
  'costs.write': WRITERS,
  'margins.write': ADMINS,
  'portfolio.read': READERS,
  'creators.read': READERS,
  'creators.write': WRITERS,
  'creator-platforms.read': READERS,
  'creator-platforms.write': WRITERS,
  'creator-contents.read': READERS,
  'creator-contents.write': WRITERS,
  'creator-contracts.read': READERS,
  'creator-contracts.write': WRITERS,
  'creator-contracts.amend': ADMINS,
  'campaign-creators.read': READERS,
  'campaign-creators.write': WRITERS,
  'campaign-creators.override': ADMINS,
  'disclosure-terms.read': READERS,
  'disclosure-terms.write': ADMINS,
  'campaign-ad-accounts.read': READERS,
  'campaign-ad-accounts.write': WRITERS,
  'platform-campaigns.read': READERS,
  'platform-campaigns.write': WRITERS,
  'platform-settings.read': READERS,
  'platform-settings.write': ADMINS,
  'metrics.read': READERS,
  'webhooks.read': ADMINS,
  'webhooks.write': ADMINS,
  'lead-forms.read': ADMINS,
  'lead-forms.write': ADMINS,
  'sync-runs.read': READERS,
  'sync-runs.start': WRITERS,
} as const satisfies Record<string, readonly MemberRole[]>;

export type Permission = keyof typeof permissions;

/** Whether a role holds a permission. */
export function roleMay(role: MemberRole, permission: Permission): boolean {
  return (permissions[permission] as readonly MemberRole[]).includes(role);
}

/**
 * What stays the agency's own: a client's login at one brand reads and works on that brand's records, and reaches none
 * of these whatever its role is called.
 */
const agencyOnly: ReadonlySet<Permission> = new Set<Permission>([
  'brands.write',
  'imports.read',
  'imports.write',
  'ad-accounts.write',
  'ad-accounts.connect',
  'campaign-ad-accounts.write',
  'platform-campaigns.write',
  'platform-settings.write',
  'sync-runs.start',
  'creators.write',
  'creator-platforms.write',
  'creator-contents.write',
  'creator-contracts.read',
  'creator-contracts.write',
  'creator-contracts.amend',
  'campaign-creators.write',
  'campaign-creators.override',
  'campaigns.approve',
  'campaign-templates.read',
  'campaign-templates.write',
  'campaign-match-rules.read',
  'campaign-match-rules.write',
  'campaign-results.read',
  'campaign-results.write',
  'budgets.read',
  'budgets.write',
  'budgets.approve',
  'costs.read',
  'costs.write',
  'margins.write',
  'disclosure-terms.write',
  'webhooks.read',
  'webhooks.write',
  'lead-forms.read',
  'lead-forms.write',
  'custom-fields.write',
  'teams.read',
  'teams.write',
  'deal-stages.write',
  'exports.write',
]);

export function isAgencyOnly(permission: Permission): boolean {
  return agencyOnly.has(permission);
}
