import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import { isShortened, parsePostUrl, type PostUrl, urlKeyOf } from './post-urls.ts';
import type { RecognisedPost } from './schema.ts';

/** Errors: `invalid` on `url` where it is no post's. */
export function readPostUrl(url: string): PostUrl {
  const post = parsePostUrl(url);
  if (post) return post;
  throw invalidField(
    'url',
    isShortened(url)
      ? 'This is a short link, which does not tell its post. Open it and copy the full address.'
      : 'This is no address of a post at Instagram, TikTok, YouTube, X, LinkedIn, Snapchat, Pinterest, Twitch or Facebook.',
  );
}

/** What an address tells of its post, and whose account here it names. Errors: `invalid` on `url`. */
export async function recognisePost(tx: TenantTx, url: string): Promise<RecognisedPost> {
  const post = readPostUrl(url);
  const [account, known] = await Promise.all([
    findAccount(tx, post),
    tx.selectFrom('creator_contents').select('id').where('url_key', '=', urlKeyOf(url)).executeTakeFirst(),
  ]);
  const { platform, type, handle } = post;
  return { platform, type, handle, account, creatorContentId: known?.id ?? null };
}

async function findAccount(tx: TenantTx, { platform, handle }: PostUrl): Promise<RecognisedPost['account']> {
  if (handle === null) return null;
  const row = await tx
    .selectFrom('creator_platforms as p')
    .innerJoin('creators as r', (join) =>
      join.onRef('r.organization_id', '=', 'p.organization_id').onRef('r.id', '=', 'p.creator_id'),
    )
    .select(['p.id', 'p.creator_id', 'r.name'])
    .where('p.platform', '=', platform)
    .where('p.is_active', '=', true)
    .where('r.is_active', '=', true)
    .where((eb) => eb.or([eb('p.handle_key', '=', handle.toLowerCase()), eb('p.native_id', '=', handle)]))
    .orderBy('p.id')
    .executeTakeFirst();
  return row ? { creatorId: row.creator_id, creatorName: row.name, creatorPlatformId: row.id } : null;
}
