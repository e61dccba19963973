/**
 * The addresses under a base, as an expression over the whole address without its query. Without a base any origin
 * fits: a server is reached under whatever name its caller knows.
 */
export function addressPattern(baseUrl: string | undefined, path: string): RegExp {
  const base =
    baseUrl === undefined
      ? 'https?://[^/]+'
      : baseUrl.replace(/\/+$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${base}${path}/?$`);
}
