import { accountRouter } from './routers/account.ts';
import { authRouter } from './routers/auth.ts';
import { brandsRouter } from './routers/brands.ts';
import { companiesRouter } from './routers/companies.ts';
import { membersRouter } from './routers/members.ts';
import { organizationsRouter } from './routers/organizations.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  account: accountRouter,
  auth: authRouter,
  brands: brandsRouter,
  companies: companiesRouter,
  members: membersRouter,
  organizations: organizationsRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
