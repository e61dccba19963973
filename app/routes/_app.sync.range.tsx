import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { ChooseAccount } from '../features/sync/choose-account.tsx';
import { RangeForm } from '../features/sync/range-form.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Pull a range again · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = pageUrl(request);
  const adAccountId = searchParams.get('adAccountId') ?? '';
  const caller = await api(request, context);
  return load(context, async () => {
    await requireRight(caller, 'sync-runs.start');
    const [choices, limits] = await Promise.all([
      caller.syncRuns.choices(),
      adAccountId === '' ? null : caller.syncRuns.rangeLimits({ adAccountId }),
    ]);
    return {
      choices: choices.items.filter(({ isSyncable }) => isSyncable),
      limits,
      values: {
        from: searchParams.get('from') ?? limits?.today ?? '',
        to: searchParams.get('to') ?? limits?.today ?? '',
      },
    };
  });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const { adAccountId = '', from = '', to = '' } = readForm(form);
  const caller = await api(request, context);
  const result = await submit(context, form, () => caller.syncRuns.requestRange({ adAccountId, from, to }));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.syncRun(result.value.syncRunId));
}

export default function SyncRange() {
  const { choices, limits, values } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Pull a range again"
        crumbs={[{ label: 'Sync', href: paths.syncRuns() }]}
        description="Days of an ad account are fetched once more from its platform, as they stand there now."
      />
      <PageBody>
        <div className="grid max-w-2xl gap-4">
          <ChooseAccount choices={choices} adAccountId={limits?.adAccountId ?? null} />
          {limits && (
            <Panel title={limits.adAccountName}>
              <RangeForm key={limits.adAccountId} limits={limits} values={values} failure={failure} />
            </Panel>
          )}
        </div>
      </PageBody>
    </>
  );
}
