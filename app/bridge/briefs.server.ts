import type { AppLoadContext } from '@remix-run/node';
import type { BriefInvitation } from '../../server/domain/campaign-briefs/schema.ts';
import { publicApi } from './api.server.ts';
import { type FormFailure, readForm, submit } from './forms.server.ts';

interface Asked {
  request: Request;
  context: AppLoadContext;
}

interface Refused {
  status: number;
  failure: FormFailure;
  headers: Record<string, string>;
}

/** What a brief's link asks for, or why it opens nothing. */
export async function readBrief(
  { request, context }: Asked,
  token: string,
): Promise<{ invitation: BriefInvitation } | { refused: Refused }> {
  const caller = await publicApi(request, context);
  const result = await submit(context, new FormData(), () => caller.briefInvitations.byToken({ token }));
  return 'failure' in result ? { refused: result } : { invitation: result.value };
}

type Answer = Parameters<Awaited<ReturnType<typeof publicApi>>['briefInvitations']['answer']>[0];

/** Sends what the link's holder answered. */
export async function sendBriefAnswer(
  { request, context }: Asked,
  token: string,
  form: FormData,
): Promise<{ invitation: BriefInvitation } | { refused: Refused }> {
  const { answer, note } = readForm(form);
  const caller = await publicApi(request, context);
  // The procedure's own schema judges what the form sent.
  const input = { token, answer, ...(note ? { note } : {}) } as unknown as Answer;
  const result = await submit(context, form, () => caller.briefInvitations.answer(input));
  return 'failure' in result ? { refused: result } : { invitation: result.value };
}
