const names = ['companyId', 'contactId', 'dealId', 'creatorId', 'campaignId'] as const;

export type TimelineRecord = Partial<Record<(typeof names)[number], string>>;

/** The record that an address or a form names. */
export function timelineOf(source: URLSearchParams | FormData): TimelineRecord {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = source.get(name);
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

/** The timeline's part of an address, beside whatever else stands in it. */
export function timelineHref(
  href: string,
  { kinds, olderThan }: { kinds: readonly string[]; olderThan?: string | null },
): string {
  const [path = '', query = ''] = href.split('?');
  const search = new URLSearchParams(query);
  if (kinds.length > 0) search.set('activity', kinds.join(','));
  if (olderThan) search.set('olderThan', olderThan);
  const text = search.toString();
  return `${text ? `${path}?${text}` : path}#timeline`;
}
