import type { AppLoadContext } from '@remix-run/node';
import { platformLabels } from '../../server/domain/creators/fields.ts';
import type { CreatorInvitation } from '../../server/domain/creator-platforms/connect-schema.ts';
import type { ConfirmAnswer, SessionAnswer } from '../features/creator-connect/answers.ts';
import { publicApi } from './api.server.ts';
import { readForm, submit } from './forms.server.ts';

interface Asked {
  request: Request;
  context: AppLoadContext;
}

/** Why a link opens nothing, in words for whoever opened it. */
export interface RefusedInvitation {
  status: number;
  message: string;
  headers: Record<string, string>;
}

/** What a creator's link asks for, or why it opens nothing. */
export async function readCreatorInvitation(
  { request, context }: Asked,
  token: string,
): Promise<{ invitation: CreatorInvitation } | { refused: RefusedInvitation }> {
  const caller = await publicApi(request, context);
  const result = await submit(context, new FormData(), () => caller.creatorInvitations.byToken({ token }));
  if (!('failure' in result)) return { invitation: result.value };
  const { status, failure, headers } = result;
  return { refused: { status, message: failure.message, headers } };
}

/** Answers the page's script: a session, or that an account is confirmed. Errors: a 400 Response for anything else. */
export async function answerInvitation(
  { request, context }: Asked,
  token: string,
  form: FormData,
): Promise<SessionAnswer | ConfirmAnswer> {
  const { intent, accountId = '' } = readForm(form);
  const caller = await publicApi(request, context);
  if (intent === 'session') {
    const result = await submit(context, form, () => caller.creatorInvitations.session({ token }));
    if ('failure' in result) return { ok: false, message: result.failure.message };
    const { expiresAt: _expiresAt, ...session } = result.value;
    return { ok: true, session };
  }
  if (intent !== 'confirm') throw new Response('Unknown intent', { status: 400 });
  const result = await submit(context, form, () => caller.creatorInvitations.confirm({ token, accountId }));
  if ('failure' in result) return { ok: false, message: result.failure.message };
  const { platform, handle } = result.value;
  return { ok: true, platformName: platformLabels[platform], handle };
}
