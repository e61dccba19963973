import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, type FormFailure, readForm, submit } from '../bridge/forms.server.ts';
import { answerTimeZone } from '../bridge/time-zone.server.ts';
import { TimeZonePanel } from '../features/settings/time-zone-panel.tsx';
import { SessionList } from '../features/settings/session-list.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { roleLabels } from '../features/shell/shell-of.ts';
import { ThemeToggle } from '../features/shell/theme-toggle.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { readTheme } from '../lib/theme.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { Input } from '../ui/input.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { DetailList, Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Account · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const sessions = await load(context, () => caller.account.sessions());
  const timeZones = Intl.supportedValuesOf('timeZone');
  return {
    sessions,
    timeZones,
    theme: readTheme(request.headers.get('Cookie')),
    now: new Date().toISOString(),
  };
}

/** Changes the time zone, or the password: the other sessions end with that, this one goes on. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  if (form.get('intent') === 'time-zone') return answerTimeZone({ request, context }, form);
  const { currentPassword = '', newPassword = '' } = readForm(form);
  const caller = await api(request, context);
  const result = await submit(context, form, () =>
    caller.account.changePassword({ currentPassword, newPassword }),
  );
  if ('failure' in result) return json(result.failure, { status: result.status, headers: result.headers });
  return redirect(withQuery(paths.settingsAccount(), { changed: 'password' }));
}

export default function AccountSettings() {
  const { sessions, timeZones, theme, now } = useLoaderData<typeof loader>();
  const { account, current } = useAccount();
  const failure = useActionData<typeof action>();
  const isOfTimeZone = failure?.values.intent === 'time-zone';
  const [search] = useSearchParams();
  const { organization, role } = current;
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="account" />
      <PageBody>
        <div className="grid max-w-220 gap-4">
          {search.get('changed') === 'password' && !failure && (
            <Callout tone="success" title="Your password was changed" isAnswer>
              Every other session was signed out.
            </Callout>
          )}
          <Panel title="You">
            <DetailList
              details={[
                { term: 'Name', value: account.name },
                { term: 'Email', value: account.email },
                { term: 'Agency', value: organization.name },
                { term: 'Role', value: roleLabels[role] },
                { term: 'Currency', value: organization.reportingCurrency },
              ]}
            />
          </Panel>
          <TimeZonePanel
            timeZones={timeZones}
            failure={isOfTimeZone ? failure : undefined}
            isChanged={search.get('changed') === 'time-zone'}
          />
          <Panel title="Appearance">
            <div className="max-w-72">
              <ThemeToggle theme={theme} />
            </div>
          </Panel>
          <PasswordPanel failure={isOfTimeZone ? undefined : failure} />
          <Panel
            title="Sessions"
            description="Where you are signed in."
            padded={false}
            actions={
              <form method="post" action={paths.logout()}>
                <input type="hidden" name="everywhere" value="true" />
                <Button type="submit" size="small">
                  Sign out everywhere
                </Button>
              </form>
            }
          >
            <SessionList sessions={sessions} now={now} timeZone={organization.timeZone} />
          </Panel>
        </div>
      </PageBody>
    </>
  );
}

function PasswordPanel({ failure }: { failure: FormFailure | undefined }) {
  const isPending = useNavigation().state !== 'idle';
  const { account } = useAccount();
  return (
    <Panel title="Password" description="Changing it signs out every other session.">
      <Form method="post" className="grid max-w-80 gap-4">
        <FormErrorSummary formError={failure?.message} />
        {/* Password managers file the new password under the right name. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        <Field
          name="currentPassword"
          label="Current password"
          required
          error={failure?.fields.currentPassword}
        >
          {(control) => <Input {...control} type="password" autoComplete="current-password" />}
        </Field>
        <Field
          name="newPassword"
          label="New password"
          required
          hint="At least 8 characters; longer is better."
          error={failure?.fields.newPassword}
        >
          {(control) => <Input {...control} type="password" autoComplete="new-password" minLength={8} />}
        </Field>
        <div>
          <Button type="submit" variant="primary" isPending={isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
