import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateCostInput } from '../../server/domain/costs/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { CostRangeBar } from '../features/costs/cost-range-bar.tsx';
import { CostStackPanel } from '../features/costs/cost-stack-panel.tsx';
import { MarginsHeld } from '../features/costs/margins-held.tsx';
import { OtherCosts } from '../features/costs/other-costs.tsx';
import { ReturnPanels } from '../features/costs/return-panels.tsx';
import { explainHref } from '../features/explanations/explain-address.ts';
import { todayIn } from '../features/metrics/range.ts';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { isDay } from '../lib/date-range.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { PageBody } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Costs of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

const LISTED = 100;

/** The days that the address asks for; neither: all of them. */
function readDays(search: URLSearchParams): { from?: string; to?: string } {
  const [from, to] = [search.get('from'), search.get('to')];
  if (!isDay(from) || !isDay(to)) return {};
  return from <= to ? { from, to } : { from: to, to: from };
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const days = readDays(pageUrl(request).searchParams);
  const caller = await api(request, context);
  await requireRight(caller, 'costs.read');
  const [campaign, stack, costs, { timeZone }] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.costs.stack({ campaignIds: [campaignId], ...days }),
      caller.costs.list({ campaignId, limit: LISTED }),
      caller.organizations.current(),
    ]),
  );
  return {
    campaign,
    stack,
    costs: costs.items,
    hasMore: costs.nextCursor !== null,
    days,
    today: todayIn(timeZone, new Date()),
  };
}

/** Enters a cost. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { date, description, amount, currency } = readForm(form);
  // The procedure's own schema judges what the form sent.
  const input = {
    campaignId,
    date,
    description,
    amount: amount?.replaceAll(',', ''),
    currency: currency?.toUpperCase(),
  } as unknown as CreateCostInput;
  const result = await submit(context, form, () => caller.costs.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.campaignCosts(campaignId));
}

export default function CampaignCosts() {
  const { campaign, stack, costs, hasMore, days, today } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const canWrite = useMay('costs.write') && campaign.isActive;
  const canRestore = useMay('campaigns.write');
  const hrefOf = (figure: string) =>
    explainHref('cost', { campaignIds: campaign.id, ...days, currency: stack.currency, figure });
  return (
    <CampaignPart campaign={campaign} current="costs" isSandbox={stack.isSandbox}>
      <CostRangeBar campaign={campaign} days={days} range={stack.range} today={today} />
      <PageBody>
        {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canRestore} />}
        <CostStackPanel stack={stack} hrefOf={hrefOf} />
        <ReturnPanels stack={stack} hrefOf={hrefOf} resultsHref={paths.campaignResults(campaign.id)} />
        <MarginsHeld margins={stack.margins} />
        <OtherCosts
          costs={costs}
          hasMore={hasMore}
          canWrite={canWrite}
          currency={campaign.budget?.currency ?? stack.currency}
          today={today}
          failure={failure}
        />
      </PageBody>
    </CampaignPart>
  );
}
