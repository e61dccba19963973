import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { cappedCount, keysetPage, type Page, type SortKey } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { startOfDay } from '../records/filter-days.ts';
import { daysSince, milestonesOf } from './rules.ts';
import type {
  ContentSnapshot,
  ContentSort,
  CreatorContent,
  CreatorContentDetail,
  ListContentsInput,
} from './schema.ts';
import { selectContents, toContent } from './select.ts';
import { normalizeTag } from './text.ts';

/**
 * One piece with its figures over time, and those of the milestones that it has come to by now. Errors: `not_found`,
 * the same for a foreign id and a nonsense one.
 */
export async function getContent(
  tx: TenantTx,
  creatorContentId: string,
  now = new Date(),
): Promise<CreatorContentDetail> {
  const [row, snapshots] = await Promise.all([
    selectContents(tx).where('c.id', '=', creatorContentId).executeTakeFirst(),
    listSnapshots(tx, creatorContentId),
  ]);
  if (!row) throw notFound('piece of content');
  const milestones = milestonesOf(snapshots, daysSince(row.published_at, now));
  return { ...toContent(row), snapshots, milestones };
}

export async function listContents(tx: TenantTx, input: ListContentsInput): Promise<Page<CreatorContent>> {
  const ids = await matching(tx, input);
  const page = await keysetPage(ids, {
    sortName: input.sort,
    key: sortKey(input.sort),
    id: sql<string>`c.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  if (page.items.length === 0) return { items: [], nextCursor: page.nextCursor };
  // What stands beside a piece is read for the page alone: sorted first, it would be read for all that match.
  const wanted = page.items.map(({ id }) => id);
  const rows = await selectContents(tx).where('c.id', 'in', wanted).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = wanted.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toContent(row)] : [];
  });
  return { items, nextCursor: page.nextCursor };
}

/** As listContents, of one creator. Errors: `not_found` where the reader sees no such creator. */
export async function listContentsOfCreator(
  tx: TenantTx,
  input: ListContentsInput & { creatorId: string },
): Promise<Page<CreatorContent>> {
  const [page, creator] = await Promise.all([
    listContents(tx, input),
    tx.selectFrom('creators').select('id').where('id', '=', input.creatorId).executeTakeFirst(),
  ]);
  if (!creator) throw notFound('creator');
  return page;
}

/** How many pieces match, counted to 10,001. */
export async function countContents(tx: TenantTx, input: ListContentsInput): Promise<number> {
  return cappedCount(tx, await matching(tx, input));
}

async function listSnapshots(tx: TenantTx, creatorContentId: string): Promise<ContentSnapshot[]> {
  const rows = await tx
    .selectFrom('creator_content_snapshots')
    .select([
      'day',
      'taken_at',
      'source',
      'views',
      'likes',
      'comments',
      'shares',
      'saves',
      'reach',
      'impressions',
    ])
    .where('creator_content_id', '=', creatorContentId)
    .orderBy('day')
    .execute();
  return rows.map(({ taken_at, ...row }) => ({ ...row, takenAt: taken_at.toISOString() }));
}

/** The ids that a list's filters leave. */
async function matching(tx: TenantTx, input: ListContentsInput) {
  const found = await Promise.all([
    input.hashtag && findByText(tx, taggedWith(input.hashtag)),
    input.q && findByText(tx, saying(input.q)),
  ]);
  const conditions = [...conditionsOf(input), ...found.filter(isCondition)];
  const all = tx.selectFrom('creator_contents as c').select('c.id');
  return conditions.reduce((query, condition) => query.where(condition), all);
}

type Condition = RawBuilder<SqlBool>;
const isCondition = (value: Condition | '' | false | undefined): value is Condition => Boolean(value);

interface TextSearch {
  /** By an index: see app.contents_tagged. */
  ids: RawBuilder<unknown>;
  /** The same, row by row. */
  condition: Condition;
}

/** So many pieces are looked for by their ids; where more fit, a page of them is soon found row by row. */
const FEW = 5000;

async function findByText(tx: TenantTx, { ids, condition }: TextSearch): Promise<Condition> {
  const { rows } = await sql<{
    id: string;
  }>`select found.id from ${ids} as found (id) limit ${FEW + 1}`.execute(tx);
  if (rows.length > FEW) return condition;
  return sql<SqlBool>`c.id = any (${rows.map(({ id }) => id)}::uuid[])`;
}

function taggedWith(hashtag: string): TextSearch {
  const tag = normalizeTag(hashtag);
  return {
    ids: sql`app.contents_tagged(${tag})`,
    condition: sql<SqlBool>`c.hashtags @> array[${tag}]`,
  };
}

function saying(q: string): TextSearch {
  return {
    ids: sql`app.contents_saying(${q})`,
    condition: sql<SqlBool>`strpos(app.fold(left(coalesce(c.title, '') || ' ' || coalesce(c.caption, ''), 3000)), app.fold(${q})) > 0`,
  };
}

function conditionsOf(input: ListContentsInput): Condition[] {
  const { creatorId, platform, type, updatedSince, isMissing } = input;
  const all: (Condition | false | undefined | '')[] = [
    // Written out, not bound: a plan for any value could not use the indexes of active rows.
    input.deleted ? sql<SqlBool>`not c.is_active` : sql<SqlBool>`c.is_active`,
    creatorId && sql<SqlBool>`c.creator_id = ${creatorId}::uuid`,
    platform && sql<SqlBool>`c.platform = ${platform}`,
    type && sql<SqlBool>`c.type = ${type}`,
    updatedSince && sql<SqlBool>`c.updated_at >= ${updatedSince}::timestamptz`,
    isMissing !== undefined &&
      (isMissing ? sql<SqlBool>`c.missing_since is not null` : sql<SqlBool>`c.missing_since is null`),
    input.publishedFrom && sql<SqlBool>`c.published_at >= ${startOfDay(sql`${input.publishedFrom}::date`)}`,
    input.publishedTo && sql<SqlBool>`c.published_at < ${startOfDay(sql`${input.publishedTo}::date + 1`)}`,
    matchCondition(input),
    input.disclosure && sql<SqlBool>`(${isForCampaign(input)} and ${disclosureIs(input.disclosure)})`,
  ];
  return all.filter(isCondition);
}

function matchCondition({ campaignId, state }: ListContentsInput): RawBuilder<SqlBool> | undefined {
  if (!campaignId && !state) return undefined;
  if (state === 'NONE') return sql<SqlBool>`not exists (${matchesOf(campaignId)} and cc.state <> 'REJECTED')`;
  // Found from the campaign's side: its pieces are few among all.
  if (campaignId)
    return sql<SqlBool>`c.id in (select cc.creator_content_id from campaign_contents cc
      where cc.campaign_id = ${campaignId}::uuid ${state ? sql`and cc.state = ${state}` : sql``})`;
  return sql<SqlBool>`exists (${matchesOf(undefined)} and cc.state = ${state})`;
}

function isForCampaign({ campaignId }: ListContentsInput): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (${matchesOf(campaignId)} and cc.state <> 'REJECTED')`;
}

function matchesOf(campaignId: string | undefined) {
  const ofCampaign = campaignId ? sql`and cc.campaign_id = ${campaignId}::uuid` : sql``;
  return sql`select from campaign_contents cc
    where cc.organization_id = c.organization_id and cc.creator_content_id = c.id ${ofCampaign}`;
}

const isFound = sql`(c.is_labelled_sponsored is true or cardinality(c.disclosures) > 0)`;
/** The SQL twin of disclosureState in rules. */
const isUnknown = sql`(c.is_labelled_sponsored is null and (c.type = 'STORY' or btrim(coalesce(c.caption, ''), E' \\t\\r\\n') = ''))`;
/** Whether a piece `c` discloses nothing although it could be seen. */
export const isUndisclosed = sql<SqlBool>`(not ${isFound} and not ${isUnknown})`;

function disclosureIs(state: NonNullable<ListContentsInput['disclosure']>): RawBuilder<SqlBool> {
  if (state === 'OK') return sql<SqlBool>`${isFound}`;
  return state === 'MISSING' ? isUndisclosed : sql<SqlBool>`(not ${isFound} and ${isUnknown})`;
}

/** What has no value stands at the end, whichever way the list is sorted. */
function sortKey(sort: ContentSort): SortKey {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const isUp = direction === 'asc';
  const counted = (column: RawBuilder<unknown>): SortKey => ({
    expression: isUp ? sql`coalesce(${column}, 9223372036854775807)` : sql`coalesce(${column}, -1)`,
    type: 'int8',
    direction,
  });
  switch (sort.replace('-', '')) {
    case 'publishedAt':
      return {
        expression: isUp
          ? sql`coalesce(c.published_at, 'infinity'::timestamptz)`
          : sql`coalesce(c.published_at, '-infinity'::timestamptz)`,
        type: 'timestamptz',
        direction,
      };
    case 'views':
      return counted(sql`c.views`);
    case 'likes':
      return counted(sql`c.likes`);
    case 'comments':
      return counted(sql`c.comments`);
    case 'engagementRate':
      return {
        expression: isUp
          ? sql`coalesce(c.engagement_rate, 'Infinity')`
          : sql`coalesce(c.engagement_rate, -1)`,
        type: 'numeric',
        direction,
      };
    default:
      return { expression: sql`c.updated_at`, type: 'timestamptz', direction };
  }
}
