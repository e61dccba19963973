import { accountRouter } from './routers/account.ts';
import { activitiesRouter } from './routers/activities.ts';
import { authRouter } from './routers/auth.ts';
import { brandsRouter } from './routers/brands.ts';
import { companiesRouter } from './routers/companies.ts';
import { contactsRouter } from './routers/contacts.ts';
import { dealsRouter } from './routers/deals.ts';
import { membersRouter } from './routers/members.ts';
import { organizationsRouter } from './routers/organizations.ts';
import { searchRouter } from './routers/search.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  account: accountRouter,
  activities: activitiesRouter,
  auth: authRouter,
  brands: brandsRouter,
  companies: companiesRouter,
  contacts: contactsRouter,
  deals: dealsRouter,
  members: membersRouter,
  organizations: organizationsRouter,
  search: searchRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
