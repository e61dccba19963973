import { initTRPC, type TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { type Mode, type TenantScope, type TenantTx, withTenant } from '../../db/tenant.ts';
import type { Permission } from '../auth/permissions.ts';
import { may, type Principal } from '../auth/principal.ts';
import { AppError } from '../kernel/errors.ts';
import type { RequestContext } from './context.ts';
import { toPublicError, toTrpcError } from './errors.ts';
import { once, onceOutside } from './idempotency.ts';

/** What a procedure says of itself: its permission, and its place at the REST door where it has one. */
export interface ProcedureMeta extends OpenApiMeta {
  permission?: Permission;
  /** The answer's HTTP status at the REST door; 200 unless said. */
  status?: 201 | 202;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    // A stream ends after a while and is opened anew, so that who lost their right hears nothing for long.
    sse: {
      maxDurationMs: 5 * 60_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const { code, message, status, issues, conflicts } = toPublicError(error);
      return {
        ...shape,
        message,
        data: {
          code,
          httpStatus: status,
          issues,
          ...(conflicts ? { conflicts } : {}),
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** next() does not throw, it returns { ok: false }: every middleware that must not go on has to throw it. */
const base = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Without a session: signing in, and nothing else. */
export const publicProcedure = base;

/** Behind a link whose secret is all that is asked for. Reached by its page alone, not over HTTP: see apiDoors. */
export const linkProcedure = base;

/** A signed-in person, outside any agency: their own account and sessions. */
export const sessionProcedure = base.meta({ permission: 'account.write' }).use(({ ctx, next }) => {
  if (!ctx.signedIn) throw toTrpcError(new AppError('unauthenticated', 'Sign in first.'));
  return next({ ctx: { signedIn: ctx.signedIn } });
});

/** Within one agency, in one transaction: READ ONLY for a query and for a VIEWER, READ WRITE for a mutation. */
export function tenantProcedure(permission: Permission) {
  return inOneTransaction(permission, (principal) => ({
    scope: principal,
    mode: principal.role === 'VIEWER' ? 'read' : 'write',
  }));
}

/**
 * As tenantProcedure, for what a person keeps for themselves, like what they have read: a VIEWER may change that too. A
 * viewer's writing transaction reaches no brand, so that a fault in the procedure changes no row but their own.
 */
export function personalProcedure(permission: Permission) {
  return inOneTransaction(permission, (principal) => ({
    scope: principal.role === 'VIEWER' ? { ...principal, reach: 'assigned', brandIds: [] } : principal,
    mode: 'write',
  }));
}

type Access = (principal: Principal) => { scope: TenantScope; mode: Mode };

function inOneTransaction(permission: Permission, mutationAccess: Access) {
  return permitted(permission).use(async ({ ctx, type, path, next }) => {
    const { principal, services, reads } = ctx;
    const run = async (tx: TenantTx) => {
      const result = await next({ ctx: { tx } });
      // Without this a failed mutation would commit.
      if (!result.ok) throw result.error;
      return result;
    };
    if (type !== 'mutation')
      return reads ? reads(principal, run) : withTenant(services.db, principal, 'read', run);
    const { scope, mode } = mutationAccess(principal);
    return withTenant(services.db, scope, mode, (tx) =>
      once({ tx, principal, request: ctx.idempotency, path }, () => run(tx)),
    );
  });
}

/** Talks to a platform: no transaction is open while it does; `inTenant` opens short ones before and after. */
export function externalProcedure(permission: Permission) {
  return permitted(permission).use(async ({ ctx, next, type, path }) => {
    const inTenant = <T>(mode: Mode, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
      withTenant(ctx.services.db, ctx.principal, ctx.principal.role === 'VIEWER' ? 'read' : mode, work);
    const request = type === 'mutation' ? ctx.idempotency : undefined;
    const kept = {
      principal: ctx.principal,
      request,
      path,
      inTenant: (work: (tx: TenantTx) => Promise<void>) => inTenant('write', work),
    };
    return onceOutside(kept, async () => {
      const result = await next({ ctx: { inTenant } });
      if (!result.ok) throw result.error;
      return result;
    });
  });
}

/** For a stream of what happens: no transaction is open while it waits; `read` opens a short one for each answer. */
export function liveProcedure(permission: Permission) {
  return permitted(permission).use(({ ctx, next }) => {
    const read = <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> =>
      withTenant(ctx.services.db, ctx.principal, 'read', work);
    return next({ ctx: { read } });
  });
}

function permitted(permission: Permission) {
  return base.meta({ permission }).use(({ ctx, next, path }) => {
    const principal: Principal | null = ctx.principal;
    if (!principal) throw refused(ctx);
    if (!may(principal, permission)) {
      ctx.log.warn({ path, permission, role: principal.role }, 'refused');
      throw toTrpcError(
        new AppError('forbidden', 'Your role does not allow this. Ask an owner or admin of the agency.'),
      );
    }
    return next({ ctx: { principal } });
  });
}

function refused(ctx: RequestContext): TRPCError {
  const message = ctx.signedIn
    ? 'You are not a member of an active agency.'
    : 'Sign in, or send a valid API key.';
  return toTrpcError(new AppError(ctx.signedIn ? 'forbidden' : 'unauthenticated', message));
}
