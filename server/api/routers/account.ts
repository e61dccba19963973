import { z } from 'zod';
import { changePasswordInput } from '../../auth/schema.ts';
import { changePassword } from '../../auth/sign-in.ts';
import { getAccount, toAccountSession } from '../../domain/members/account.ts';
import {
  account,
  accountSession,
  setTimeZoneInput,
  switchOrganizationInput,
} from '../../domain/members/schema.ts';
import { notFound } from '../../kernel/errors.ts';
import { router, sessionProcedure } from '../trpc.ts';

const nothing = z.strictObject({}).optional();

/** A person's own account, outside any agency. */
export const accountRouter = router({
  me: sessionProcedure
    .input(nothing)
    .output(account)
    .query(({ ctx }) => getAccount(ctx.services.db, ctx.signedIn)),
  sessions: sessionProcedure
    .input(nothing)
    .output(z.array(accountSession))
    .query(async ({ ctx }) => {
      const sessions = await ctx.services.sessions.list(ctx.signedIn.sessionId);
      return sessions.map(toAccountSession);
    }),
  signOut: sessionProcedure
    .input(nothing)
    .output(z.void())
    .mutation(({ ctx }) => ctx.services.sessions.end(ctx.signedIn.sessionId)),
  signOutEverywhere: sessionProcedure
    .input(nothing)
    .output(z.void())
    .mutation(({ ctx }) => ctx.services.sessions.endAll(ctx.signedIn.userId)),
  switchOrganization: sessionProcedure
    .input(switchOrganizationInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { sessions } = ctx.services;
      const hasMoved = await sessions.switchOrganization(ctx.signedIn.sessionId, input.organizationId);
      if (!hasMoved) throw notFound('organization');
    }),
  setTimeZone: sessionProcedure
    .input(setTimeZoneInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const { sessions } = ctx.services;
      if (!(await sessions.setTimeZone(ctx.signedIn.sessionId, input.timeZone))) throw notFound('session');
    }),
  changePassword: sessionProcedure
    .input(changePasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx.services, ctx.signedIn, input, ctx)),
});
