import type { AppLoadContext } from '@remix-run/node';
import type { SentBrief } from '../../../server/domain/campaign-briefs/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { type FormFailure, readForm, submit } from '../../bridge/forms.server.ts';

interface Work {
  campaignId: string;
  creatorId: string;
}

/** All that the page of one creator's work shows, at one moment. */
export async function readWork(caller: Api, work: Work) {
  const { current } = await caller.account.me();
  const canWrite = current?.permissions.includes('campaign-creators.write') ?? false;
  const [assignment, pieces, reviews, briefs, draft] = await Promise.all([
    caller.campaignCreators.byId(work),
    caller.campaignCreators.pieces(work),
    caller.campaignCreators.reviews(work),
    caller.campaignBriefs.list(work),
    canWrite ? caller.campaignBriefs.draft(work) : null,
  ]);
  const campaignCreatorId = assignment.id;
  const { items } = await caller.campaignResults.list({
    campaignId: work.campaignId,
    campaignCreatorId,
    limit: 10,
  });
  return {
    ...{ assignment, draft, canWrite },
    ...{ pieces: pieces.items, reviews: reviews.items, briefs: briefs.items, results: items },
  };
}

/** What came of a form of the work's page that is not its terms. */
export interface WorkAnswer {
  /** Which form: its intent, with the id of what it is about. */
  of: string;
  failure: FormFailure | null;
  sent: SentBrief | null;
}

type Step = (caller: Api, form: Record<string, string>, work: Work) => Promise<SentBrief | null>;

/** The page's forms by their intent. The procedures' own schemas judge what they sent. */
const steps: Readonly<Record<string, Step>> = {
  'send-brief': (caller, { subject = '', body = '', showsFee }, work) =>
    caller.campaignBriefs.send({ ...work, subject, body, showsFee: showsFee === 'true' }),
  'withdraw-brief': async (caller, { campaignBriefId = '' }) => {
    await caller.campaignBriefs.withdraw({ campaignBriefId });
    return null;
  },
  'record-answer': async (caller, { campaignBriefId = '', answer, note }) => {
    type Input = Parameters<Api['campaignBriefs']['recordAnswer']>[0];
    await caller.campaignBriefs.recordAnswer({ campaignBriefId, answer, note } as unknown as Input);
    return null;
  },
  'submit-draft': async (caller, { campaignDeliverableId = '', url, note }) => {
    await caller.campaignCreators.submitDraft({ campaignDeliverableId, url, note });
    return null;
  },
  'request-changes': async (caller, { campaignDeliverableId = '', note = '' }) => {
    await caller.campaignCreators.requestChanges({ campaignDeliverableId, note });
    return null;
  },
  'approve-draft': async (caller, { campaignDeliverableId = '', note }) => {
    await caller.campaignCreators.approveDraft({ campaignDeliverableId, note });
    return null;
  },
  move: async (caller, { status, expectedVersion }, work) => {
    type Input = Parameters<Api['campaignCreators']['update']>[0];
    await caller.campaignCreators.update({ ...work, status, expectedVersion } as unknown as Input);
    return null;
  },
  place: async (caller, { campaignContentId = '', campaignDeliverableId, expectedVersion }) => {
    await caller.creatorContents.moveToDeliverable({
      ...{ campaignContentId, campaignDeliverableId: campaignDeliverableId ?? null },
      expectedVersion: Number(expectedVersion),
    });
    return null;
  },
};

/** Does what a form of the page asks for; null where its intent is none of these: it is of the terms. */
export async function doStep(
  { caller, context }: { caller: Api; context: AppLoadContext },
  work: Work,
  form: FormData,
): Promise<{ answer: WorkAnswer; status: number } | null> {
  const values = readForm(form);
  const step = steps[values.intent ?? ''];
  if (!step) return null;
  const of = [
    values.intent,
    (values.intent === 'place' ? null : values.campaignDeliverableId) ?? values.campaignBriefId ?? '',
  ].join(' ');
  const result = await submit(context, form, () => step(caller, values, work));
  if ('failure' in result)
    return { answer: { of, failure: result.failure, sent: null }, status: result.status };
  return { answer: { of, failure: null, sent: result.value }, status: 200 };
}
