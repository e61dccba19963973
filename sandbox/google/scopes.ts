export const ADS_SCOPE = 'https://www.googleapis.com/auth/adwords';
const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';
const PROFILE = 'https://www.googleapis.com/auth/userinfo.profile';

/** Every scope that this stand-in knows, in an order that tokens depend on: append only. */
export const SCOPES = [ADS_SCOPE, 'openid', EMAIL, PROFILE] as const;
export type Scope = (typeof SCOPES)[number];

/** Asked by their short names, these are granted under their long ones. */
const LONG_NAMES: Readonly<Record<string, Scope>> = { email: EMAIL, profile: PROFILE };

/** What signs a person in is never a choice on the page; the rest is. */
export function isChoice(scope: Scope): boolean {
  return scope === ADS_SCOPE;
}

/** Reads a list with spaces between; undefined with a scope that is not known. */
export function parseScopes(text: string): Scope[] | undefined {
  const asked = text.split(/\s+/).filter((name) => name !== '');
  const known = asked.map((name) => SCOPES.find((scope) => scope === (LONG_NAMES[name] ?? name)));
  if (known.length === 0 || known.includes(undefined)) return undefined;
  return SCOPES.filter((scope) => known.includes(scope));
}

/** Whether the person's address is told. */
export function tellsEmail(scopes: readonly Scope[]): boolean {
  return scopes.includes(EMAIL);
}
