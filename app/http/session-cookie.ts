const NAME = 'spokestack-session';

/** Over https the name carries the __Host- prefix, which binds it to this host, this path and a secure connection. */
export function sessionCookieName(appUrl: string): string {
  return appUrl.startsWith('https:') ? `__Host-${NAME}` : NAME;
}

/** The session's token from a Cookie header, or null. */
export function readSessionToken(cookieHeader: string | null | undefined, appUrl: string): string | null {
  const name = sessionCookieName(appUrl);
  for (const part of (cookieHeader ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return null;
}

/** A Set-Cookie header that keeps the token, or with null ends it. */
export function writeSessionCookie(token: string | null, appUrl: string, lifetimeSeconds: number): string {
  const secure = appUrl.startsWith('https:') ? '; Secure' : '';
  const age = token ? lifetimeSeconds : 0;
  return `${sessionCookieName(appUrl)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
