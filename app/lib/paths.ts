type QueryValue = string | number | boolean | null | undefined;

/** Adds a query string; null, undefined and '' leave their key out, so that a default never shows in the address. */
export function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string | number | boolean] =>
      pair[1] !== null && pair[1] !== undefined && pair[1] !== '',
  );
  if (pairs.length === 0) return path;
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]));
  return `${path}${path.includes('?') ? '&' : '?'}${search.toString()}`;
}

/** An empty query is a list as well: the whole one, in its usual order. */
const inList = (path: string, list: string | null | undefined) =>
  typeof list === 'string' ? `${path}?in=${encodeURIComponent(list)}` : path;

const at = (base: string, id: string, rest = '') => `${base}/${encodeURIComponent(id)}${rest}`;

/** What a new campaign begins with, at most one of these. */
interface CampaignSource {
  isBlank?: boolean;
  dealId?: string;
  templateId?: string;
  copyOf?: string;
}

/** Every address of the product's pages. Ids are encoded, so that none can leave its segment. */
export const paths = {
  login: (returnTo?: string) => withQuery('/login', { returnTo }),
  logout: () => '/logout',
  home: () => '/',
  search: (q?: string) => withQuery('/search', { q }),
  switchOrganization: () => '/switch-organization',

  bulkChanges: (noun: string) => withQuery('/bulk-changes', { noun }),

  companies: () => '/companies',
  newCompany: () => '/companies/new',
  /** `list` is the query of the list that it was opened from: see list-address.ts. */
  company: (companyId: string, list?: string | null) => inList(at('/companies', companyId), list),
  companyPanel: (companyId: string, list?: string | null) =>
    inList(at('/companies', companyId, '/panel'), list),
  companyField: (companyId: string) => at('/companies', companyId, '/field'),
  editCompany: (companyId: string) => at('/companies', companyId, '/edit'),

  mergeCompany: (companyId: string, mergeId?: string) =>
    withQuery(at('/companies', companyId, '/merge'), { mergeId }),

  contacts: () => '/contacts',
  newContact: (companyId?: string) => withQuery('/contacts/new', { companyId }),
  /** `list` is the query of the list that it was opened from: see list-address.ts. */
  contact: (contactId: string, list?: string | null) => inList(at('/contacts', contactId), list),
  contactPanel: (contactId: string, list?: string | null) =>
    inList(at('/contacts', contactId, '/panel'), list),
  contactField: (contactId: string) => at('/contacts', contactId, '/field'),
  editContact: (contactId: string) => at('/contacts', contactId, '/edit'),

  mergeContact: (contactId: string, mergeId?: string) =>
    withQuery(at('/contacts', contactId, '/merge'), { mergeId }),

  duplicates: (noun?: 'CONTACT' | 'COMPANY') => withQuery('/duplicates', { noun }),

  deals: () => '/deals',
  dealBoard: () => '/deals?view=board',
  dealList: () => '/deals?view=list',
  dealForecast: () => '/deals/forecast',
  dealFunnel: () => '/deals/forecast?tab=funnel',
  newDeal: (companyId?: string | null, contactId?: string) =>
    withQuery('/deals/new', { companyId, contactId }),
  /** `list` is the query of the list that it was opened from: see list-address.ts. */
  deal: (dealId: string, list?: string | null) => inList(at('/deals', dealId), list),
  dealPanel: (dealId: string, list?: string | null) => inList(at('/deals', dealId, '/panel'), list),
  dealField: (dealId: string) => at('/deals', dealId, '/field'),
  editDeal: (dealId: string) => at('/deals', dealId, '/edit'),
  dealStage: (dealId: string) => at('/deals', dealId, '/stage'),

  tasks: () => '/tasks',
  newTask: () => '/tasks/new',
  task: (taskId: string) => at('/tasks', taskId),
  editTask: (taskId: string) => at('/tasks', taskId, '/edit'),

  newNote: () => '/notes/new',
  note: (noteId: string) => at('/notes', noteId),
  editNote: (noteId: string) => at('/notes', noteId, '/edit'),
  uploads: () => '/attachments',
  attachment: (attachmentId: string) => at('/attachments', attachmentId),
  contentMedia: (creatorContentId: string) => at('/creator-contents', creatorContentId, '/media'),
  timeline: () => '/timeline',

  notifications: () => '/notifications',
  unreadNotifications: () => '/notifications/unread',

  campaigns: () => '/campaigns',
  /** What the form begins with; nothing: how to begin is asked first. */
  newCampaign: (from: CampaignSource = {}) =>
    withQuery('/campaigns/new', {
      from: from.isBlank ? 'scratch' : null,
      dealId: from.dealId,
      templateId: from.templateId,
      copyOf: from.copyOf,
    }),
  campaign: (campaignId: string) => at('/campaigns', campaignId),
  editCampaign: (campaignId: string) => at('/campaigns', campaignId, '/edit'),
  /** Where a campaign's status moves; `to` is the status that is asked about. */
  campaignStatus: (campaignId: string, to?: string) =>
    withQuery(at('/campaigns', campaignId, '/status'), { to }),
  campaignBudget: (campaignId: string) => at('/campaigns', campaignId, '/budget'),
  /** Where the budget's next version is written. */
  editCampaignBudget: (campaignId: string) => at('/campaigns', campaignId, '/budget/edit'),
  campaignBudgetVersion: (campaignId: string, budgetVersionId: string) =>
    at(at('/campaigns', campaignId, '/budget'), budgetVersionId),
  campaignCosts: (campaignId: string) => at('/campaigns', campaignId, '/costs'),
  campaignCost: (campaignId: string, campaignCostId: string) =>
    at(at('/campaigns', campaignId, '/costs'), campaignCostId),
  campaignResults: (campaignId: string) => at('/campaigns', campaignId, '/results'),
  campaignTemplates: () => '/campaigns/templates',
  newCampaignTemplate: (campaignId?: string) => withQuery('/campaigns/templates/new', { campaignId }),
  campaignTemplate: (campaignTemplateId: string) => at('/campaigns/templates', campaignTemplateId),
  /** `part` is one of attached, pick and rules. */
  attachToCampaign: (campaignId: string, part?: 'attached' | 'pick' | 'rules') =>
    withQuery(at('/campaigns', campaignId, '/platform-campaigns'), { part }),
  campaignCreators: (campaignId: string) => at('/campaigns', campaignId, '/creators'),
  assignCreator: (campaignId: string, creatorId?: string) =>
    withQuery(at('/campaigns', campaignId, '/creators/new'), { creatorId }),
  /** A creator's terms on a campaign. */
  campaignCreator: (campaignId: string, creatorId: string) =>
    at(at('/campaigns', campaignId, '/creators'), creatorId),
  /** A brief's link, of the creator who was sent it. */
  brief: (token: string) => at('/briefs', token),
  /** Where one of a campaign's results is changed. */
  campaignResult: (campaignId: string, campaignResultId: string) =>
    withQuery(at('/campaigns', campaignId, '/results'), { edit: campaignResultId }),
  campaignContent: (campaignId: string) => at('/campaigns', campaignId, '/content'),
  campaignAudience: (campaignId: string) => at('/campaigns', campaignId, '/audience'),

  creatorContents: () => '/content',
  newCreatorContent: (creatorId?: string) => withQuery('/content/new', { creatorId }),
  creatorContent: (creatorContentId: string) => at('/content', creatorContentId),
  editCreatorContent: (creatorContentId: string) => at('/content', creatorContentId, '/edit'),

  creators: () => '/creators',
  newCreator: (contactId?: string) => withQuery('/creators/new', { contactId }),
  /** `list` is the query of the list that it was opened from: see list-address.ts. */
  creator: (creatorId: string, list?: string | null) => inList(at('/creators', creatorId), list),
  creatorPanel: (creatorId: string, list?: string | null) =>
    inList(at('/creators', creatorId, '/panel'), list),
  creatorField: (creatorId: string) => at('/creators', creatorId, '/field'),
  editCreator: (creatorId: string) => at('/creators', creatorId, '/edit'),
  /** A creator's page at one of its parts. */
  creatorTab: (creatorId: string, tab?: string) => withQuery(at('/creators', creatorId), { tab }),
  /** Where a creator's accounts at the networks are kept and connected. Lead there by a full load: see its policy. */
  creatorPlatforms: (creatorId: string) => at('/creators', creatorId, '/platforms'),
  newCreatorPlatform: (creatorId: string) => at('/creators', creatorId, '/platforms/new'),
  editCreatorPlatform: (creatorId: string, creatorPlatformId?: string) =>
    at(at('/creators', creatorId, '/platforms'), creatorPlatformId ?? ''),
  /** A connect link, of the creator who was sent it. */
  creatorConnect: (token: string) => at('/connect', token),
  /** Two to five beside each other, in this order. */
  compareCreators: (ids: string) => withQuery('/creators/compare', { ids }),
  creatorContracts: () => '/contracts',
  editCreatorContract: (creatorContractId: string) => at('/contracts', creatorContractId, '/edit'),
  newCreatorContract: (creatorId: string) => at('/creators', creatorId, '/contracts/new'),
  creatorContract: (creatorContractId: string) => at('/contracts', creatorContractId),
  creatorContractFile: (creatorContractId: string) => at('/contracts', creatorContractId, '/file'),

  portfolio: (query?: string) => (query ? `/portfolio?${query}` : '/portfolio'),
  /** The agency's figures; `query` as figure-address.ts makes it. */
  performance: (query?: string) => (query ? `/performance?${query}` : '/performance'),
  performanceExport: (query?: string) =>
    query ? `/performance/export.csv?${query}` : '/performance/export.csv',
  /** What a figure is made of; `query` as explain-address.ts makes it. */
  explain: (query?: string) => (query ? `/explain?${query}` : '/explain'),
  explainPanel: (query?: string) => (query ? `/explain/panel?${query}` : '/explain/panel'),

  adAccounts: () => '/ad-accounts',
  connectAdAccounts: () => '/ad-accounts/connect',
  pickAdAccounts: (oauthConnectionId: string) => withQuery('/ad-accounts/connect', { oauthConnectionId }),
  adAccount: (adAccountId: string) => at('/ad-accounts', adAccountId),
  /** A reconnect link, of whoever was sent it. */
  reconnect: (token: string) => at('/reconnect', token),
  reconnected: (platform: string) => withQuery('/reconnect/thanks', { platform }),

  syncRuns: () => '/sync',
  syncRun: (syncRunId: string) => at('/sync', syncRunId),
  /** Where days are asked for once more. */
  syncRange: (adAccountId?: string, range: { from?: string; to?: string } = {}) =>
    withQuery('/sync/range', { adAccountId, ...range }),

  imports: () => '/imports',
  newImport: () => '/imports/new',
  importRun: (importId: string) => at('/imports', importId),
  importErrors: (importId: string) => at('/imports', importId, '/errors.csv'),

  settingsAccount: () => '/settings/account',
  settingsBrands: () => '/settings/brands',
  /** With a rule: where that one is changed. */
  settingsCosts: (marginRuleId?: string) => withQuery('/settings/costs', { marginRuleId }),
  settingsCreators: () => '/settings/creators',
  settingsPipeline: () => '/settings/pipeline',
  settingsFields: (noun?: string) => withQuery('/settings/fields', { noun }),
  settingsTeams: () => '/settings/teams',
  settingsPlatforms: () => '/settings/platforms',
  settingsLeadForms: () => '/settings/lead-forms',
  settingsWebhooks: (source?: string, state?: string) => withQuery('/settings/webhooks', { source, state }),
  webhookEvent: (webhookEventId: string) => at('/settings/webhooks', webhookEventId),
  settingsTheme: () => '/settings/theme',
  settingsDensity: () => '/settings/density',

  savedViews: (noun: string) => withQuery('/saved-views', { noun }),
  newSavedView: (noun: string, query: string) => withQuery('/saved-views/new', { noun, query }),
  savedView: (savedViewId: string) => at('/saved-views', savedViewId),
  recordFollowers: () => '/record-followers',
} as const;

/**
 * Where a form may send its reader afterwards: a path of this origin, or `fallback`. A browser reads `//host` and
 * `/\host` as another origin, and drops tabs and newlines before it looks.
 */
export function safeReturnTo(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return fallback;
  const base = 'http://return.invalid';
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
