/**
 * The permissions of the application. They are set where it is registered, not asked for in the address, and a token
 * tells them as numbers. Source: API for Business, permission scope. The number of Business Center is not public; this
 * one is the stand-in's own.
 */
export const SCOPES = [
  { id: 1, name: 'Ad Account Management' },
  { id: 2, name: 'Ads Management' },
  { id: 4, name: 'Reporting' },
  { id: 1800, name: 'Business Center' },
] as const;

export type ScopeId = (typeof SCOPES)[number]['id'];

export const AD_ACCOUNTS: ScopeId = 1;
export const ADS: ScopeId = 2;
export const REPORTING: ScopeId = 4;
export const BUSINESS_CENTER: ScopeId = 1800;
