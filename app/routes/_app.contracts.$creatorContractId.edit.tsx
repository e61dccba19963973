import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateContractInput } from '../../server/domain/creator-contracts/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { readContractForm, readRights } from '../features/creator-contracts/contract-form-values.ts';
import { ContractForm, type ContractFailure } from '../features/creator-contracts/contract-form.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.contract.title ?? 'contract'} · SpokeStack` },
];

const MOST_CAMPAIGNS = 200;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorContractId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'creator-contracts.write');
  return load(context, async () => {
    const contract = await caller.creatorContracts.byId({ creatorContractId });
    const { creatorId, campaignId, campaignName } = contract;
    const [members, work] = await Promise.all([
      caller.members.list(),
      contract.creatorName === null
        ? { items: [] }
        : caller.campaignCreators.ofCreator({ creatorId, limit: MOST_CAMPAIGNS }),
    ]);
    const campaigns = new Map(work.items.map((item) => [item.campaignId, item.campaignName]));
    if (campaignId) campaigns.set(campaignId, campaignName ?? 'Its campaign');
    return { contract, members, campaigns: [...campaigns].map(([id, name]) => ({ id, name })) };
  });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorContractId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { expectedVersion } = readForm(form);
  const input = {
    creatorContractId,
    ...readContractForm(form),
    expectedVersion,
  } as unknown as UpdateContractInput;
  const { current } = await caller.account.me();
  const mayAmend = current?.permissions.includes('creator-contracts.amend') ?? false;
  const result = await submit(context, form, () =>
    mayAmend ? caller.creatorContracts.amend(input) : caller.creatorContracts.update(input),
  );
  if ('failure' in result) {
    const failure: ContractFailure = { ...result.failure, rights: readRights(form) };
    return json(failure, { status: result.status });
  }
  return redirect(paths.creatorContract(creatorContractId));
}

export default function EditContract() {
  const { contract, members, campaigns } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const mayAmend = useMay('creator-contracts.amend');
  return (
    <>
      <PageHeader
        title="Edit"
        crumbs={[
          { label: 'Contracts', href: paths.creatorContracts() },
          { label: contract.title, href: paths.creatorContract(contract.id) },
        ]}
      />
      <PageBody>
        {contract.status === 'SIGNED' && (
          <Callout tone="warning" title="It is signed">
            {mayAmend
              ? 'What you change here is kept in its history as an amendment of the terms.'
              : 'Its title, owner and note can change. New terms are an administrator’s to write, or a new contract’s.'}
          </Callout>
        )}
        <ContractForm
          contract={contract}
          choices={{ members, brands, campaigns }}
          reportingCurrency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.creatorContract(contract.id)}
        />
      </PageBody>
    </>
  );
}
