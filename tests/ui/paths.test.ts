import { describe, expect, it } from 'vitest';
import { paths, safeReturnTo, withQuery } from '../../app/lib/paths.ts';

describe('paths', () => {
  it('are the addresses of the contract', () => {
    const id = '0192f3c1-7a00-7000-8000-000000000001';
    const all = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path(id)]));
    expect(all).toMatchInlineSnapshot(`
      {
        "adAccount": "/ad-accounts/0192f3c1-7a00-7000-8000-000000000001",
        "adAccounts": "/ad-accounts",
        "attachToCampaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/platform-campaigns",
        "campaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001",
        "campaigns": "/campaigns",
        "companies": "/companies",
        "company": "/companies/0192f3c1-7a00-7000-8000-000000000001",
        "connectAdAccounts": "/ad-accounts/connect",
        "contact": "/contacts/0192f3c1-7a00-7000-8000-000000000001",
        "contacts": "/contacts",
        "deal": "/deals/0192f3c1-7a00-7000-8000-000000000001",
        "dealBoard": "/deals?view=board",
        "dealColumn": "/deals/column",
        "dealList": "/deals?view=list",
        "dealStage": "/deals/0192f3c1-7a00-7000-8000-000000000001/stage",
        "deals": "/deals",
        "editCampaign": "/campaigns/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editCompany": "/companies/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editContact": "/contacts/0192f3c1-7a00-7000-8000-000000000001/edit",
        "editDeal": "/deals/0192f3c1-7a00-7000-8000-000000000001/edit",
        "home": "/",
        "importErrors": "/imports/0192f3c1-7a00-7000-8000-000000000001/errors.csv",
        "importRun": "/imports/0192f3c1-7a00-7000-8000-000000000001",
        "imports": "/imports",
        "login": "/login?returnTo=0192f3c1-7a00-7000-8000-000000000001",
        "logout": "/logout",
        "newCampaign": "/campaigns/new",
        "newCompany": "/companies/new",
        "newContact": "/contacts/new?companyId=0192f3c1-7a00-7000-8000-000000000001",
        "newDeal": "/deals/new?companyId=0192f3c1-7a00-7000-8000-000000000001",
        "newImport": "/imports/new",
        "pickAdAccounts": "/ad-accounts/connect?oauthConnectionId=0192f3c1-7a00-7000-8000-000000000001",
        "search": "/search?q=0192f3c1-7a00-7000-8000-000000000001",
        "settingsAccount": "/settings/account",
        "settingsBrands": "/settings/brands",
        "settingsTheme": "/settings/theme",
        "switchOrganization": "/switch-organization",
        "syncRun": "/sync/0192f3c1-7a00-7000-8000-000000000001",
        "syncRuns": "/sync",
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
