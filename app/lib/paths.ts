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

const at = (base: string, id: string, rest = '') => `${base}/${encodeURIComponent(id)}${rest}`;

/** Every address of the product's pages. Ids are encoded, so that none can leave its segment. */
export const paths = {
  login: (returnTo?: string) => withQuery('/login', { returnTo }),
  logout: () => '/logout',
  home: () => '/',
  search: (q?: string) => withQuery('/search', { q }),
  switchOrganization: () => '/switch-organization',

  companies: () => '/companies',
  newCompany: () => '/companies/new',
  company: (companyId: string) => at('/companies', companyId),
  editCompany: (companyId: string) => at('/companies', companyId, '/edit'),

  contacts: () => '/contacts',
  newContact: (companyId?: string) => withQuery('/contacts/new', { companyId }),
  contact: (contactId: string) => at('/contacts', contactId),
  editContact: (contactId: string) => at('/contacts', contactId, '/edit'),

  deals: () => '/deals',
  dealBoard: () => '/deals?view=board',
  dealList: () => '/deals?view=list',
  dealColumn: () => '/deals/column',
  newDeal: (companyId?: string | null, contactId?: string) =>
    withQuery('/deals/new', { companyId, contactId }),
  deal: (dealId: string) => at('/deals', dealId),
  editDeal: (dealId: string) => at('/deals', dealId, '/edit'),
  dealStage: (dealId: string) => at('/deals', dealId, '/stage'),

  tasks: () => '/tasks',
  newTask: (of: { companyId?: string; contactId?: string; dealId?: string; campaignId?: string } = {}) =>
    withQuery('/tasks/new', of),
  task: (taskId: string) => at('/tasks', taskId),

  notifications: () => '/notifications',
  unreadNotifications: () => '/notifications/unread',

  campaigns: () => '/campaigns',
  newCampaign: () => '/campaigns/new',
  campaign: (campaignId: string) => at('/campaigns', campaignId),
  editCampaign: (campaignId: string) => at('/campaigns', campaignId, '/edit'),
  attachToCampaign: (campaignId: string) => at('/campaigns', campaignId, '/platform-campaigns'),

  adAccounts: () => '/ad-accounts',
  connectAdAccounts: () => '/ad-accounts/connect',
  pickAdAccounts: (oauthConnectionId: string) => withQuery('/ad-accounts/connect', { oauthConnectionId }),
  adAccount: (adAccountId: string) => at('/ad-accounts', adAccountId),

  syncRuns: () => '/sync',
  syncRun: (syncRunId: string) => at('/sync', syncRunId),

  imports: () => '/imports',
  newImport: () => '/imports/new',
  importRun: (importId: string) => at('/imports', importId),
  importErrors: (importId: string) => at('/imports', importId, '/errors.csv'),

  settingsAccount: () => '/settings/account',
  settingsBrands: () => '/settings/brands',
  settingsTheme: () => '/settings/theme',
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
