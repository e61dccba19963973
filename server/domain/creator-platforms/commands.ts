import type { TenantTx } from '../../../db/tenant.ts';
import type { SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { requireOwnCreator } from '../creators/queries.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import { requireActive, requireVersion } from '../records/store.ts';
import { isLive } from './connection-rules.ts';
import { type GivenFigures, ingestFigures, lockPlatform } from './ingest.ts';
import { networks } from './networks.ts';
import { getCreatorPlatform } from './queries.ts';
import { handleProblem, parseHandle, type ParsedHandle } from './rules.ts';
import type { CreateCreatorPlatformInput, CreatorPlatform, UpdateCreatorPlatformInput } from './schema.ts';
import { tellOfAccount } from './tell.ts';

/** A browser's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

/**
 * Adds an account by hand. Errors: `not_found`; `forbidden` where the creator is seen through a campaign alone;
 * `invalid` naming the field; `conflict` where the agency has the account already.
 */
export async function createCreatorPlatform(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: CreateCreatorPlatformInput; now: Date },
): Promise<CreatorPlatform> {
  const { creatorId, platform } = input;
  await requireOwnCreator(tx, creatorId);
  const { handle, profileUrl } = requireHandle(platform, input.handle);
  const rate = statedRate(input, null);
  const at = figuresAt(input, now);
  await requireFree(tx, { platform, handle, exceptId: null });
  const row = await tx
    .insertInto('creator_platforms')
    .values({
      organization_id: principal.organizationId,
      creator_id: creatorId,
      platform,
      handle,
      profile_url: profileUrl,
      is_verified: input.isVerified ?? null,
      created_by_id: principal.userId,
      ...rate,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'creator_id', 'platform', 'handle'])
    .executeTakeFirst();
  if (!row) throw taken(platform, handle);
  await ingestFigures(tx, { creatorPlatformId: row.id, figures: figuresOf(input), source: 'MANUAL', at });
  await tellOfAccount(tx, principal, { account: row, type: 'CREATOR_UPDATED', what: 'added' });
  return getCreatorPlatform(tx, row.id);
}

function requireHandle(platform: SocialPlatform, written: string): ParsedHandle {
  const parsed = parseHandle(platform, written);
  if (!parsed) throw invalidField('handle', handleProblem(platform));
  return parsed;
}

/** A rate that is stated says what it is by. The columns of what was sent; none where nothing was. */
function statedRate(
  input: Pick<CreateCreatorPlatformInput, 'statedEngagementRate' | 'statedEngagementBasis'>,
  before: { stated_engagement_rate: string | null; stated_engagement_basis: string | null } | null,
) {
  const { statedEngagementRate: rate, statedEngagementBasis: basis } = input;
  if (rate === undefined && basis === undefined) return {};
  if (rate === null) return { stated_engagement_rate: null, stated_engagement_basis: null };
  const after = {
    stated_engagement_rate: rate ?? before?.stated_engagement_rate ?? null,
    stated_engagement_basis: basis === undefined ? (before?.stated_engagement_basis ?? null) : basis,
  };
  if (after.stated_engagement_rate === null) {
    if (after.stated_engagement_basis === null) return {};
    throw invalidField('statedEngagementRate', 'State the rate itself too.');
  }
  if (after.stated_engagement_basis === null)
    throw invalidField(
      'statedEngagementBasis',
      'Say what the rate is by: followers, reach or views; or that it was not said.',
    );
  return after as {
    stated_engagement_rate: string;
    stated_engagement_basis: NonNullable<CreateCreatorPlatformInput['statedEngagementBasis']>;
  };
}

function figuresOf(input: GivenFigures): GivenFigures {
  const { followers, following, posts, likes, meanViews, meanLikes, meanComments } = input;
  return { followers, following, posts, likes, meanViews, meanLikes, meanComments };
}

function hasFigures(input: GivenFigures): boolean {
  return Object.values(figuresOf(input)).some((value) => value !== undefined);
}

function figuresAt({ figuresAt: at }: { figuresAt?: string | undefined }, now: Date): Date {
  if (at === undefined) return now;
  const moment = new Date(at);
  if (moment.getTime() > now.getTime() + AHEAD_MS)
    throw invalidField('figuresAt', 'Figures cannot be of a time to come.');
  return moment;
}

interface Sought {
  platform: SocialPlatform;
  handle: string;
  exceptId: string | null;
}

