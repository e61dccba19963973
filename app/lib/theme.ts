export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const cookieName = 'theme';
const oneYearSeconds = 365 * 24 * 60 * 60;

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** The theme that a Cookie header asks for; anything else is the system's. */
export function readTheme(cookieHeader: string | null): Theme {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=');
    if (name === cookieName && isTheme(value)) return value;
  }
  return 'system';
}

/** A Set-Cookie value. The theme is no secret and no credential, so it needs neither Secure nor a signature. */
export function writeTheme(theme: Theme): string {
  return `${cookieName}=${theme}; Path=/; Max-Age=${oneYearSeconds}; SameSite=Lax; HttpOnly`;
}
