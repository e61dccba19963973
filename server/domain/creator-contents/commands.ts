import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireVersion } from '../records/store.ts';
import { type PostUrl, urlKeyOf } from './post-urls.ts';
import { getContent } from './queries.ts';
import { readPostUrl } from './recognise.ts';
import { findDisclosures } from './rules.ts';
import type { CreateContentInput, CreatorContentDetail, UpdateContentInput } from './schema.ts';
import { snapshotContents } from './snapshots.ts';
import { listOwnTerms } from './terms.ts';
import { extractHashtags, extractLinks, extractMentions } from './text.ts';
import { platformNames, publishedWords } from './words.ts';

/**
 * Adds a post by its address, with figures that somebody read, if any. A later sync of the account takes it over.
 * Errors: `not_found` (creator); `invalid` on `url` where it is no post's or another person's, on `creatorPlatformId`
 * where it has to be said which account it is; `conflict` where the post is here already.
 */
export async function createContent(
  tx: TenantTx,
  principal: Principal,
  input: CreateContentInput,
): Promise<CreatorContentDetail> {
  const creator = await getCreatorRow(tx, input.creatorId);
  const post = readPostUrl(input.url);
  const creatorPlatformId = await accountOf(tx, input, { post, name: creator.name });
  const urlKey = urlKeyOf(input.url);
  await requireNew(tx, { urlKey, creatorPlatformId, post });
  const takenAt = momentOf(input);
  const { id } = await tx
    .insertInto('creator_contents')
    .values({
      organization_id: principal.organizationId,
      creator_id: input.creatorId,
      creator_platform_id: creatorPlatformId,
      platform: post.platform,
      native_id: post.isNativeId ? post.postId : null,
      type: input.type ?? post.type ?? 'POST',
      url: input.url,
      url_key: urlKey,
      source: 'MANUAL',
      fetched_at: hasFigures(input) ? takenAt : null,
      created_by_id: principal.userId,
      published_at: dateOf(input.publishedAt),
      ...(await textColumns(tx, input.title ?? null, input.caption ?? null)),
      is_labelled_sponsored: input.isLabelledSponsored ?? null,
      ...figureColumns(input),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await afterChange(tx, id, takenAt);
  const content = await getContent(tx, id);
  await recordActivities(tx, principal, [
    {
      type: 'CONTENT_PUBLISHED',
      description: publishedWords(creator.name, content.type, content.platform),
      metadata: { creatorContentId: id, url: content.url },
      creatorId: input.creatorId,
      contactId: creator.contact_id,
    },
  ]);
  return content;
}

/** Changes a piece that was added by hand. Errors: `not_found`, `precondition`; `conflict` where a sync brings it. */
export async function updateContent(tx: TenantTx, input: UpdateContentInput): Promise<CreatorContentDetail> {
  const before = await lockContent(tx, input.creatorContentId);
  requireVersion(before.version, input.expectedVersion);
  if (before.source === 'PHYLLO')
    throw new AppError(
      'conflict',
      'This post is kept by the sync with its network; its figures come from there.',
    );
  if (!before.is_active) throw new AppError('conflict', 'It is in the recycle bin. Restore it first.');
  const takenAt = momentOf(input);
  const title = input.title === undefined ? before.title : input.title;
  const caption = input.caption === undefined ? before.caption : input.caption;
  await tx
    .updateTable('creator_contents')
    .set({
      ...(await textColumns(tx, title, caption)),
      ...figureColumns(input),
      ...(input.type ? { type: input.type } : {}),
      ...(input.publishedAt === undefined ? {} : { published_at: dateOf(input.publishedAt) }),
      ...(input.isLabelledSponsored === undefined
        ? {}
        : { is_labelled_sponsored: input.isLabelledSponsored }),
      ...(hasFigures(input) ? { fetched_at: takenAt } : {}),
    })
    .where('id', '=', before.id)
    .execute();
  await afterChange(tx, before.id, takenAt);
  return getContent(tx, before.id);
}

/**
 * Moves a piece to the recycle bin or back. Errors: `not_found`, `precondition`; `conflict` where it counts for a
 * campaign, or where a sync keeps it.
 */
export async function setContentActive(
  tx: TenantTx,
  input: { creatorContentId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<CreatorContentDetail> {
  const before = await lockContent(tx, input.creatorContentId);
  requireVersion(before.version, input.expectedVersion);
  if (!input.isActive) await requireUncounted(tx, before.id);
  if (before.is_active !== input.isActive) {
    await tx
      .updateTable('creator_contents')
      .set({ is_active: input.isActive })
      .where('id', '=', before.id)
      .execute();
    await sql`select app.wake_content(${before.id}::uuid)`.execute(tx);
  }
  return getContent(tx, before.id);
}

async function requireUncounted(tx: TenantTx, creatorContentId: string): Promise<void> {
  const { rows } = await sql<{ is_confirmed: boolean }>`
    select app.content_is_confirmed(${creatorContentId}::uuid) as is_confirmed`.execute(tx);
  if (rows[0]?.is_confirmed)
    throw new AppError(
      'conflict',
      'This post counts for a campaign. It can go once the campaign lets it go.',
    );
}

async function getCreatorRow(tx: TenantTx, creatorId: string) {
  const creator = await tx
    .selectFrom('creators')
    .select(['name', 'contact_id', 'is_active'])
    .where('id', '=', creatorId)
    .executeTakeFirst();
  if (!creator) throw notFound('creator');
  if (!creator.is_active)
    throw new AppError('conflict', `${creator.name} is in the recycle bin. Restore the creator first.`);
  return creator;
}

/** The account that the post is of: the one that was said, the one that the address names, or the only one. */
async function accountOf(
  tx: TenantTx,
  { creatorId, creatorPlatformId }: CreateContentInput,
  { post, name }: { post: PostUrl; name: string },
): Promise<string> {
  const network = platformNames[post.platform];
  const accounts = await tx
    .selectFrom('creator_platforms')
    .select(['id', 'handle', 'handle_key', 'native_id'])
    .where('creator_id', '=', creatorId)
    .where('platform', '=', post.platform)
    .where('is_active', '=', true)
    .execute();
  if (creatorPlatformId) {
    if (accounts.some(({ id }) => id === creatorPlatformId)) return creatorPlatformId;
    throw invalidField('creatorPlatformId', `This is no ${network} account of ${name}.`);
  }
  if (accounts.length === 0)
    throw invalidField('url', `${name} has no ${network} account here. Add the account first.`);
  const key = post.handle?.toLowerCase();
  const named = accounts.find((account) => account.handle_key === key || account.native_id === post.handle);
  if (named) return named.id;
  const [only, ...others] = accounts;
  // Facebook and LinkedIn write pages by names and numbers that are no handles.
  const isTelling = key !== undefined && !['FACEBOOK', 'LINKEDIN'].includes(post.platform);
  if (isTelling)
    throw invalidField(
      'url',
      `This post is @${post.handle}’s, and ${name} is @${accounts.map(({ handle }) => handle).join(', @')} at ${network}.`,
    );
  if (only && others.length === 0) return only.id;
  throw invalidField(
    'creatorPlatformId',
    `${name} has several ${network} accounts. Say which of them published this post.`,
  );
}

interface Asked {
  urlKey: string | null;
  creatorPlatformId: string;
  post: PostUrl;
}

async function requireNew(tx: TenantTx, { urlKey, creatorPlatformId, post }: Asked): Promise<void> {
  const known = await tx
    .selectFrom('creator_contents as c')
    .innerJoin('creators as r', 'r.id', 'c.creator_id')
    .select(['r.name', 'c.is_active'])
    .where((eb) =>
      eb.or([
        eb('c.url_key', '=', urlKey),
        eb.and([
          eb('c.creator_platform_id', '=', creatorPlatformId),
          eb('c.native_id', '=', post.isNativeId ? post.postId : null),
        ]),
      ]),
    )
    .executeTakeFirst();
  if (!known) return;
  throw new AppError(
    'conflict',
    known.is_active
      ? `This post is among ${known.name}’s already.`
      : `This post of ${known.name}’s is in the recycle bin. Restore it instead.`,
  );
}

async function lockContent(tx: TenantTx, creatorContentId: string) {
  const row = await tx
    .selectFrom('creator_contents')
    .select(['id', 'version', 'source', 'is_active', 'title', 'caption'])
    .where('id', '=', creatorContentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('piece of content');
  return row;
}

async function textColumns(tx: TenantTx, title: string | null, caption: string | null) {
  const hashtags = extractHashtags(title, caption);
  const terms = await listOwnTerms(tx);
  return {
    title,
    caption,
    hashtags,
    mentions: extractMentions(title, caption),
    links: extractLinks(title, caption),
    disclosures: findDisclosures({ title, caption, hashtags }, terms),
  };
}

const dateOf = (time: string | null | undefined) => (time ? new Date(time) : null);

const figureNames = ['views', 'likes', 'comments', 'shares', 'saves', 'reach', 'impressions'] as const;
type Figures = { [K in (typeof figureNames)[number]]?: number | null | undefined };

function figureColumns(input: Figures): { [K in (typeof figureNames)[number]]?: number | null } {
  return Object.fromEntries(
    figureNames.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  );
}

const hasFigures = (input: Figures) => figureNames.some((name) => input[name] !== undefined);

/** Errors: `invalid` on `figuresAt` where it has not come yet. */
function momentOf({ figuresAt }: { figuresAt?: string | undefined }): Date {
  const now = new Date();
  if (figuresAt === undefined) return now;
  const moment = new Date(figuresAt);
  if (moment > now) throw invalidField('figuresAt', 'Figures cannot be read in the future.');
  return moment;
}

/** The jobs see the campaigns that the author may not. */
async function afterChange(tx: TenantTx, creatorContentId: string, takenAt: Date): Promise<void> {
  await snapshotContents(tx, { contentIds: [creatorContentId], takenAt });
  await sql`select app.wake_content(${creatorContentId}::uuid)`.execute(tx);
}
