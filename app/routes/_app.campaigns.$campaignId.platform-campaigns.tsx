import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { type FormFailure, readFormData, submit } from '../bridge/forms.server.ts';
import { redirectDone } from '../bridge/notice.server.ts';
import { typedRules } from '../features/campaign-match-rules/match-rule-rows.ts';
import { MatchRulesPart } from '../features/campaign-match-rules/match-rules-part.tsx';
import type { AttachAnswer } from '../features/campaigns/use-detach.ts';
import { AttachedPart } from '../features/campaigns/attached-part.tsx';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { PlatformCampaignPicker } from '../features/campaigns/platform-campaign-picker.tsx';
import {
  actOnPart,
  type Done,
  readPart,
  readPartOf,
} from '../features/campaigns/platform-campaigns.server.ts';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { pickField } from '../lib/form-fields.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { ViewSwitch } from '../ui/tabs.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Platform campaigns of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const url = pageUrl(request);
  const caller = await api(request, context);
  const { current } = await caller.account.me();
  const part = readPart(url, current?.permissions ?? []);
  const [campaign, platforms, view] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.campaigns.platformStatus({ campaignId }),
      readPartOf(caller, campaignId, { part, url }),
    ]),
  );
  const saved = url.searchParams.get('saved');
  return { campaign, platforms, view, saved: saved === null ? null : Number(saved) || 0 };
}

/** Attaches, detaches, marks, and keeps or tries rules. A script gets the words to say; a plain form comes back here. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => actOnPart(caller, campaignId, form));
  if (form.get('answer') === 'json') return answerScript(form, result);
  if ('failure' in result) return json(result.failure, { status: result.status });
  if ('draft' in result.value) return json(result.value);
  const { part, saved } = result.value;
  const page = paths.attachToCampaign(campaignId, part);
  return redirectDone(withQuery(page, { saved }));
}

type Result = { ok: true; value: Done } | { failure: FormFailure; status: number };

function answerScript(form: FormData, result: Result) {
  const intent = form.get('intent') === 'detach' ? 'detach' : 'attach';
  const ids = form.getAll(pickField).filter((value) => typeof value === 'string');
  if ('failure' in result) {
    const answer: AttachAnswer = { ok: false, intent, message: reasonOf(result.failure), ids: [] };
    return json(answer, { status: result.status });
  }
  const message = 'message' in result.value ? result.value.message : '';
  return json<AttachAnswer>({ ok: true, intent, message, ids });
}

/** The reason of the one field that there is, else of the whole. */
function reasonOf({ fields, message }: FormFailure): string {
  return fields.platformCampaignIds ?? message;
}

type Acted = FormFailure | Extract<Done, { draft: unknown }>;

export default function CampaignPlatformCampaigns() {
  const { campaign, platforms, view, saved } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>() as Acted | undefined;
  const failure = acted && 'fields' in acted ? acted : undefined;
  const canAttach = useMay('platform-campaigns.write') && campaign.isActive;
  const canRule = useMay('campaign-match-rules.write') && campaign.isActive;
  const canRestore = useMay('campaigns.write');
  const mayRule = useMay('campaign-match-rules.read');
  const shared = { campaignId: campaign.id, problem: failure && reasonOf(failure) };
  return (
    <CampaignPart campaign={campaign} current="platform-campaigns" platforms={platforms}>
      <PageBody>
        {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canRestore} />}
        <div className="flex flex-wrap items-center gap-3">
          <ViewSwitch
            label="Parts of the platform campaigns"
            currentId={view.part}
            tabs={[
              { id: 'attached', label: 'Attached', href: paths.attachToCampaign(campaign.id) },
              ...(canAttach
                ? [{ id: 'pick', label: 'Pick', href: paths.attachToCampaign(campaign.id, 'pick') }]
                : []),
              ...(mayRule
                ? [{ id: 'rules', label: 'Rules', href: paths.attachToCampaign(campaign.id, 'rules') }]
                : []),
            ]}
          />
        </div>
        {saved !== null && view.part === 'rules' && !acted && <SavedCallout attached={saved} />}
        {view.part === 'attached' && (
          <AttachedPart {...view} {...shared} canChange={canAttach} mayRule={mayRule} />
        )}
        {view.part === 'pick' && <PlatformCampaignPicker {...view} {...shared} />}
        {view.part === 'rules' && (
          <MatchRulesPart
            {...view}
            campaign={campaign}
            draft={failure ? typedRules(failure.values) : acted && 'draft' in acted ? acted.draft : null}
            preview={acted && 'preview' in acted ? acted.preview : view.preview}
            failure={failure}
            canChange={canRule}
          />
        )}
      </PageBody>
      {view.part === 'attached' && (view.links.nextHref ?? view.links.previousHref) && (
        <Pagination label="Platform campaigns" {...view.links} />
      )}
    </CampaignPart>
  );
}

function SavedCallout({ attached }: { attached: number }) {
  const count = attached === 1 ? '1 platform campaign was' : `${attached} platform campaigns were`;
  return (
    <Callout tone="success" title="Rules saved" isAnswer>
      {attached === 0 ? 'Nothing that waits met them.' : `${count} attached at once.`} What comes in, is
      renamed or relabelled is matched after its sync.
    </Callout>
  );
}
