const LONGEST_SLUG = 63;
const LONGEST_SUFFIX = 5;

/** The slug that a name suggests: its letters and digits in ASCII, `brand` where it has none. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG - LONGEST_SUFFIX)
    .replaceAll(/^-+|-+$/g, '');
  return slug || 'brand';
}

/** The suggestion itself, or the first numbered one that is free. */
export function freeSlug(suggestion: string, taken: ReadonlySet<string>): string {
  let slug = suggestion;
  for (let number = 2; taken.has(slug); number += 1) slug = `${suggestion}-${number}`;
  return slug;
}
