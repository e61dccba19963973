import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type {
  CreateDealCloseReasonInput,
  UpdateDealCloseReasonInput,
  UpdateDealStageInput,
} from '../../server/domain/deal-stages/schema.ts';
import { api, type Api, load } from '../bridge/api.server.ts';
import { type FormFailure, readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { CloseReasonSettings } from '../features/deals/close-reason-settings.tsx';
import { StageSettings } from '../features/deals/stage-settings.tsx';
import { SettingsTabs } from '../features/settings/settings-tabs.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Pipeline · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [stages, reasons, { items }] = await load(context, () =>
    Promise.all([
      caller.dealStages.list(),
      caller.dealStages.closeReasons(),
      caller.customFields.list({ noun: 'DEAL' }),
    ]),
  );
  const customFields = items.filter(({ isActive }) => isActive).map(({ key, label }) => ({ key, label }));
  return { stages, reasons, customFields };
}

/** The refusal, and of which form: a stage's name, or an outcome and its reason ('' for a new one). */
interface Refused {
  about: string;
  dealCloseReasonId: string;
  failure: FormFailure;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => change(caller, form));
  if (!('failure' in result)) return redirect(paths.settingsPipeline());
  const { stage, status, dealCloseReasonId = '' } = readForm(form);
  const refused: Refused = { about: stage ?? status ?? '', dealCloseReasonId, failure: result.failure };
  return json(refused, { status: result.status });
}

/** One form an intent. The procedures' own schemas judge what it sent. */
function change(caller: Api, form: FormData): Promise<unknown> {
  const { intent, stage, expectedVersion, probability, staleAfterDays, ...reason } = readForm(form);
  const { dealCloseReasonId, status, name, position } = reason;
  switch (intent) {
    case 'stage':
      return caller.dealStages.update({
        stage,
        expectedVersion,
        ...(form.has('probability') && { probability: numberOf(probability) ?? '' }),
        ...(form.has('staleAfterDays') && { staleAfterDays: numberOf(staleAfterDays) }),
        requiredFields: form.getAll('requiredFields'),
      } as unknown as UpdateDealStageInput);
    case 'add':
      return caller.dealStages.createCloseReason({ status, name } as CreateDealCloseReasonInput);
    case 'rename':
      return caller.dealStages.updateCloseReason({ dealCloseReasonId, name } as UpdateDealCloseReasonInput);
    case 'place':
      return caller.dealStages.updateCloseReason({
        dealCloseReasonId,
        position: numberOf(position),
      } as UpdateDealCloseReasonInput);
    case 'remove':
      return caller.dealStages.deleteCloseReason({ dealCloseReasonId: dealCloseReasonId ?? '' });
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

/** What is no number stays the text that it is: the schema says what is wrong with it. */
function numberOf(text: string | undefined): number | string | null {
  if (text === undefined) return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}

export default function Pipeline() {
  const { stages, reasons, customFields } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const canWrite = useMay('deal-stages.write');
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs currentId="pipeline" />
      <PageBody>
        <div className="grid max-w-220 gap-4">
          <h2 className="sr-only">Pipeline</h2>
          <p className="max-w-160 text-muted">
            A deal that enters a stage gets its probability, and must have what the stage asks for. Deals that
            stand there already keep what they have; an import brings what its file has.
          </p>
          {stages.map((settings) => (
            <StageSettings
              key={`${settings.stage}:${settings.version}`}
              settings={settings}
              customFields={customFields}
              canWrite={canWrite}
              failure={refused?.about === settings.stage ? refused.failure : undefined}
            />
          ))}
          {(['WON', 'LOST'] as const).map((status) => (
            <CloseReasonSettings
              key={status}
              status={status}
              reasons={reasons.filter((reason) => reason.status === status)}
              canWrite={canWrite}
              refused={refused && isAbout(refused, status, reasons) ? refused : undefined}
            />
          ))}
        </div>
      </PageBody>
    </>
  );
}

function isAbout(
  { about, dealCloseReasonId }: Pick<Refused, 'about' | 'dealCloseReasonId'>,
  status: 'WON' | 'LOST',
  reasons: readonly { id: string; status: string }[],
): boolean {
  if (dealCloseReasonId === '') return about === status;
  return reasons.some((reason) => reason.id === dealCloseReasonId && reason.status === status);
}
