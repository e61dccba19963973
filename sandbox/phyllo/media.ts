import { createHash } from 'node:crypto';
import { HttpResponse } from 'msw';
import { type SandboxState } from '../state.ts';
import { hasPictureAt } from './content-json.ts';
import { isOpen } from './media-addresses.ts';
import { pictureOf } from './png.ts';
import { findKnownPost } from './sight.ts';

const saltOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

const gone = (status: number) => new HttpResponse('URL signature expired or gone', { status });

function picture(subject: string, cache: string): Response {
  const size = subject.startsWith('profile/') ? { width: 96, height: 96 } : { width: 120, height: 150 };
  return new HttpResponse(new Uint8Array(pictureOf(saltOf(subject), size)), {
    headers: { 'content-type': 'image/png', 'cache-control': cache },
  });
}

/** The network's own picture: 403 once its address is too old, 404 once the story is over or the post taken down. */
export function answerPicture(state: SandboxState, request: Request): Response {
  const { pathname, searchParams } = new URL(request.url);
  const subject = pathname.replace(/^.*?\/phyllo-media\//, '').replace(/\.png$/, '');
  if (!isOpen(state, subject, searchParams)) return gone(403);
  const [kind, id = ''] = subject.split('/');
  if (kind !== 'content') return picture(subject, 'private, max-age=600');
  const found = findKnownPost(state, id);
  if (!found || !hasPictureAt(found.post, state.now())) return gone(404);
  // The thumbnail is the same picture as Phyllo's own copy.
  const shown = subject.endsWith('/thumbnail') ? `content/${id}/thumbnail` : subject;
  return picture(shown, 'private, max-age=600');
}

/** Phyllo's copy of a thumbnail: it outlives the story and the signed address. */
export function answerLasting(request: Request): Response {
  const [, id] = /acc_cont_([0-9a-f-]{36})\/thumbnail_url/.exec(new URL(request.url).pathname) ?? [];
  return id === undefined ? gone(404) : picture(`content/${id}/thumbnail`, 'public, max-age=31536000');
}
