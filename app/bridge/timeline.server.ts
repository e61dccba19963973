import { type Activity, activityKinds, type ActivityKind } from '../../server/domain/activities/schema.ts';
import type { Member } from '../../server/domain/members/schema.ts';
import type { Api } from './api.server.ts';

/** The record whose timeline it is: one of them. */
export interface TimelineOf {
  companyId?: string;
  contactId?: string;
  dealId?: string;
  /** Where the contact is not the reader's to see; else their one timeline is the contact's. */
  creatorId?: string;
  campaignId?: string;
}

/** A record's timeline as its page and the side panel show it. */
export interface TimelineData {
  of: TimelineOf;
  activities: Activity[];
  /** Those that are asked for; empty shows all. */
  kinds: ActivityKind[];
  /** What the next page is asked with; null at the end. */
  olderCursor: string | null;
  /** True where this is not the newest page. */
  isOlder: boolean;
  /** The kinds' and the older page's links begin with this address. */
  href: string;
  /** Whom a note may mention. */
  people: Pick<Member, 'id' | 'name' | 'email'>[];
  now: string;
}

/** The names in an address; a list's own `cursor` may stand beside them, where the record is in its side panel. */
const KINDS = 'activity';
const OLDER = 'olderThan';
const PAGE = 30;

interface TimelineRequest {
  caller: Api;
  of: TimelineOf;
  url: URL;
}

/** Reads the page of a record's timeline that an address asks for. A kind that there is not is left out. */
export async function readTimeline({ caller, of, url }: TimelineRequest): Promise<TimelineData> {
  const kinds = kindsIn(url);
  const cursor = url.searchParams.get(OLDER) ?? undefined;
  const asked = kinds.length > 0 ? { kinds: kinds.join(',') } : {};
  const [page, people] = await Promise.all([
    caller.activities.list({ ...of, ...asked, cursor, limit: PAGE }),
    caller.members.list(),
  ]);
  return {
    of,
    activities: page.items,
    kinds,
    olderCursor: page.nextCursor,
    isOlder: cursor !== undefined,
    href: hrefOf(url),
    people: people.map(({ id, name, email }) => ({ id, name, email })),
    now: new Date().toISOString(),
  };
}

function kindsIn(url: URL): ActivityKind[] {
  const asked = (url.searchParams.get(KINDS) ?? '').split(',');
  return activityKinds.filter((kind) => asked.includes(kind));
}

/** The page's address without what the timeline itself says in it. */
function hrefOf(url: URL): string {
  const search = new URLSearchParams(url.search);
  search.delete(KINDS);
  search.delete(OLDER);
  const query = search.toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}
