import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { PasteForm, ResultForm } from '../features/campaign-results/result-forms.tsx';
import { ResultTable, TotalsTable } from '../features/campaign-results/result-tables.tsx';
import { sendResult } from '../features/campaign-results/results.server.ts';
import { useAccount, useMay, useTimeZone } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Results of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

const PAGE = 50;
const WORKS = 200;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const url = pageUrl(request);
  const caller = await api(request, context);
  const asked = url.searchParams.get('edit');
  const deleted = url.searchParams.get('deleted') === 'true';
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [campaign, totals, page, works, edited] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.campaignResults.totals({ campaignId }),
      caller.campaignResults.list({ campaignId, deleted, cursor, limit: PAGE }),
      caller.campaignCreators.list({ campaignId, limit: WORKS }),
      asked ? caller.campaignResults.byId({ campaignResultId: asked }) : null,
    ]),
  );
  const choices = works.items.map(({ id, creatorName }) => ({ id, name: creatorName ?? 'Not yours to see' }));
  return {
    ...{ campaign, totals, deleted, edited, choices },
    ...{ results: page.items, links: pageLinks(url, page.nextCursor) },
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { answer, status } = await sendResult({ caller, context }, params.campaignId ?? '', form);
  return json(answer, { status });
}

export default function CampaignResults() {
  const { campaign, totals, deleted, edited, choices, results, links } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { organization } = useAccount().current;
  const canWrite = useMay('campaign-results.write') && campaign.isActive;
  const timeZone = useTimeZone();
  const home = paths.campaignResults(campaign.id);
  const failureOf = (...intents: string[]) =>
    answer && intents.includes(answer.intent) ? answer.failure : null;
  const keptBy = (intent: string) => (answer?.intent === intent && answer.done ? answer : null);
  const currency = campaign.budget?.currency ?? organization.reportingCurrency;
  const shared = { works: choices, currency };
  const isChanged = answer?.intent === 'update' && answer.failure === null;
  return (
    <CampaignPart campaign={campaign} current="results">
      <PageBody>
        {answer?.done && <Callout isAnswer tone="success" title={answer.done} />}
        <FormErrorSummary formError={failureOf('archive', 'restore')?.message} />
        <Totals totals={totals} timeZone={timeZone} />
        {canWrite && (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <ResultForm
              {...shared}
              result={isChanged ? null : edited}
              failure={failureOf('create', 'update')}
              kept={keptBy('create')}
              cancelHref={home}
            />
            <PasteForm {...shared} failure={failureOf('paste')} kept={keptBy('paste')} />
          </div>
        )}
        {results.length === 0 ? (
          <EmptyState
            kind={deleted ? 'no-result' : 'unused'}
            title={deleted ? 'Nothing was taken out' : 'No result is entered yet'}
            description="Shop orders, coupons and affiliate links by your own count: they make the second return beside the platforms’ claims, and creators’ fees by click, conversion and revenue."
            {...(deleted && { action: { label: 'Show the results', href: home } })}
          />
        ) : (
          <ResultTable results={results} canWrite={canWrite} timeZone={timeZone} />
        )}
        <div>
          <LinkButton
            size="small"
            variant="quiet"
            href={deleted ? home : withQuery(home, { deleted: 'true' })}
          >
            {deleted ? 'Show the results' : 'Show what was taken out'}
          </LinkButton>
        </div>
      </PageBody>
      {(links.nextHref ?? links.previousHref) && <Pagination label="Results" {...links} />}
    </CampaignPart>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Totals({ totals, timeZone }: Pick<Loaded, 'totals'> & { timeZone: string }) {
  const { byOrigin, byCreator } = totals;
  if (byOrigin.length === 0) return null;
  const byName = byCreator.map((row) => ({
    ...row,
    name: row.campaignCreatorId ? (row.creatorName ?? 'Not yours to see') : 'The campaign as a whole',
  }));
  return (
    <>
      {byOrigin.length > 1 && (
        <Callout tone="info" title="Count each sale once">
          Several counts are kept here. What a shop and a coupon both count is counted twice in their sum.
        </Callout>
      )}
      <TotalsTable
        title="By whose count"
        heading="Whose count"
        rows={byOrigin.map((row) => ({ ...row, name: row.origin }))}
        timeZone={timeZone}
      />
      <TotalsTable title="By creator" heading="Creator" rows={byName} timeZone={timeZone} />
    </>
  );
}
