import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateContractInput } from '../../server/domain/creator-contracts/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { readForm, readFormData, submit } from '../bridge/forms.server.ts';
import { readContractForm, readRights } from '../features/creator-contracts/contract-form-values.ts';
import { ContractForm, type ContractFailure } from '../features/creator-contracts/contract-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New contract · SpokeStack' }];

const MOST_CAMPAIGNS = 200;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'creator-contracts.write');
  const [creator, members, work] = await load(context, () =>
    Promise.all([
      caller.creators.byId({ creatorId }),
      caller.members.list(),
      caller.campaignCreators.ofCreator({ creatorId, limit: MOST_CAMPAIGNS }),
    ]),
  );
  const campaigns = work.items.map(({ campaignId, campaignName }) => ({
    id: campaignId,
    name: campaignName,
  }));
  return { creator: { id: creator.id, name: creator.name }, members, campaigns };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { status, signedOn } = readForm(form);
  const { brandId, ...terms } = readContractForm(form);
  // The procedure's own schema judges what the form sent; without a brand the contract takes its campaign's.
  const input = {
    creatorId,
    ...terms,
    ...(brandId ? { brandId } : {}),
    ...(status ? { status } : {}),
    ...(signedOn && status === 'SIGNED' ? { signedOn } : {}),
  } as unknown as CreateContractInput;
  const result = await submit(context, form, () => caller.creatorContracts.create(input));
  if ('failure' in result) {
    const failure: ContractFailure = { ...result.failure, rights: readRights(form) };
    return json(failure, { status: result.status });
  }
  return redirect(paths.creatorContract(result.value.id));
}

export default function NewContract() {
  const { creator, members, campaigns } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  return (
    <>
      <PageHeader
        title="New contract"
        crumbs={[
          { label: 'Creators', href: paths.creators() },
          { label: creator.name, href: paths.creatorTab(creator.id, 'contracts') },
        ]}
      />
      <PageBody>
        <ContractForm
          contract={null}
          choices={{ members, brands, campaigns }}
          reportingCurrency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.creatorTab(creator.id, 'contracts')}
        />
      </PageBody>
    </>
  );
}
