import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readExplanation } from '../bridge/explain.server.ts';
import { ExplanationView } from '../features/explanations/explanation-view.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { useHasScript } from '../lib/use-has-script.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.explanation.title ?? 'A figure'}, explained · SpokeStack` },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, () => readExplanation(caller, pageUrl(request)));
}

/** What a figure is made of, as a page: for links that are sent on, and without a script. */
export default function ExplainPage() {
  const { explanation, query } = useLoaderData<typeof loader>();
  const hasScript = useHasScript();
  const address = hasScript ? new URL(paths.explain(query), location.href).href : '';
  return (
    <>
      <PageHeader
        title={explanation.title}
        description="How this figure is made"
        actions={<CopyButton label="Copy link" value={address} />}
      />
      <PageBody>
        <Panel className="max-w-[56rem]">
          <ExplanationView explanation={explanation} query={query} isLazy={false} />
        </Panel>
      </PageBody>
    </>
  );
}
