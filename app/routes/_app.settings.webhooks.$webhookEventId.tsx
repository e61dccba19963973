import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { useTimeZone } from '../features/shell/use-account.ts';
import { EventDetail } from '../features/webhooks/event-detail.tsx';
import { eventName } from '../features/webhooks/labels.ts';
import { paths } from '../lib/paths.ts';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Webhook event · SpokeStack' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const event = await load(context, () =>
    caller.webhooks.byId({ webhookEventId: params.webhookEventId ?? '' }),
  );
  return { event };
}

/** Tries the event once more. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const { intent, expectedVersion } = readForm(form);
  if (intent !== 'redrive') throw new Response('Unknown intent', { status: 400 });
  const webhookEventId = params.webhookEventId ?? '';
  const caller = await api(request, context);
  const result = await submit(context, form, () =>
    caller.webhooks.redrive({ webhookEventId, expectedVersion: Number(expectedVersion) }),
  );
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.webhookEvent(webhookEventId));
}

export default function WebhookEventPage() {
  const { event } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const timeZone = useTimeZone();
  return (
    <>
      <PageHeader title={eventName(event)} crumbs={[{ label: 'Webhooks', href: paths.settingsWebhooks() }]} />
      <PageBody>
        <FormErrorSummary formError={failure?.message} />
        <EventDetail event={event} timeZone={timeZone} />
      </PageBody>
    </>
  );
}
