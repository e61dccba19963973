import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, type Api, load } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { DisclosurePanel } from '../features/creators/disclosure-panel.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Creators · Settings · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.disclosureTerms.list({}));
  return { terms: items };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, readForm(form)));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.settingsCreators());
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, sent: Record<string, string>): Promise<unknown> {
  const { intent, term = '', disclosureTermId = '' } = sent;
  if (intent === 'add') return caller.disclosureTerms.add({ term });
  if (intent === 'remove') return caller.disclosureTerms.remove({ disclosureTermId });
  throw new Response('Unknown intent', { status: 400 });
}

export default function CreatorSettings() {
  const { terms } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const canWrite = useMay('disclosure-terms.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="creators" />
      <PageBody>
        <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-4">
          <h2 className="sr-only">Creators</h2>
          <DisclosurePanel terms={terms} canWrite={canWrite} failure={failure} />
        </div>
      </PageBody>
    </>
  );
}
