import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { UpdateDealInput } from '../../server/domain/deals/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { dealChoices, withChosen } from '../bridge/choices.server.ts';
import { readEdit, submitEdit } from '../bridge/edits.server.ts';
import { readFormData, readChanges } from '../bridge/forms.server.ts';
import { readCustomFields, readTags } from '../bridge/record-forms.server.ts';
import { withProbability } from '../features/deals/deal-terms.tsx';
import { DealForm, dealFields } from '../features/deals/deal-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.deal.name ?? 'deal'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { dealId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'deals.write');
  const [deal, choices, customFields] = await load(context, () =>
    Promise.all([
      caller.deals.byId({ dealId }),
      dealChoices(caller),
      caller.customFields.list({ noun: 'DEAL' }),
    ]),
  );
  return {
    ...choices,
    deal,
    customFields: customFields.items,
    companies: withChosen(choices.companies, deal.companyId, deal.companyName),
    contacts: withChosen(choices.contacts, deal.contactId, deal.contactName),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { dealId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'DEAL' }));
  const { changes, base } = readEdit(form, (fields) => ({
    ...readFields(fields),
    ...readTags(fields),
    ...readCustomFields(fields, items),
  }));
  const input = { ...changes, base, dealId } as unknown as UpdateDealInput;
  const result = await submitEdit({ context, caller, form }, () => caller.deals.update(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.deal(dealId));
}

/** An emptied currency says nothing; an emptied amount takes the amount away. */
function readFields(fields: FormData) {
  const { currency, ...others } = readChanges(fields, dealFields);
  return withProbability({ ...others, ...(currency ? { currency } : {}) });
}

export default function EditDeal() {
  const { deal, customFields, ...choices } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands, organization } = useAccount().current;
  const crumbs = [
    { label: 'Deals', href: paths.deals() },
    { label: deal.name, href: paths.deal(deal.id) },
  ];
  return (
    <>
      <PageHeader title="Edit" crumbs={crumbs} />
      <PageBody>
        <DealForm
          deal={deal}
          choices={{ ...choices, brands }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.deal(deal.id)}
        />
      </PageBody>
    </>
  );
}