/** Names the holder where the reader sees them. Errors: `conflict`. */
async function requireFree(tx: TenantTx, { platform, handle, exceptId }: Sought): Promise<void> {
  const holder = await tx
    .selectFrom('creator_platforms as p')
    .innerJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'p.organization_id').onRef('c.id', '=', 'p.creator_id'),
    )
    .select(['p.id', 'c.name'])
    .where('p.platform', '=', platform)
    .where('p.handle_key', '=', handle.toLowerCase())
    .where('p.is_active', '=', true)
    .executeTakeFirst();
  if (holder && holder.id !== exceptId) throw taken(platform, handle, holder.name);
}

/** The index behind it counts also those whom the asker does not see. */
function taken(platform: SocialPlatform, handle: string, holder?: string): AppError {
  const whose = holder === undefined ? 'another creator of the agency' : holder;
  const message = `${networks[platform].label} @${handle} is an account of ${whose} already.`;
  return new AppError('conflict', message, { issues: [{ path: 'handle', message }] });
}

/**
 * Changes what people write of an account. Figures and handle of one that Phyllo reads are the network's.
 * Errors: `not_found`, `forbidden`, `invalid`, `precondition`; `conflict` where it is connected, in the recycle bin, or
 * the handle is taken.
 */
export async function updateCreatorPlatform(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: UpdateCreatorPlatformInput; now: Date },
): Promise<CreatorPlatform> {
  const before = await lockOwn(tx, input.creatorPlatformId);
  requireVersion(before.version, input.expectedVersion);
  requireActive(before);
  const parsed = input.handle === undefined ? undefined : requireHandle(before.platform, input.handle);
  const values = sentOnly({
    handle: parsed?.handle,
    profile_url: parsed?.profileUrl,
    is_verified: input.isVerified,
    ...statedRate(input, before),
  });
  const changes = changesBetween(before, values);
  if (
    isLive(before.connection_state) &&
    ('handle' in changes || 'is_verified' in changes || hasFigures(input))
  )
    throw new AppError(
      'conflict',
      'Phyllo reads this account: its handle, mark and figures are the network’s own. Disconnect it to write them by hand.',
    );
  const { platform, id } = before;
  if (parsed && 'handle' in changes) await requireFree(tx, { platform, handle: parsed.handle, exceptId: id });
  if (Object.keys(changes).length > 0) {
    await asTaken(before.platform, parsed?.handle ?? before.handle, () =>
      tx.updateTable('creator_platforms').set(values).where('id', '=', id).execute(),
    );
    const account = { ...before, handle: parsed?.handle ?? before.handle };
    await tellOfAccount(tx, principal, {
      account,
      type: 'CREATOR_UPDATED',
      what: 'changed',
      metadata: { changes },
    });
  }
  const at = figuresAt(input, now);
  await ingestFigures(tx, { creatorPlatformId: id, figures: figuresOf(input), source: 'MANUAL', at });
  return getCreatorPlatform(tx, id);
}

/** Errors: `not_found`; `forbidden` where the creator is seen through a campaign alone. */
async function lockOwn(tx: TenantTx, creatorPlatformId: string) {
  const row = await lockPlatform(tx, creatorPlatformId);
  await requireOwnCreator(tx, row.creator_id);
  return row;
}

const UNIQUE_VIOLATION = '23505';

async function asTaken<T>(platform: SocialPlatform, handle: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)
      throw taken(platform, handle);
    throw error;
  }
}

interface Activation {
  creatorPlatformId: string;
  isActive: boolean;
  expectedVersion?: number | undefined;
}

/**
 * Takes an account off a creator, or brings it back; its history stays. Errors: `not_found`, `forbidden`,
 * `precondition`; `conflict` where it is still connected, or the handle is another account's by now.
 */
export async function setCreatorPlatformActive(
  tx: TenantTx,
  principal: Principal,
  { creatorPlatformId, isActive, expectedVersion }: Activation,
): Promise<CreatorPlatform> {
  const before = await lockOwn(tx, creatorPlatformId);
  requireVersion(before.version, expectedVersion);
  if (before.is_active === isActive) return getCreatorPlatform(tx, creatorPlatformId);
  if (!isActive && isLive(before.connection_state))
    throw new AppError('conflict', 'Phyllo reads this account. Disconnect it first.');
  const { platform, handle } = before;
  if (isActive) await requireFree(tx, { platform, handle, exceptId: creatorPlatformId });
  await asTaken(platform, handle, () =>
    tx
      .updateTable('creator_platforms')
      .set({ is_active: isActive })
      .where('id', '=', creatorPlatformId)
      .execute(),
  );
  const what = isActive ? 'brought back' : 'taken off';
  await tellOfAccount(tx, principal, { account: before, type: 'CREATOR_UPDATED', what });
  return getCreatorPlatform(tx, creatorPlatformId);
}
