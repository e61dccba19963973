import { type AppLoadContext, redirect, type TypedResponse } from '@remix-run/node';
import type { CallbackInput, ReconnectInvitation } from '../../server/domain/ad-accounts/schema.ts';
import { readReconnectNonce, writeReconnectNonce } from '../http/reconnect-cookie.ts';
import { paths } from '../lib/paths.ts';
import { publicApi } from './api.server.ts';
import { submit } from './forms.server.ts';

interface Asked {
  request: Request;
  context: AppLoadContext;
}

/** Why a link does not go on, in words for whoever opened it. */
export interface Refused {
  status: number;
  message: string;
  headers: Record<string, string>;
}

/** What a link asks for, or why it opens nothing. */
export async function readInvitation(
  { request, context }: Asked,
  token: string,
): Promise<{ invitation: ReconnectInvitation } | { refused: Refused }> {
  const caller = await publicApi(request, context);
  const result = await submit(context, new FormData(), () => caller.reconnect.invitation({ token }));
  return 'failure' in result ? { refused: refusedBy(result) } : { invitation: result.value };
}

/** Sends the browser to the platform, with what ties the way back to it. */
export async function beginReconnection(
  { request, context }: Asked,
  token: string,
): Promise<{ response: TypedResponse<never> } | { refused: Refused }> {
  const caller = await publicApi(request, context);
  const result = await submit(context, new FormData(), () => caller.reconnect.begin({ token }));
  if ('failure' in result) return { refused: refusedBy(result) };
  const { authorizationUrl, nonce } = result.value;
  return { response: redirect(authorizationUrl, { headers: cookie(context, nonce) }) };
}

/** Ends at the callback what began at a link, without a login. */
export async function endReconnection(
  { request, context }: Asked,
  answer: CallbackInput,
): Promise<{ response: TypedResponse<never> } | { refused: Refused }> {
  const { appUrl } = context.services.config.web;
  const nonce = readReconnectNonce(request.headers.get('cookie'), appUrl) ?? undefined;
  const caller = await publicApi(request, context);
  const result = await submit(context, new FormData(), () =>
    caller.reconnect.callback({ ...answer, ...(nonce ? { nonce } : {}) }),
  );
  if ('failure' in result) {
    const refused = refusedBy(result);
    return { refused: { ...refused, headers: { ...refused.headers, ...cookie(context, null) } } };
  }
  const href = paths.reconnected(answer.platform.toLowerCase());
  return { response: redirect(href, { headers: cookie(context, null) }) };
}

function cookie(context: AppLoadContext, nonce: string | null): Record<string, string> {
  return { 'Set-Cookie': writeReconnectNonce(nonce, context.services.config.web.appUrl) };
}

function refusedBy(result: {
  failure: { message: string };
  status: number;
  headers: Record<string, string>;
}): Refused {
  return { status: result.status, message: result.failure.message, headers: result.headers };
}
