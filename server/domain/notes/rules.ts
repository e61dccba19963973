import type { Audience } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField } from '../../kernel/errors.ts';

/** A mention as it stands in a note: [@Name](user:ID). The name is what was written; the id says who is meant. */
const MENTION =
  /\[@[^\]\n]{1,200}\]\(user:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/gi;

/** The ids that a note's content mentions, each once, in the order in which they stand. */
export function mentionedIds(content: string): string[] {
  return [...new Set([...content.matchAll(MENTION)].flatMap(([, userId]) => userId?.toLowerCase() ?? []))];
}

interface Openness {
  isPrivate?: boolean | undefined;
  isShared?: boolean | undefined;
}

/**
 * Who reads a note that says this of itself; undefined where it says nothing. What a client's own login writes is for
 * everybody who works on the record. Errors: `invalid` where it would be private and shared, or a client's private.
 */
export function audienceOf(
  { isPrivate, isShared }: Openness,
  isClient: boolean,
  now: Audience = 'AGENCY',
): Audience {
  if (isPrivate && isShared) throw invalidField('isShared', 'A private note is not shared; choose one.');
  if (isClient) {
    if (isPrivate) throw invalidField('isPrivate', 'Your notes are read by your agency as well.');
    return 'EVERYONE';
  }
  if (isPrivate) return 'AUTHOR';
  if (isShared) return 'EVERYONE';
  if (isPrivate === false && now === 'AUTHOR') return 'AGENCY';
  if (isShared === false && now === 'EVERYONE') return 'AGENCY';
  return now;
}

/** Whose a note is, as far as changing it goes. */
export interface Authored {
  created_by_id: string | null;
  owner_id: string | null;
  brand_id: string | null;
}

/**
 * Who may change a note that they read: its author, those who work on its brand and those who see the whole agency. A
 * client's login changes what it wrote itself.
 */
export function mayChange(principal: Principal, note: Authored): boolean {
  const { role, reach, userId, brandIds } = principal;
  if (role === 'VIEWER') return false;
  if (userId !== null && note.created_by_id === userId) return true;
  if (reach === 'brand') return false;
  if (reach === 'all') return true;
  return note.owner_id === userId || (note.brand_id !== null && brandIds.includes(note.brand_id));
}
