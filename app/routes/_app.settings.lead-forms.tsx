import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type {
  CreateFacebookPageInput,
  KeyedLeadForm,
  UpdateLeadFormInput,
} from '../../server/domain/lead-forms/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { LeadFormPanel } from '../features/lead-forms/lead-form-panel.tsx';
import { MadeKey } from '../features/lead-forms/made-key.tsx';
import { NewFacebookPage, NewGoogleForm } from '../features/lead-forms/new-lead-form.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useTimeZone } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Lead forms · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [forms, addresses, brands, members] = await load(context, () =>
    Promise.all([
      caller.leadForms.list(),
      caller.leadForms.addresses(),
      caller.brands.list(),
      caller.members.list(),
    ]),
  );
  return { forms, addresses, choices: { brands, members }, now: new Date().toISOString() };
}

/** A key that was made, or the refusal and of which form: the intent of a new one. */
interface Answer {
  made?: KeyedLeadForm;
  refused?: { of: string; failure: FormFailure };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, form));
  if ('failure' in result) {
    const { leadFormId, intent = '' } = readForm(form);
    const refused = { of: leadFormId ?? intent, failure: result.failure };
    return json<Answer>({ refused }, { status: result.status });
  }
  // The key is in this answer and nowhere else, so it is no redirect.
  return result.value ? json<Answer>({ made: result.value }) : redirect(paths.settingsLeadForms());
}

/** One form an intent; answers a key where one was made. The procedures' own schemas judge what it sent. */
async function change(caller: Api, form: FormData): Promise<KeyedLeadForm | null> {
  const { intent, leadFormId, expectedVersion, pageId, name, brandId, ownerId, ...rest } = readForm(form);
  const fields = { name, brandId: brandId ?? null, ownerId: ownerId ?? null } as CreateFacebookPageInput;
  const ref = { leadFormId, expectedVersion: Number(expectedVersion) } as UpdateLeadFormInput;
  switch (intent) {
    case 'create-google':
      return caller.leadForms.createGoogleForm(fields);
    case 'create-meta':
      await caller.leadForms.createFacebookPage({ ...fields, pageId: pageId ?? '' });
      return null;
    case 'update':
      await caller.leadForms.update({ ...ref, ...fields });
      return null;
    case 'activate':
    case 'deactivate':
      await caller.leadForms.update({ ...ref, isActive: intent === 'activate' });
      return null;
    case 'rotate':
      return caller.leadForms.rotateKey({ ...ref, keepsOldKey: rest.keepsOldKey === 'yes' });
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function LeadForms() {
  const { forms, addresses, choices, now } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const failureOf = (id: string) => (answer?.refused?.of === id ? answer.refused.failure : undefined);
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="lead-forms" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Lead forms</h2>
          <p className="max-w-160 text-muted">
            What people fill in at Meta and Google becomes a contact here, or a note on the contact that they
            are already. What came stands under{' '}
            <a href={paths.settingsWebhooks()} className="text-link">
              Webhooks
            </a>
            .
          </p>
          {answer?.made && <MadeKey form={answer.made} />}
          {forms.length === 0 && (
            <EmptyState
              kind="unused"
              title="No leads come in yet"
              description="Make a key for Google’s lead forms below, or name a Facebook page."
            />
          )}
          {forms.map((form) => (
            <LeadFormPanel
              key={`${form.id}:${form.version}`}
              form={form}
              failure={failureOf(form.id)}
              now={now}
              timeZone={timeZone}
              {...choices}
            />
          ))}
          {/* Once one is made its form is empty again. */}
          <NewGoogleForm
            key={`google ${forms.length}`}
            addresses={addresses}
            failure={failureOf('create-google')}
            {...choices}
          />
          <NewFacebookPage
            key={`meta ${forms.length}`}
            addresses={addresses}
            failure={failureOf('create-meta')}
            {...choices}
          />
        </div>
      </PageBody>
    </>
  );
}
