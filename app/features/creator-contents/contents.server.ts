import type { ConfirmedMany } from '../../../server/domain/creator-contents/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { readQuery, submit } from '../../bridge/forms.server.ts';
import { listQuery, pageLinks } from '../../lib/paging.ts';
import type { AppLoadContext } from '@remix-run/node';
import { contentFilters, contentsInput } from './content-query.ts';

const PAGE = 50;

/** A page of the list that an address asks for; `campaignId` binds it to one campaign. */
export async function readContents(caller: Api, url: URL, campaignId?: string) {
  const asked = readQuery(contentsInput, listQuery(url, contentFilters));
  const input = { ...asked, limit: PAGE, ...(campaignId && { campaignId }) };
  const [page, total] = await Promise.all([
    caller.creatorContents.list(input),
    caller.creatorContents.count(input),
  ]);
  return {
    contents: page.items,
    total,
    links: pageLinks(url, page.nextCursor),
    address: url.href,
    now: new Date().toISOString(),
  };
}

/** What a decision over several pieces came to, in words. */
export interface Decided {
  message: string;
  /** Why some were left as they are, each reason once. */
  reasons: string[];
}

interface Picked {
  campaignContentId: string;
  expectedVersion: number;
}

/** Confirms or rejects the chosen pieces' matches, which the list's form names. Errors: a 400 Response. */
export async function decideMany(caller: Api, context: AppLoadContext, form: FormData): Promise<Decided> {
  const chosen = form.getAll('recordId').filter((value) => typeof value === 'string');
  const picked = chosen.flatMap((recordId) => matchOf(form, recordId));
  const undecidable = chosen.length - picked.length;
  const result =
    form.get('intent') === 'confirm-many'
      ? await confirmAll(caller, picked)
      : await rejectAll(caller, context, picked);
  const verb = form.get('intent') === 'confirm-many' ? 'confirmed' : 'said to be not related';
  return {
    message: `${result.confirmed} of ${chosen.length} ${verb}.`,
    reasons: [
      ...new Set(result.refused.map(({ reason }) => reason)),
      ...(undecidable > 0
        ? [`${undecidable} had nothing to decide here, or more than one campaign to choose from.`]
        : []),
    ],
  };
}

async function confirmAll(caller: Api, picked: readonly Picked[]): Promise<ConfirmedMany> {
  if (picked.length === 0) return { confirmed: 0, refused: [] };
  return caller.creatorContents.confirmMany({
    campaignContentIds: picked.map(({ campaignContentId }) => campaignContentId),
  });
}

/** One by one, so that what somebody else decided meanwhile stays theirs. */
async function rejectAll(
  caller: Api,
  context: AppLoadContext,
  picked: readonly Picked[],
): Promise<ConfirmedMany> {
  const done: ConfirmedMany = { confirmed: 0, refused: [] };
  for (const one of picked) {
    const result = await submit(context, new FormData(), () => caller.creatorContents.reject(one));
    if ('failure' in result)
      done.refused.push({ campaignContentId: one.campaignContentId, reason: result.failure.message });
    else done.confirmed += 1;
  }
  return done;
}

/** The hidden field beside a piece's checkbox: its undecided match and the version that the reader saw. */
function matchOf(form: FormData, recordId: string): Picked[] {
  const value = form.get(`match.${recordId}`);
  const [campaignContentId, version] = typeof value === 'string' ? value.split(':') : [];
  return campaignContentId ? [{ campaignContentId, expectedVersion: Number(version) }] : [];
}

/** Decides on one match from the page of a piece or of a campaign. Errors: a 400 Response for an unknown intent. */
export async function decideOne(caller: Api, form: FormData): Promise<void> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const match = {
    campaignContentId: text('campaignContentId'),
    expectedVersion: Number(text('expectedVersion')),
  };
  const campaignDeliverableId = text('campaignDeliverableId') || null;
  switch (text('intent')) {
    case 'confirm':
      await caller.creatorContents.confirm(
        form.has('campaignDeliverableId') ? { ...match, campaignDeliverableId } : match,
      );
      return;
    case 'reject':
      await caller.creatorContents.reject(match);
      return;
    case 'move':
      await caller.creatorContents.moveToDeliverable({ ...match, campaignDeliverableId });
      return;
    case 'attach':
      await caller.creatorContents.attach({
        creatorContentId: text('creatorContentId'),
        campaignId: text('campaignId'),
      });
      return;
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}
