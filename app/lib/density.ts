export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

const cookieName = 'density';
const oneYearSeconds = 365 * 24 * 60 * 60;

export function isDensity(value: unknown): value is Density {
  return densities.some((density) => density === value);
}

/** The height of a list's rows that a Cookie header asks for. */
export function readDensity(cookieHeader: string | null): Density {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=');
    if (name === cookieName && isDensity(value)) return value;
  }
  return 'comfortable';
}

/** A Set-Cookie value; no secret, as a theme is none. */
export function writeDensity(density: Density): string {
  return `${cookieName}=${density}; Path=/; Max-Age=${oneYearSeconds}; SameSite=Lax; HttpOnly`;
}
