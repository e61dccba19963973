import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import type { Changes } from '../records/rules.ts';
import { moveWords } from './rules.ts';
import type { Creator } from './schema.ts';

/**
 * Tells the creator's and the contact's one timeline. Whose brand a creator is stays with its people: others see the
 * creator through campaigns of theirs.
 */
export async function tell(
  tx: TenantTx,
  principal: Principal,
  creator: Creator,
  entries: readonly Pick<ActivityEntry, 'type' | 'description' | 'metadata' | 'audience'>[],
): Promise<void> {
  const { id: creatorId, contactId, brandId } = creator;
  await recordActivities(
    tx,
    principal,
    entries.map((entry) => ({ ...entry, creatorId, contactId, brandId, isBrandOnly: brandId !== null })),
  );
}

/** A change of fields is the agency's own to read: the commission is among them. A move is everybody's. */
export async function tellChange(
  tx: TenantTx,
  principal: Principal,
  creator: Creator,
  changes: Changes,
): Promise<void> {
  const { status, status_changed_at: _since, ...others } = changes;
  const entries: Parameters<typeof tell>[3][number][] = [];
  if (Object.keys(others).length > 0)
    entries.push({
      type: 'CREATOR_UPDATED',
      description: `Creator ${creator.name} changed`,
      metadata: { changes: others },
      audience: 'AGENCY',
    });
  if (status) entries.push(...moveEntries(creator, status.from as CreatorStatus, status.to as CreatorStatus));
  await tell(tx, principal, creator, entries);
}

function moveEntries({ name }: Creator, from: CreatorStatus, to: CreatorStatus) {
  const moved = {
    type: 'CREATOR_STATUS_CHANGED' as const,
    description: moveWords(name, from, to),
    metadata: { from, to, changes: { status: { from, to } } },
  };
  return to === 'SIGNED'
    ? [moved, { type: 'CREATOR_SIGNED' as const, description: `${name} signed` }]
    : [moved];
}
