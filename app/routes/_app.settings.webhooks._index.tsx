import {
  type ActionFunctionArgs,
  type AppLoadContext,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { listWebhookEventsInput, type WebhookSource } from '../../server/domain/webhooks/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, readQuery, submit } from '../bridge/forms.server.ts';
import { readNotice, redirectDone, redirectWithNotice } from '../bridge/notice.server.ts';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay, useTimeZone } from '../features/shell/use-account.ts';
import { mendedWords } from '../features/webhooks/phyllo-webhook.tsx';
import { SourceList } from '../features/webhooks/source-list.tsx';
import { isFiltered, WebhookFilters } from '../features/webhooks/webhook-filters.tsx';
import { WebhookTable } from '../features/webhooks/webhook-table.tsx';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction = () => [{ title: 'Webhooks · SpokeStack' }];

const PAGE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const { q: _q, sort: _sort, ...query } = listQuery(url, ['source', 'state', 'from', 'to']);
  const input = readQuery(listWebhookEventsInput, query);
  const [overview, page, phyllo] = await load(context, () =>
    Promise.all([
      caller.webhooks.overview(),
      caller.webhooks.list({ ...input, limit: PAGE }),
      caller.creatorSync.webhookState({}),
    ]),
  );
  const { source, state, from, to } = input;
  return {
    overview,
    phyllo,
    notice: readNotice(request),
    events: page.items,
    input: { source, state, from, to },
    links: pageLinks(url, page.nextCursor),
    now: new Date().toISOString(),
  };
}

/** Tries everything of a sender again that was given up, or sets Phyllo's webhook right. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const { intent, source = '' } = readForm(form);
  if (intent === 'mend-phyllo') return mend(context, form, await api(request, context));
  if (intent !== 'redrive-all') throw new Response('Unknown intent', { status: 400 });
  const caller = await api(request, context);
  const result = await submit(context, form, () =>
    caller.webhooks.redriveAll({ source: source as WebhookSource }),
  );
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirectDone(paths.settingsWebhooks(source));
}

async function mend(context: AppLoadContext, form: FormData, caller: Api) {
  const result = await submit(context, form, () => caller.creatorSync.mendWebhook({}));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirectWithNotice(paths.settingsWebhooks(), mendedWords(result.value));
}

export default function Webhooks() {
  const { overview, phyllo, notice, events, input, links, now } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const timeZone = useTimeZone();
  const canMend = useMay('webhooks.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="webhooks" />
      <PageBody>
        <div className="grid max-w-280 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Webhooks</h2>
          <p className="max-w-160 text-muted">
            What platforms tell by themselves: what came, what was done about it, what failed. Kept for 30
            days; what failed stays until it is tried again.
          </p>
          <FormErrorSummary formError={failure?.message} />
          {notice && <Callout tone="info" title={notice} isAnswer />}
          <SourceList overview={overview} phyllo={phyllo} canMend={canMend} now={now} />
        </div>
        <WebhookFilters input={input} />
        {events.length > 0 ? (
          <WebhookTable events={events} timeZone={timeZone} />
        ) : (
          <NoEvents isFiltered={isFiltered(input)} />
        )}
        {(links.nextHref ?? links.previousHref) && <Pagination label="Events" {...links} />}
      </PageBody>
    </>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState
        kind="no-result"
        title="No event fits"
        description="Choose another sender, state or day."
        action={{ label: 'Show every event', href: paths.settingsWebhooks() }}
      />
    );
  return (
    <EmptyState
      kind="unused"
      title="Nothing came so far"
      description="Leads of Meta and Google arrive here, and what Phyllo tells of creators. Begin with where your leads come from."
      action={{ label: 'Lead forms', href: paths.settingsLeadForms() }}
    />
  );
}
