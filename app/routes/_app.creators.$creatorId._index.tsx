import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { type Decided, decideMany } from '../features/creator-contents/contents.server.ts';
import { AudienceView } from '../features/creators/profile/audience-view.tsx';
import { CampaignsView } from '../features/creators/profile/campaign-list.tsx';
import { ContentView } from '../features/creators/profile/content-view.tsx';
import { ContractsView } from '../features/creators/profile/contract-list.tsx';
import { actOnProfile } from '../features/creators/profile/profile-actions.server.ts';
import { readProfile } from '../features/creators/profile/profile.server.ts';
import { ProfileOverview } from '../features/creators/profile/profile-overview.tsx';
import { ProfilePage } from '../features/creators/profile/profile-page.tsx';
import { ProfileHistory } from '../features/creators/profile/profile-history.tsx';
import { useMay, useTimeZone } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.creator.name ?? 'Creator'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  const profile = await load(context, () => readProfile(caller, creatorId, pageUrl(request)));
  return { ...profile, refused: readNotice(request) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  const form = await readFormData(request.clone());
  const caller = await api(request, context);
  const intent = form.get('intent');
  if (intent === 'archive' || intent === 'restore')
    return answerArchive(
      { request, context },
      {
        archive: (expectedVersion) => caller.creators.archive({ creatorId, expectedVersion }),
        restore: () => caller.creators.restore({ creatorId }),
      },
    );
  if (intent === 'confirm-many' || intent === 'reject-many')
    return json({ decided: await load(context, () => decideMany(caller, context, form)) });
  const result = await submit(context, form, () => actOnProfile(caller, creatorId, form));
  if ('failure' in result) return json({ failure: result.failure }, { status: result.status });
  const here = pageUrl(request);
  here.searchParams.delete('index');
  return redirect(here.pathname + here.search);
}

export default function CreatorPage() {
  const { refused, view, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const failure = answer && 'failure' in answer ? answer.failure : undefined;
  // A block's refusal stands at its form.
  const isOfBlock = failure?.values.intent === 'block';
  return (
    <ProfilePage {...data} tab={view.tab} refused={isOfBlock ? null : (failure?.message ?? refused)}>
      <View
        {...data}
        view={view}
        typed={isOfBlock ? { ...failure.values, error: failure.message } : {}}
        decided={answer && 'decided' in answer ? answer.decided : null}
      />
    </ProfilePage>
  );
}

type Loaded = Omit<ReturnType<typeof useLoaderData<typeof loader>>, 'refused'>;

interface Answered {
  typed: Record<string, string>;
  decided: Decided | null;
}

function View({ view, typed, decided, ...data }: Loaded & Answered) {
  const { creator, now } = data;
  const timeZone = useTimeZone();
  const canWriteContracts = useMay('creator-contracts.write') && creator.isActive;
  switch (view.tab) {
    case 'overview':
      return <ProfileOverview {...view} creator={creator} typed={typed} now={now} />;
    case 'audience':
      return <AudienceView creator={creator} shown={view.shown} timeZone={timeZone} now={now} />;
    case 'contracts':
      return <ContractsView {...view} creatorId={creator.id} canWrite={canWriteContracts} />;
    case 'timeline':
      return (
        <Panel title="Timeline">
          <RecordTimeline timeline={view.timeline} isActive={creator.isActive} />
        </Panel>
      );
    case 'history':
      return <ProfileHistory {...data} history={view.history} />;
    case 'campaigns':
      return <CampaignsView {...view} isClient={data.isClient} />;
    case 'content':
      return <ContentView list={view.list} creatorId={creator.id} decided={decided} />;
  }
}
