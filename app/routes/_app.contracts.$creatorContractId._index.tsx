import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ChangeContractStatusInput } from '../../server/domain/creator-contracts/schema.ts';
import { type Api, api, load } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { readNotice, redirectDone } from '../bridge/notice.server.ts';
import { ContractSteps } from '../features/creator-contracts/contract-steps.tsx';
import { ContractView } from '../features/creator-contracts/contract-view.tsx';
import { Conflicts } from '../features/creators/profile/contract-list.tsx';
import { contractStateWords, contractTone } from '../features/creators/profile/contract-words.ts';
import { type ArchiveAnswer, ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { StatusDot } from '../ui/badge.tsx';
import { Callout } from '../ui/callout.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.contract.title ?? 'Contract'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorContractId = '' } = params;
  const caller = await api(request, context);
  const [contract, conflicts] = await load(context, () =>
    Promise.all([
      caller.creatorContracts.byId({ creatorContractId }),
      caller.creatorContracts.check({ creatorContractId }),
    ]),
  );
  return { contract, conflicts, notice: readNotice(request) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorContractId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => act(caller, creatorContractId, form));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return result.value ? json(result.value) : redirectDone(paths.creatorContract(creatorContractId));
}

/** Runs one of the page's forms. An archive and a restore are answered to the script that offers the way back. */
async function act(caller: Api, creatorContractId: string, form: FormData): Promise<ArchiveAnswer | null> {
  const { intent, status, on, expectedVersion } = readForm(form);
  const change = {
    creatorContractId,
    ...(expectedVersion ? { expectedVersion: Number(expectedVersion) } : {}),
  };
  switch (intent) {
    case 'move': {
      const input = { ...change, status, ...(on ? { on } : {}) } as unknown as ChangeContractStatusInput;
      await caller.creatorContracts.changeStatus(input);
      return null;
    }
    case 'archive':
      return { intent, name: (await caller.creatorContracts.archive(change)).title };
    case 'restore':
      return { intent, name: (await caller.creatorContracts.restore(change)).title };
    default:
      throw new Response('Unknown intent', { status: 400 });
  }
}

export default function Contract() {
  const { contract, conflicts, notice } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const canWrite = useMay('creator-contracts.write');
  const refused = answer && 'ok' in answer ? answer.message : undefined;
  return (
    <>
      <PageHeader
        title={contract.title}
        crumbs={[{ label: 'Contracts', href: paths.creatorContracts() }]}
        meta={<StatusDot tone={contractTone(contract)}>{contractStateWords(contract)}</StatusDot>}
        actions={
          <RecordActions
            record={contract}
            editHref={paths.editCreatorContract(contract.id)}
            canWrite={canWrite}
          />
        }
      />
      <PageBody>
        {notice && <Callout tone="warning" title={notice} isAnswer />}
        <FormErrorSummary formError={refused} />
        {!contract.isActive && <ArchivedCallout noun="contract" canRestore={canWrite} />}
        <Conflicts conflicts={{ items: conflicts, isComplete: true }} />
        {canWrite && <ContractSteps contract={contract} />}
        <ContractView contract={contract} canWrite={canWrite} />
      </PageBody>
    </>
  );
}
