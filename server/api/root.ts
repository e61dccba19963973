import { accountRouter } from './routers/account.ts';
import { activitiesRouter } from './routers/activities.ts';
import { adAccountsRouter } from './routers/ad-accounts.ts';
import { attachmentsRouter } from './routers/attachments.ts';
import { authRouter } from './routers/auth.ts';
import { brandRulesRouter } from './routers/brand-rules.ts';
import { brandsRouter } from './routers/brands.ts';
import { budgetsRouter } from './routers/budgets.ts';
import { bulkChangesRouter } from './routers/bulk-changes.ts';
import { campaignAdAccountsRouter } from './routers/campaign-ad-accounts.ts';
import { briefInvitationsRouter } from './routers/brief-invitations.ts';
import { campaignBriefsRouter } from './routers/campaign-briefs.ts';
import { campaignCreatorsRouter } from './routers/campaign-creators.ts';
import { campaignMatchRulesRouter } from './routers/campaign-match-rules.ts';
import { campaignTemplatesRouter } from './routers/campaign-templates.ts';
import { campaignsRouter } from './routers/campaigns.ts';
import { campaignResultsRouter } from './routers/campaign-results.ts';
import { companiesRouter } from './routers/companies.ts';
import { contactsRouter } from './routers/contacts.ts';
import { costsRouter } from './routers/costs.ts';
import { creatorBlocksRouter } from './routers/creator-blocks.ts';
import { creatorConnectRouter } from './routers/creator-connect.ts';
import { creatorInvitationsRouter } from './routers/creator-invitations.ts';
import { creatorPlatformsRouter } from './routers/creator-platforms.ts';
import { creatorSyncRouter } from './routers/creator-sync.ts';
import { creatorsRouter } from './routers/creators.ts';
import { creatorContractsRouter } from './routers/creator-contracts.ts';
import { creatorContentsRouter } from './routers/creator-contents.ts';
import { customFieldsRouter } from './routers/custom-fields.ts';
import { dealStagesRouter } from './routers/deal-stages.ts';
import { dealsRouter } from './routers/deals.ts';
import { disclosureTermsRouter } from './routers/disclosure-terms.ts';
import { duplicatesRouter } from './routers/duplicates.ts';
import { exportsRouter } from './routers/exports.ts';
import { importsRouter } from './routers/imports.ts';
import { leadFormsRouter } from './routers/lead-forms.ts';
import { marginsRouter } from './routers/margins.ts';
import { membersRouter } from './routers/members.ts';
import { mergesRouter } from './routers/merges.ts';
import { metricsRouter } from './routers/metrics.ts';
import { notificationsRouter } from './routers/notifications.ts';
import { notesRouter } from './routers/notes.ts';
import { organizationsRouter } from './routers/organizations.ts';
import { pacingRouter } from './routers/pacing.ts';
import { platformSettingsRouter } from './routers/platform-settings.ts';
import { platformCampaignsRouter } from './routers/platform-campaigns.ts';
import { portfolioRouter } from './routers/portfolio.ts';
import { reconnectRouter } from './routers/reconnect.ts';
import { reconnectLinksRouter } from './routers/reconnect-links.ts';
import { recordFollowersRouter } from './routers/record-followers.ts';
import { recordsRouter } from './routers/records.ts';
import { savedViewsRouter } from './routers/saved-views.ts';
import { searchRouter } from './routers/search.ts';
import { syncRunsRouter } from './routers/sync-runs.ts';
import { tagsRouter } from './routers/tags.ts';
import { teamsRouter } from './routers/teams.ts';
import { tasksRouter } from './routers/tasks.ts';
import { webhooksRouter } from './routers/webhooks.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  account: accountRouter,
  activities: activitiesRouter,
  adAccounts: adAccountsRouter,
  attachments: attachmentsRouter,
  auth: authRouter,
  brandRules: brandRulesRouter,
  brands: brandsRouter,
  budgets: budgetsRouter,
  bulkChanges: bulkChangesRouter,
  campaignAdAccounts: campaignAdAccountsRouter,
  briefInvitations: briefInvitationsRouter,
  campaignBriefs: campaignBriefsRouter,
  campaignCreators: campaignCreatorsRouter,
  campaignMatchRules: campaignMatchRulesRouter,
  campaignTemplates: campaignTemplatesRouter,
  campaigns: campaignsRouter,
  campaignResults: campaignResultsRouter,
  companies: companiesRouter,
  contacts: contactsRouter,
  costs: costsRouter,
  creatorBlocks: creatorBlocksRouter,
  creatorConnect: creatorConnectRouter,
  creatorInvitations: creatorInvitationsRouter,
  creatorPlatforms: creatorPlatformsRouter,
  creatorSync: creatorSyncRouter,
  creators: creatorsRouter,
  creatorContracts: creatorContractsRouter,
  creatorContents: creatorContentsRouter,
  customFields: customFieldsRouter,
  dealStages: dealStagesRouter,
  deals: dealsRouter,
  disclosureTerms: disclosureTermsRouter,
  duplicates: duplicatesRouter,
  exports: exportsRouter,
  imports: importsRouter,
  leadForms: leadFormsRouter,
  margins: marginsRouter,
  members: membersRouter,
  merges: mergesRouter,
  metrics: metricsRouter,
  notifications: notificationsRouter,
  notes: notesRouter,
  organizations: organizationsRouter,
  pacing: pacingRouter,
  platformCampaigns: platformCampaignsRouter,
  platformSettings: platformSettingsRouter,
  portfolio: portfolioRouter,
  reconnect: reconnectRouter,
  reconnectLinks: reconnectLinksRouter,
  recordFollowers: recordFollowersRouter,
  records: recordsRouter,
  savedViews: savedViewsRouter,
  search: searchRouter,
  syncRuns: syncRunsRouter,
  tags: tagsRouter,
  teams: teamsRouter,
  tasks: tasksRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
