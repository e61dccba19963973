import type { AppLoadContext } from '@remix-run/node';
import type { Api } from '../../bridge/api.server.ts';
import { submit } from '../../bridge/forms.server.ts';

const CHOICES = 200;

/** What the page of a new post begins with: what its address told, and whom it may be of. */
export async function readNewPiece(caller: Api, context: AppLoadContext, search: URLSearchParams) {
  const url = (search.get('url') ?? '').trim();
  const askedId = search.get('creatorId') || null;
  const [{ items }, recognised] = await Promise.all([
    caller.creators.list({ limit: CHOICES, sort: 'name' }),
    url === ''
      ? null
      : submit(context, new FormData(), () => caller.creatorContents.recognise({ url: withScheme(url) })),
  ]);
  const choices = items.map(({ id, name }) => ({ id, name }));
  const isRefused = recognised !== null && 'failure' in recognised;
  const post = recognised && !('failure' in recognised) ? recognised.value : null;
  const creatorId = post?.account?.creatorId ?? askedId;
  const creator = creatorId ? await caller.creators.byId({ creatorId }) : null;
  return {
    url: url === '' ? '' : withScheme(url),
    error: isRefused ? (recognised.failure.fields.url ?? recognised.failure.message) : null,
    post,
    choices,
    creator: creator && { id: creator.id, name: creator.name },
    accounts: (creator?.platforms ?? [])
      .filter(({ platform }) => platform === post?.platform)
      .map(({ creatorPlatformId, handle }) => ({ creatorPlatformId, handle })),
  };
}

/** People copy addresses without their scheme. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}
