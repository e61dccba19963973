import { describe, expect, it } from 'vitest';
import { paths, safeReturnTo, withQuery } from '../../app/lib/paths.ts';

describe('paths', () => {
  it('are the addresses of the contract', () => {
    const id = '0192f3c1-7a00-7000-8000-000000000001';
    const all = Object.fromEntries(
      Object.entries(paths).map(([name, path]) => [name, (path as (first: string) => string)(id)]),
    );
    expect(all).toMatchInlineSnapshot(`
      {
        "adAccount": "/ad-accounts/0192f3c1-7a00-7000-8000-000000000001",
        "adAccounts": "/ad-accounts",
        "assignCreator": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/creators/new",
        "attachToCampaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/platform-campaigns",
        "attachment": "/attachments/0192f3c1-7a00-7000-8000-000000000001",
        "brief": "/briefs/0192f3c1-7a00-7000-8000-000000000001",
        "bulkChanges": "/bulk-changes?noun=0192f3c1-7a00-7000-8000-000000000001",
        "campaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001",
        "campaignAudience": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/audience",
        "campaignBudget": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/budget",
        "campaignBudgetVersion": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/budget/undefined",
        "campaignContent": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/content",
        "campaignCost": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/costs/undefined",
        "campaignCosts": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/costs",
        "campaignCreator": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/creators/undefined",
        "campaignCreators": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/creators",
        "campaignResult": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/results",
        "campaignResults": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/results",
        "campaignStatus": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/status",
        "campaignTemplate": "/campaigns/templates/0192f3c1-7a00-7000-8000-000000000001",
        "campaignTemplates": "/campaigns/templates",
        "campaigns": "/campaigns",
        "companies": "/companies",
        "company": "/companies/0192f3c1-7a00-7000-8000-000000000001",
        "companyField": "/companies/0192f3c1-7a00-7000-8000-000000000001/field",
        "companyPanel": "/companies/0192f3c1-7a00-7000-8000-000000000001/panel",
        "compareCreators": "/creators/compare?ids=0192f3c1-7a00-7000-8000-000000000001",
        "connectAdAccounts": "/ad-accounts/connect",
        "contact": "/contacts/0192f3c1-7a00-7000-8000-000000000001",
        "contactField": "/contacts/0192f3c1-7a00-7000-8000-000000000001/field",
        "contactPanel": "/contacts/0192f3c1-7a00-7000-8000-000000000001/panel",
        "contacts": "/contacts",
        "contentMedia": "/creator-contents/0192f3c1-7a00-7000-8000-000000000001/media",
        "creator": "/creators/0192f3c1-7a00-7000-8000-000000000001",
        "creatorConnect": "/connect/0192f3c1-7a00-7000-8000-000000000001",
        "creatorContent": "/content/0192f3c1-7a00-7000-8000-000000000001",
        "creatorContents": "/content",
        "creatorContract": "/contracts/0192f3c1-7a00-7000-8000-000000000001",
        "creatorContractFile": "/contracts/0192f3c1-7a00-7000-8000-000000000001/file",
        "creatorContracts": "/contracts",
        "creatorField": "/creators/0192f3c1-7a00-7000-8000-000000000001/field",
        "creatorPanel": "/creators/0192f3c1-7a00-7000-8000-000000000001/panel",
        "creatorPlatforms": "/creators/0192f3c1-7a00-7000-8000-000000000001/platforms",
        "creatorTab": "/creators/0192f3c1-7a00-7000-8000-000000000001",
        "creators": "/creators",
        "deal": "/deals/0192f3c1-7a00-7000-8000-000000000001",
        "dealBoard": "/deals?view=board",
        "dealField": "/deals/0192f3c1-7a00-7000-8000-000000000001/field",
        "dealForecast": "/deals/forecast",
        "dealFunnel": "/deals/forecast?tab=funnel",
        "dealList": "/deals?view=list",
        "dealPanel": "/deals/0192f3c1-7a00-7000-8000-000000000001/panel",
        "dealStage": "/deals/0192f3c1-7a00-7000-8000-000000000001/stage",
        "deals": "/deals",
        "duplicates": "/duplicates?noun=0192f3c1-7a00-7000-8000-000000000001",
        "editCampaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCampaignBudget": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/budget/edit",
        "editCompany": "/companies/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editContact": "/contacts/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCreator": "/creators/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCreatorContent": "/content/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCreatorContract": "/contracts/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCreatorPlatform": "/creators/0192f3c1-7a00-7000-8000-000000000001/platforms/",
        "editDeal": "/deals/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editNote": "/notes/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editTask": "/tasks/0192f3c1-7a00-7000-8000-000000000001/edit",
        "explain": "/explain?0192f3c1-7a00-7000-8000-000000000001",
        "explainPanel": "/explain/panel?0192f3c1-7a00-7000-8000-000000000001",
        "home": "/",
        "importErrors": "/imports/0192f3c1-7a00-7000-8000-000000000001/errors.csv",
        "importRun": "/imports/0192f3c1-7a00-7000-8000-000000000001",
        "imports": "/imports",
        "login": "/login?returnTo=0192f3c1-7a00-7000-8000-000000000001",
        "logout": "/logout",
        "mergeCompany": "/companies/0192f3c1-7a00-7000-8000-000000000001/merge",
        "mergeContact": "/contacts/0192f3c1-7a00-7000-8000-000000000001/merge",
        "newCampaign": "/campaigns/new",
        "newCampaignTemplate": "/campaigns/templates/new?campaignId=0192f3c1-7a00-7000-8000-000000000001",
        "newCompany": "/companies/new",
        "newContact": "/contacts/new?companyId=0192f3c1-7a00-7000-8000-000000000001",
        "newCreator": "/creators/new?contactId=0192f3c1-7a00-7000-8000-000000000001",
        "newCreatorContent": "/content/new?creatorId=0192f3c1-7a00-7000-8000-000000000001",
        "newCreatorContract": "/creators/0192f3c1-7a00-7000-8000-000000000001/contracts/new",
        "newCreatorPlatform": "/creators/0192f3c1-7a00-7000-8000-000000000001/platforms/new",
        "newDeal": "/deals/new?companyId=0192f3c1-7a00-7000-8000-000000000001",
        "newImport": "/imports/new",
        "newNote": "/notes/new",
        "newSavedView": "/saved-views/new?noun=0192f3c1-7a00-7000-8000-000000000001",
        "newTask": "/tasks/new",
        "note": "/notes/0192f3c1-7a00-7000-8000-000000000001",
        "notifications": "/notifications",
        "performance": "/performance?0192f3c1-7a00-7000-8000-000000000001",
        "performanceExport": "/performance/export.csv?0192f3c1-7a00-7000-8000-000000000001",
        "pickAdAccounts": "/ad-accounts/connect?oauthConnectionId=0192f3c1-7a00-7000-8000-000000000001",
        "portfolio": "/portfolio?0192f3c1-7a00-7000-8000-000000000001",
        "reconnect": "/reconnect/0192f3c1-7a00-7000-8000-000000000001",
        "reconnected": "/reconnect/thanks?platform=0192f3c1-7a00-7000-8000-000000000001",
        "recordFollowers": "/record-followers",
        "savedView": "/saved-views/0192f3c1-7a00-7000-8000-000000000001",
        "savedViews": "/saved-views?noun=0192f3c1-7a00-7000-8000-000000000001",
        "search": "/search?q=0192f3c1-7a00-7000-8000-000000000001",
        "settingsAccount": "/settings/account",
        "settingsBrands": "/settings/brands",
        "settingsCosts": "/settings/costs?marginRuleId=0192f3c1-7a00-7000-8000-000000000001",
        "settingsCreators": "/settings/creators",
        "settingsDensity": "/settings/density",
        "settingsFields": "/settings/fields?noun=0192f3c1-7a00-7000-8000-000000000001",
        "settingsLeadForms": "/settings/lead-forms",
        "settingsPipeline": "/settings/pipeline",
        "settingsPlatforms": "/settings/platforms",
        "settingsTeams": "/settings/teams",
        "settingsTheme": "/settings/theme",
        "settingsWebhooks": "/settings/webhooks?source=0192f3c1-7a00-7000-8000-000000000001",
        "switchOrganization": "/switch-organization",
        "syncRange": "/sync/range?adAccountId=0192f3c1-7a00-7000-8000-000000000001",
        "syncRun": "/sync/0192f3c1-7a00-7000-8000-000000000001",
        "syncRuns": "/sync",
        "task": "/tasks/0192f3c1-7a00-7000-8000-000000000001",
        "tasks": "/tasks",
        "timeline": "/timeline",
        "unreadNotifications": "/notifications/unread",
        "uploads": "/attachments",
        "webhookEvent": "/settings/webhooks/0192f3c1-7a00-7000-8000-000000000001",
      }
    `);
  });

  it('keep an id inside its segment', () => {
    expect(paths.company('../settings?x=1#y')).toBe('/companies/..%2Fsettings%3Fx%3D1%23y');
    expect(paths.importErrors('a/b')).toBe('/imports/a%2Fb/errors.csv');
  });

  it('leave empty query values out', () => {
    expect(withQuery('/companies', { q: '', sort: null, cursor: undefined })).toBe('/companies');
    expect(withQuery('/deals?view=board', { q: 'a&b', limit: 0, open: false })).toBe(
      '/deals?view=board&q=a%26b&limit=0&open=false',
    );
  });
});

describe('the way back after a form', () => {
  it('stays on this origin', () => {
    const elsewhere = [
      '//evil.test',
      '/\\evil.test',
      '/\t/evil.test',
      'https://evil.test',
      'javascript:alert(1)',
      '',
      null,
      7,
    ];
    for (const value of elsewhere) expect(safeReturnTo(value, '/')).toBe('/');
  });

  it('keeps path, query and place', () => {
    expect(safeReturnTo('/deals?view=list&q=a%20b#row', '/')).toBe('/deals?view=list&q=a%20b#row');
  });
});
