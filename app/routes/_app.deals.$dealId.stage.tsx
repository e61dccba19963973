import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { MoveDealInput } from '../../server/domain/deals/schema.ts';
import { api, load, requireRight } from '../bridge/api.server.ts';
import { dealChoices } from '../bridge/choices.server.ts';
import { readFormData, readForm, submit } from '../bridge/forms.server.ts';
import { FinishMove } from '../features/deals/finish-move.tsx';
import { stageFieldNames } from '../features/deals/stage-fields.tsx';
import { ClosingFields, StageButtons } from '../features/deals/stage-form.tsx';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Move ${data?.deal.name ?? 'deal'} · SpokeStack` },
];

/** Where a deal goes next: the forms that the board shows in place, as a page of their own. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { dealId = '' } = params;
  const caller = await api(request, context);
  await requireRight(caller, 'deals.write');
  const [deal, reasons, choices] = await load(context, () =>
    Promise.all([caller.deals.byId({ dealId }), caller.dealStages.closeReasons(), dealChoices(caller)]),
  );
  return { deal, reasons, choices };
}

/** Moves the deal with what the form says of it; what the stage still asks for comes back as fields. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { dealId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const { stage, status, reason, ...rest } = readForm(form);
  const fields = Object.fromEntries(
    stageFieldNames.flatMap((name) => (rest[name] === undefined ? [] : [[name, rest[name]]])),
  );
  const input = {
    dealId,
    stage,
    status,
    reason,
    ...(Object.keys(fields).length > 0 && { fields }),
  } as unknown as MoveDealInput;
  const result = await submit(context, form, () => caller.deals.move(input));
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(paths.deal(dealId));
}

export default function MoveDeal() {
  const { deal, reasons, choices } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const crumbs = [
    { label: 'Deals', href: paths.deals() },
    { label: deal.name, href: paths.deal(deal.id) },
  ];
  const isUnfinished = failure !== undefined && Object.keys(failure.fields).length > 0;
  return (
    <>
      <PageHeader title="Move" crumbs={crumbs} />
      <PageBody>
        <div className="grid max-w-160 gap-4">
          {failure && (
            <Callout tone="danger" title="The deal was not moved" isAnswer>
              {failure.message}
            </Callout>
          )}
          {isUnfinished && <FinishMove dealId={deal.id} failure={failure} choices={choices} />}
          <Panel title="To a stage">
            <form method="post">
              <StageButtons current={deal.stage} />
            </form>
          </Panel>
          <Panel title="Out of the pipeline">
            <form method="post">
              <ClosingFields
                idPrefix="page-"
                reasons={reasons}
                defaultReason={failure?.values.reason ?? ''}
              />
            </form>
          </Panel>
        </div>
      </PageBody>
    </>
  );
}
