import type { AppLoadContext } from '@remix-run/node';
import type { Api } from '../../bridge/api.server.ts';
import { type FormFailure, readChanges, readForm, submit } from '../../bridge/forms.server.ts';

/** What came of a form of the results' page. */
export interface ResultAnswer {
  intent: string;
  failure: FormFailure | null;
  /** What was done, in words. */
  done: string | null;
}

type Input<Name extends 'create' | 'update' | 'paste'> = Parameters<Api['campaignResults'][Name]>[0];

const columns = [
  'campaignCreatorId',
  'date',
  'origin',
  'clicks',
  'conversions',
  'value',
  'currency',
  'note',
] as const;

/** The page's forms by their intent. The procedures' own schemas judge what they sent. */
export async function sendResult(
  { caller, context }: { caller: Api; context: AppLoadContext },
  campaignId: string,
  form: FormData,
): Promise<{ answer: ResultAnswer; status: number }> {
  const { intent = '' } = readForm(form);
  const result = await submit(context, form, () => act(caller, campaignId, form));
  if ('failure' in result)
    return { answer: { intent, failure: result.failure, done: null }, status: result.status };
  return { answer: { intent, failure: null, done: result.value }, status: 200 };
}

async function act(caller: Api, campaignId: string, form: FormData): Promise<string> {
  const { intent, campaignResultId = '', expectedVersion, ...values } = readForm(form);
  const change = { campaignResultId, expectedVersion: Number(expectedVersion) || undefined };
  switch (intent) {
    case 'create':
      await caller.campaignResults.create({ ...readResult(form), campaignId } as unknown as Input<'create'>);
      return 'The result is kept.';
    case 'update':
      await caller.campaignResults.update({ ...readResult(form), ...change });
      return 'The result is changed.';
    case 'paste': {
      const { campaignCreatorId, origin, currency, lines } = values;
      const sent = { campaignId, campaignCreatorId, origin, currency, lines } as unknown as Input<'paste'>;
      const { created } = await caller.campaignResults.paste(sent);
      return created === 1 ? 'One result is kept.' : `${created} results are kept.`;
    }
    case 'archive':
      await caller.campaignResults.archive(change);
      return 'The result is taken out.';
    case 'restore':
      await caller.campaignResults.restore(change);
      return 'The result counts again.';
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

/** An empty field is unknown; an empty currency is none to change to. */
function readResult(form: FormData): Record<string, unknown> {
  const { currency, clicks, date, origin, ...others } = readChanges(form, columns);
  return {
    ...others,
    date: date ?? '',
    origin: origin ?? '',
    clicks: clicks === null || clicks === undefined ? null : Number(clicks),
    ...(currency ? { currency } : {}),
  };
}
