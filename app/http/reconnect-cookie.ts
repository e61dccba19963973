const NAME = 'spokestack-reconnect';
/** As long as the state that it is bound to. */
const LIFETIME_SECONDS = 600;

/** Over https the prefix keeps it from being set by anything but this site. */
function cookieName(appUrl: string): string {
  return appUrl.startsWith('https:') ? `__Secure-${NAME}` : NAME;
}

/** What ties a reconnecting to the browser that began it, from a Cookie header; null where there is none. */
export function readReconnectNonce(cookieHeader: string | null, appUrl: string): string | null {
  const name = cookieName(appUrl);
  for (const part of (cookieHeader ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return null;
}

/**
 * A Set-Cookie header that keeps the nonce for the platforms' callbacks alone, or with null ends it. Lax, since the
 * platform's own redirect brings the browser back.
 */
export function writeReconnectNonce(nonce: string | null, appUrl: string): string {
  const secure = appUrl.startsWith('https:') ? '; Secure' : '';
  const age = nonce ? LIFETIME_SECONDS : 0;
  return `${cookieName(appUrl)}=${nonce ?? ''}; Path=/oauth; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
