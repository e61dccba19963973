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
import { type FormFailure, readFormData, submit } from '../bridge/forms.server.ts';
import { decideOne } from '../features/creator-contents/contents.server.ts';
import { contentTypeLabels, goesIn } from '../features/creator-contents/labels.ts';
import { MatchPanel } from '../features/creator-contents/match-panel.tsx';
import { DisclosurePanel, PieceAbout } from '../features/creator-contents/piece-about.tsx';
import { PieceCourse } from '../features/creator-contents/piece-course.tsx';
import { Milestones, PieceFigures } from '../features/creator-contents/piece-figures.tsx';
import { readPiece } from '../features/creator-contents/piece-page.server.ts';
import { PieceNotices } from '../features/creator-contents/piece-notices.tsx';
import { RecordActions } from '../features/records/archive-actions.tsx';
import { useMay, useTimeZone } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Badge } from '../ui/badge.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? titleOf(data.content) : 'Post'} · SpokeStack` },
];

const titleOf = ({ type, creatorName }: { type: keyof typeof contentTypeLabels; creatorName: string }) =>
  `${contentTypeLabels[type]} by ${creatorName}`;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return load(context, () => readPiece(caller, params.creatorContentId ?? ''));
}

/** Decides on a match, adds it to a campaign, or moves the piece to the recycle bin and back. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorContentId = '' } = params;
  const form = await readFormData(request.clone());
  const caller = await api(request, context);
  const intent = form.get('intent');
  if (intent === 'archive' || intent === 'restore') {
    const named = (content: Parameters<typeof titleOf>[0]) => ({ name: titleOf(content) });
    return answerArchive(
      { request, context },
      {
        archive: async (expectedVersion) =>
          named(await caller.creatorContents.archive({ creatorContentId, expectedVersion })),
        restore: async () => named(await caller.creatorContents.restore({ creatorContentId })),
      },
    );
  }
  const result = await submit(context, form, () => decideOne(caller, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  return redirect(paths.creatorContent(creatorContentId));
}

export default function ContentPage() {
  const { content, campaigns, now } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const canWrite = useMay('creator-contents.write');
  const timeZone = useTimeZone();
  const refused = answer && 'message' in answer ? answer.message : undefined;
  const going = goesIn(content, now);
  const isByHand = content.source !== 'PHYLLO';
  return (
    <>
      <PageHeader
        title={titleOf(content)}
        crumbs={[{ label: 'Content', href: paths.creatorContents() }]}
        meta={
          <>
            {isByHand && <Badge title="Somebody typed its figures">By hand</Badge>}
            {going && <Badge tone="info">{going}</Badge>}
          </>
        }
        actions={
          <RecordActions
            record={content}
            editHref={paths.editCreatorContent(content.id)}
            canWrite={canWrite && isByHand}
          />
        }
      />
      <PageBody>
        <FormErrorSummary formError={refused} />
        <PieceNotices content={content} timeZone={timeZone} canWrite={canWrite} />
        <PieceFigures content={content} now={now} timeZone={timeZone} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
            <MatchPanel
              content={content}
              campaigns={campaigns}
              canDecide={canWrite && content.isActive}
              timeZone={timeZone}
            />
            <PieceCourse snapshots={content.snapshots} />
            <Milestones content={content} now={now} />
          </div>
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
            <DisclosurePanel content={content} />
            <PieceAbout content={content} timeZone={timeZone} />
          </div>
        </div>
      </PageBody>
    </>
  );
}
