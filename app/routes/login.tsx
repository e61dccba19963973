import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { publicApi } from '../bridge/api.server.ts';
import { readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { findSignedIn, sessionCookie } from '../bridge/session.server.ts';
import { SignInFrame } from '../features/shell/sign-in-frame.tsx';
import { paths, safeReturnTo } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { Input } from '../ui/input.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const signedIn = await findSignedIn(request, context);
  if (signedIn?.principal)
    throw redirect(safeReturnTo(new URL(request.url).searchParams.get('returnTo'), paths.home()));
  return { isWithoutAgency: signedIn !== null };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const { email = '', password = '', returnTo } = readForm(form);
  const caller = await publicApi(request, context);
  const result = await submit(context, form, () => caller.auth.signIn({ email, password }));
  if ('failure' in result) return json(result.failure, { status: result.status, headers: result.headers });
  // A new token on every sign-in; the one that the browser came with is not taken over.
  return redirect(safeReturnTo(returnTo, paths.home()), {
    headers: { 'Set-Cookie': sessionCookie(context, result.value.token) },
  });
}

export default function SignIn() {
  const { isWithoutAgency } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const [search] = useSearchParams();
  const isPending = useNavigation().state !== 'idle';
  return (
    <SignInFrame>
      {isWithoutAgency && (
        <Callout tone="warning" title="You are not a member of an active agency">
          Ask an owner or admin to add you, then load this page again; or sign in as somebody else.
        </Callout>
      )}
      <Form method="post" className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <input type="hidden" name="returnTo" value={search.get('returnTo') ?? ''} />
        <Field name="email" label="Email" required error={failure?.fields.email}>
          {(control) => (
            <Input {...control} type="email" autoComplete="username" defaultValue={failure?.values.email} />
          )}
        </Field>
        <Field name="password" label="Password" required error={failure?.fields.password}>
          {(control) => <Input {...control} type="password" autoComplete="current-password" />}
        </Field>
        <Button type="submit" variant="primary" isPending={isPending}>
          Sign in
        </Button>
      </Form>
    </SignInFrame>
  );
}
