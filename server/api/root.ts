import { companiesRouter } from './routers/companies.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  companies: companiesRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
