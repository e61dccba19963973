import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdatePlatformSettingsInput } from '../../server/domain/platform-settings/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { platformLabels } from '../features/ad-accounts/labels.ts';
import { PlatformPanel } from '../features/platform-settings/platform-panel.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Platforms · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [settings, statuses] = await load(context, () =>
    Promise.all([caller.platformSettings.list(), caller.adAccounts.platforms()]),
  );
  const changed = new URL(request.url).searchParams.get('changed');
  return { settings, statuses, changed };
}

/** The refusal, and of which platform's form. */
interface Refused {
  platform: string;
  failure: FormFailure;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => caller.platformSettings.update(readSettings(form)));
  const { platform = '' } = readForm(form);
  if (!('failure' in result)) return redirect(withQuery(paths.settingsPlatforms(), { changed: platform }));
  return json({ platform, failure: result.failure } satisfies Refused, { status: result.status });
}

/** An empty number of days is the platform's own; what is no number is the schema's to refuse. */
function readSettings(form: FormData): UpdatePlatformSettingsInput {
  const { platform, expectedVersion, restatementDays, backfillMonths, isIntraday } = readForm(form);
  return {
    platform,
    expectedVersion,
    restatementDays: restatementDays === undefined ? null : Number(restatementDays),
    backfillMonths: Number(backfillMonths ?? Number.NaN),
    isIntraday: isIntraday === 'yes',
  } as unknown as UpdatePlatformSettingsInput;
}

export default function Platforms() {
  const { settings, statuses, changed } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const canWrite = useMay('platform-settings.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="platforms" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Platforms</h2>
          <p className="max-w-160 text-muted">
            How each ad platform’s figures come in. Every account is read soon after its own midnight, in its
            own time zone.
          </p>
          {settings.map((platform) => (
            <PlatformPanel
              key={`${platform.platform}:${platform.version}`}
              settings={platform}
              status={statuses.find(({ id }) => id === platform.platform)}
              canWrite={canWrite}
              failure={refused?.platform === platform.platform ? refused.failure : undefined}
              isChanged={changed === platform.platform && !refused}
            />
          ))}
          <FilePlatforms synced={settings.map(({ platform }) => platform)} />
        </div>
      </PageBody>
    </>
  );
}

/** The platforms whose figures come by file alone. */
function FilePlatforms({ synced }: { synced: readonly string[] }) {
  const canImport = useMay('imports.write');
  const names = Object.entries(platformLabels).flatMap(([id, name]) => (synced.includes(id) ? [] : name));
  return (
    <Panel
      title="By file"
      actions={
        canImport && (
          <LinkButton href={withQuery(paths.newImport(), { kind: 'ad-metrics' })}>Import a report</LinkButton>
        )
      }
    >
      <p className="text-muted">
        {new Intl.ListFormat('en').format(names)}: export a daily campaign report in their ad managers and
        import it here. The layout is recognised.
      </p>
    </Panel>
  );
}
