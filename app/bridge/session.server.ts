import { type AppLoadContext, redirect } from '@remix-run/node';
import type { RequestContext } from '../../server/api/context.ts';
import { createSharedReads, type SharedReads } from '../../server/api/shared-reads.ts';
import type { Principal } from '../../server/auth/principal.ts';
import type { SignedIn } from '../../server/auth/sessions.ts';
import { readSessionToken, writeSessionCookie } from '../http/session-cookie.ts';
import { paths } from '../lib/paths.ts';

const found = new WeakMap<AppLoadContext, Promise<SignedIn | null>>();

/** Who asks for this page, or null. Looked up once a request, however many loaders run. */
export function findSignedIn(request: Request, context: AppLoadContext): Promise<SignedIn | null> {
  let promise = found.get(context);
  if (!promise) {
    const { sessions, config } = context.services;
    const token = readSessionToken(request.headers.get('cookie'), config.web.appUrl);
    promise = token ? sessions.find(token) : Promise.resolve(null);
    found.set(context, promise);
  }
  return promise;
}

/** A signed-in member of an agency; others are sent to sign in and come back here. */
export async function requireMember(
  request: Request,
  context: AppLoadContext,
): Promise<{ signedIn: SignedIn; principal: Principal }> {
  const signedIn = await findSignedIn(request, context);
  if (!signedIn) throw redirect(paths.login(returnAddress(request)));
  // The sign-in page says why there is nothing to see.
  if (!signedIn.principal) throw redirect(paths.login());
  return { signedIn, principal: signedIn.principal };
}

/** The request as the procedures take it. */
export async function requestContext(request: Request, context: AppLoadContext): Promise<RequestContext> {
  const signedIn = await findSignedIn(request, context);
  const { services, requestId, address } = context;
  return {
    services,
    requestId,
    log: services.log.child({ requestId }),
    address,
    userAgent: request.headers.get('user-agent'),
    signedIn,
    principal: signedIn?.principal ?? null,
    reads: readsOf(context),
  };
}

const reads = new WeakMap<AppLoadContext, SharedReads>();

/** One for the request, however many loaders run. */
function readsOf(context: AppLoadContext): SharedReads {
  const known = reads.get(context) ?? createSharedReads(context.services.db);
  reads.set(context, known);
  return known;
}

/** The Set-Cookie header of a new session, or with null of its end. */
export function sessionCookie(context: AppLoadContext, token: string | null): string {
  const { sessions, config } = context.services;
  return writeSessionCookie(token, config.web.appUrl, sessions.lifetimeSeconds);
}

function returnAddress(request: Request): string {
  const url = new URL(request.url);
  const path = request.method === 'GET' ? `${url.pathname.replace(/\.data$/, '')}${url.search}` : '/';
  return path === '/_root' ? '/' : path;
}
