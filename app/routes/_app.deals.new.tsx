import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CreateDealInput } from '../../server/domain/deals/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { dealChoices, withChosen } from '../bridge/choices.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { readNewCustomFields, readTags, readTexts } from '../bridge/record-forms.server.ts';
import { withProbability } from '../features/deals/deal-terms.tsx';
import { DealForm, dealFields } from '../features/deals/deal-form.tsx';
import { useAccount } from '../features/shell/use-account.ts';
import { paths } from '../lib/paths.ts';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'New deal · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const [companyId, contactId] = [searchParams.get('companyId'), searchParams.get('contactId')];
  const caller = await api(request, context);
  await requireRight(caller, 'deals.write');
  const [choices, company, contact, customFields] = await load(context, () =>
    Promise.all([
      dealChoices(caller),
      companyId ? caller.companies.byId({ companyId }) : null,
      contactId ? caller.contacts.byId({ contactId }) : null,
      caller.customFields.list({ noun: 'DEAL' }),
    ]),
  );
  return {
    ...choices,
    companies: withChosen(choices.companies, company?.id ?? null, company?.name ?? null),
    contacts: withChosen(choices.contacts, contact?.id ?? null, contact?.name ?? null),
    customFields: customFields.items,
    initial: {
      companyId: company?.id ?? '',
      contactId: contact?.id ?? '',
      stage: searchParams.get('stage') ?? 'LEAD',
    },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { items } = await load(context, () => caller.customFields.list({ noun: 'DEAL' }));
  // The procedure's own schema judges what the form sent.
  const input = {
    ...withProbability(readTexts(form, [...dealFields, 'stage'])),
    ...readTags(form),
    ...readNewCustomFields(form, items),
  } as unknown as CreateDealInput;
  const result = await submit(context, form, () => caller.deals.create(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  // The board's own script stays on the board.
  if (form.get('answer') === 'json') return json({ ok: true as const, name: result.value.name });
  return redirect(paths.deal(result.value.id));
}

export default function NewDeal() {
  const { initial, customFields, ...choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const failure = answer && 'values' in answer ? answer : undefined;
  const { brands, organization } = useAccount().current;
  return (
    <>
      <PageHeader title="New deal" crumbs={[{ label: 'Deals', href: paths.deals() }]} />
      <PageBody>
        <DealForm
          deal={null}
          initial={initial}
          choices={{ ...choices, brands }}
          customFields={customFields}
          currency={organization.reportingCurrency}
          failure={failure}
          cancelHref={paths.deals()}
        />
      </PageBody>
    </>
  );
}
