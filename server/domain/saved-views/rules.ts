import type { MemberRole } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { SavedView } from './schema.ts';

const isHead = (role: MemberRole) => role === 'OWNER' || role === 'ADMIN';

/** Whether somebody may change a view that they see. */
export function mayChange(principal: Principal, view: Pick<SavedView, 'ownerId' | 'visibility'>): boolean {
  if (principal.role === 'VIEWER') return false;
  const isOwn = view.ownerId === principal.userId;
  if (view.visibility === 'AGENCY') return isHead(principal.role) && principal.brandId === null;
  return isOwn || (view.visibility === 'TEAM' && isHead(principal.role) && principal.brandId === null);
}

/** Why this person may not share a view so far, in words; null where they may. */
export function whyNotShared(principal: Principal, visibility: SavedView['visibility']): string | null {
  if (visibility === 'PRIVATE') return null;
  if (principal.brandId !== null) return 'A client’s own login keeps private views alone.';
  if (visibility === 'AGENCY' && !isHead(principal.role))
    return 'Only owners and admins share a view with the whole agency.';
  return null;
}
