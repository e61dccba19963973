import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { namesIn } from '../bridge/edits.server.ts';
import { type FormFailure, readForm, readFormData, submit, typedValues } from '../bridge/forms.server.ts';
import { type MarginAnswer, MarginForm } from '../features/costs/margin-form.tsx';
import { MarginList } from '../features/costs/margin-list.tsx';
import { SettingsOf } from '../features/costs/settings-form.tsx';
import { archiveMargin, previewMargin, sendMargin, sendSettings } from '../features/costs/settings.server.ts';
import { todayIn } from '../features/metrics/range.ts';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Costs · Settings · SpokeStack' }];

const CHOICES = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = pageUrl(request).searchParams.get('marginRuleId');
  const caller = await api(request, context);
  await requireRight(caller, 'costs.read');
  const [settings, margins, campaigns, { timeZone }] = await load(context, () =>
    Promise.all([
      caller.costs.settings({}),
      caller.margins.list({}),
      caller.campaigns.list({ limit: CHOICES, sort: '-updatedAt' }),
      caller.organizations.current(),
    ]),
  );
  return {
    settings,
    rules: margins.items,
    changed: margins.items.find(({ id }) => id === asked) ?? null,
    campaigns: campaigns.items.map(({ id, name }) => ({ id, name })),
    today: todayIn(timeZone, new Date()),
  };
}

/** What comes back without being saved, and to which form: a brand's settings, or the margin rule's. */
interface Answer {
  settings: { brandId: string; failure: FormFailure } | null;
  margin: MarginAnswer | null;
  /** Of a list's button, whose words stand above all. */
  refused: string | null;
}

const nothing: Answer = { settings: null, margin: null, refused: null };

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { intent, brandId = '', campaignId } = readForm(form);
  const page = paths.settingsCosts();
  if (intent === 'settings') {
    const sent = await submit(context, form, () => sendSettings(caller, form));
    if (!('failure' in sent)) return redirect(page);
    return json<Answer>(
      { ...nothing, settings: { brandId, failure: sent.failure } },
      { status: sent.status },
    );
  }
  if (intent === 'archiveMargin') {
    const sent = await submit(context, form, () => archiveMargin(caller, form));
    if (!('failure' in sent)) return redirect(page);
    return json<Answer>({ ...nothing, refused: sent.failure.message }, { status: sent.status });
  }
  const values = { ...typedValues(form), appliesTo: form.getAll('appliesTo').map(String).join('\n') };
  const names = await load(context, () => namesIn(caller, [campaignId]));
  const campaignName = campaignId ? (names[campaignId] ?? null) : null;
  if (intent === 'previewMargin') {
    const { reportingCurrency } = await load(context, () => caller.organizations.current());
    const tried = await submit(context, form, () => previewMargin(caller, form, reportingCurrency));
    const margin =
      'failure' in tried
        ? { failure: tried.failure, preview: null, values, campaignName }
        : { failure: null, preview: tried.value, values, campaignName };
    return json<Answer>({ ...nothing, margin });
  }
  const sent = await submit(context, form, () => sendMargin(caller, form));
  if (!('failure' in sent)) return redirect(page);
  const margin = { failure: sent.failure, preview: null, values, campaignName };
  return json<Answer>({ ...nothing, margin }, { status: sent.status });
}

export default function CostSettings() {
  const { settings, rules, changed, campaigns, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? nothing;
  const { brands, organization } = useAccount().current;
  const canWrite = useMay('margins.write');
  const failureOf = (brandId: string) =>
    answer.settings?.brandId === brandId ? answer.settings.failure : undefined;
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="costs" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Costs</h2>
          {answer.refused && (
            <Callout tone="danger" title="Nothing was changed" isAnswer>
              {answer.refused}
            </Callout>
          )}
          <p className="max-w-160 text-muted">
            What the agency earns on a campaign’s cost, whose conversions and values count as true, and how
            far a campaign’s pace may be off before it is told. A client’s own login sees none of it.
          </p>
          <Panel title="Margin rules" padded={rules.length === 0}>
            {rules.length === 0 ? (
              <p className="text-muted">No rule yet: clients pay the cost.</p>
            ) : (
              <MarginList rules={rules} canWrite={canWrite} />
            )}
          </Panel>
          {canWrite && (
            <MarginForm
              key={changed ? `${changed.id} ${changed.version}` : `new ${rules.length}`}
              rule={changed}
              brands={brands}
              campaigns={campaigns}
              currency={organization.reportingCurrency}
              today={today}
              answer={answer.margin ?? undefined}
            />
          )}
          <SettingsOf
            key={`agency ${settings.agency.version}`}
            brand={null}
            settings={settings.agency}
            mayUpdate={settings.mayUpdate}
            failure={failureOf('')}
          />
          {settings.brands.map(({ brandId, name, ...own }) => (
            <SettingsOf
              key={`${brandId} ${own.version}`}
              brand={{ id: brandId, name }}
              settings={own}
              mayUpdate={settings.mayUpdate}
              failure={failureOf(brandId)}
            />
          ))}
        </div>
      </PageBody>
    </>
  );
}
