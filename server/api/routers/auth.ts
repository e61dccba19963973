import { signInInput, signInOutput } from '../../auth/schema.ts';
import { signIn } from '../../auth/sign-in.ts';
import { publicProcedure, router } from '../trpc.ts';

export const authRouter = router({
  signIn: publicProcedure
    .input(signInInput)
    .output(signInOutput)
    .mutation(({ ctx, input }) => signIn(ctx.services, input, ctx)),
});
