import type { AppLoadContext } from '@remix-run/node';
import { TRPCError } from '@trpc/server';
import { toPublicError } from '../../server/api/errors.ts';
import { createCaller } from '../../server/api/root.ts';
import { requestContext, requireMember } from './session.server.ts';

export type Api = ReturnType<typeof createCaller>;

/**
 * The procedures, called in process for this request's person. A page that is asked for without a session leads to the
 * sign-in; an error of a loader becomes the thrown Response that the page's boundary shows.
 */
export async function api(request: Request, context: AppLoadContext): Promise<Api> {
  await requireMember(request, context);
  return createCaller(await requestContext(request, context));
}

/** The procedures without asking for a session first: for signing in. */
export async function publicApi(request: Request, context: AppLoadContext): Promise<Api> {
  return createCaller(await requestContext(request, context));
}

/**
 * Runs a loader's calls. Errors: a Response with the status and message that the boundary shows; the cause of what is
 * not the reader's fault is logged.
 */
export async function load<T>(context: AppLoadContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response || !(error instanceof TRPCError)) throw error;
    const known = toPublicError(error);
    if (known.status >= 500) context.reportError(error);
    // An id that is no id is an address at which nothing stands.
    const status = isBadId(known) ? 404 : known.status;
    const message =
      status === 404 ? 'There is nothing at this address, or it is not yours to see.' : known.message;
    throw Response.json({ message, requestId: context.requestId }, { status, statusText: message });
  }
}

/**
 * For a form's page: who may not send it is not shown it. The procedures decide; this spares filling it in.
 * Errors: a Response of 403.
 */
export async function requireRight(caller: Api, permission: string): Promise<void> {
  const { current } = await caller.account.me();
  if (current?.permissions.includes(permission)) return;
  throw Response.json({ message: 'Your role does not include this.' }, { status: 403 });
}

function isBadId(error: { status: number; issues: readonly { path: string }[] }): boolean {
  return (
    error.status === 400 && error.issues.length > 0 && error.issues.every((issue) => /Id$/.test(issue.path))
  );
}
