import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { MoveCampaignInput } from '../../server/domain/campaigns/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { campaignStatusLabels } from '../features/campaigns/labels.ts';
import { MoveFields } from '../features/campaigns/move-fields.tsx';
import { isCampaignStatus, movesOf } from '../features/campaigns/status-moves.ts';
import { MoveBasis, useMover } from '../features/campaigns/status-moves-bar.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths, safeReturnTo } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Move ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

/** Every move of a campaign's status, each with what it asks: what its other pages ask in place. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const to = pageUrl(request).searchParams.get('to');
  const caller = await api(request, context);
  await requireRight(caller, 'campaigns.write');
  const campaign = await load(context, () => caller.campaigns.byId({ campaignId }));
  return { campaign, to: isCampaignStatus(to) ? to : null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { status, reason, expectedVersion, returnTo } = readForm(form);
  // The procedure's own schema judges what the form sent.
  const input = { campaignId, status, reason, expectedVersion } as unknown as MoveCampaignInput;
  const result = await submit(context, form, () => caller.campaigns.move(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(safeReturnTo(returnTo, paths.campaign(campaignId)));
}

export default function MoveCampaign() {
  const { campaign, to } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const pending = useNavigation().formData?.get('status');
  const moves = movesOf(campaign, useMover());
  const tried = failure?.values.status ?? null;
  const first = moves.filter((move) => move.to === (tried ?? to));
  const shown = first.length > 0 ? first : moves;
  const crumbs = [
    { label: 'Campaigns', href: paths.campaigns() },
    { label: campaign.name, href: paths.campaign(campaign.id) },
  ];
  return (
    <>
      <PageHeader title="Status" crumbs={crumbs} />
      <PageBody>
        <div className="grid max-w-160 gap-4">
          {failure && (
            <Callout tone="danger" title="The campaign was not moved" isAnswer>
              {failure.message}
            </Callout>
          )}
          {shown.length === 0 && (
            <EmptyState
              kind="no-right"
              title={`It stays ${campaignStatusLabels[campaign.status].toLowerCase()}`}
              description="Nothing follows from here that your role may do."
              action={{ label: 'Back to the campaign', href: paths.campaign(campaign.id) }}
            />
          )}
          {shown.map((move) => (
            <Panel
              key={move.to}
              title={move.question?.title ?? `From ${wordOf(campaign.status)} to ${wordOf(move.to)}`}
              {...(move.question && { description: move.question.text })}
            >
              <Form method="post" className="grid gap-4">
                <MoveBasis campaign={campaign} to={move.to} />
                <MoveFields
                  move={move}
                  isPending={pending === move.to}
                  idPrefix={`${move.to}-`}
                  error={tried === move.to ? failure?.fields.reason : undefined}
                  defaultReason={tried === move.to ? failure?.values.reason : undefined}
                />
              </Form>
            </Panel>
          ))}
        </div>
      </PageBody>
    </>
  );
}

const wordOf = (status: keyof typeof campaignStatusLabels) => campaignStatusLabels[status].toLowerCase();
