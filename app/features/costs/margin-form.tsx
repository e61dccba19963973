import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { type MarginPreview, marginKinds, type MarginRule } from '../../../server/domain/costs/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatMoney, formatPercent } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { useHasScript } from '../../lib/use-has-script.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { budgetKindLabels } from '../budgets/labels.ts';
import { RecordPicker } from '../records/record-picker.tsx';
import { marginKindLabels } from './labels.ts';

/** The texts of the form, as its action reads them; the kinds of cost are several of one name. */
export const marginFields = [
  'kind',
  'percent',
  'amount',
  'currency',
  'validFrom',
  'validTo',
  'note',
] as const;

/** What comes back to the form without being saved. */
export interface MarginAnswer {
  failure: FormFailure | null;
  preview: MarginPreview | null;
  values: Record<string, string>;
  /** The campaign that was typed, by name. */
  campaignName: string | null;
}

export interface MarginFormProps {
  /** Null: a new one. */
  rule: MarginRule | null;
  brands: readonly { id: string; name: string }[];
  campaigns: readonly { id: string; name: string }[];
  currency: string;
  today: string;
  answer: MarginAnswer | undefined;
}

/** A margin rule, with what it would ask of a thousand before it is saved. */
export function MarginForm({ rule, brands, campaigns, currency, today, answer }: MarginFormProps) {
  const pending = useNavigation().formData?.get('intent');
  const stored = storedValues(rule, today);
  const textOf = (name: string) => (answer ? answer.values[name] : stored[name]) ?? '';
  const errors = answer?.failure?.fields ?? {};
  const picked = textOf('campaignId');
  return (
    <Panel title={rule ? 'Change a margin rule' : 'New margin rule'}>
      <Form method="post" preventScrollReset className="grid gap-4">
        <FormErrorSummary formError={answer?.failure?.message} />
        {rule && <input type="hidden" name="marginRuleId" value={rule.id} />}
        {rule && <input type="hidden" name="expectedVersion" value={rule.version} />}
        {!rule && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field name="brandId" label="Brand" hint="None: the whole agency." error={errors.brandId}>
              {(control) => (
                <Select
                  {...control}
                  emptyLabel="Every brand"
                  options={brands.map(({ id, name }) => ({ value: id, label: name }))}
                  defaultValue={textOf('brandId')}
                />
              )}
            </Field>
            <Field
              name="campaignId"
              label="Campaign"
              hint="For one campaign alone."
              error={errors.campaignId}
            >
              {(control) => (
                <RecordPicker
                  control={control}
                  noun="campaign"
                  picked={picked ? { id: picked, name: answer?.campaignName ?? 'Not yours to see' } : null}
                  choices={campaigns}
                  emptyLabel="No campaign"
                />
              )}
            </Field>
          </div>
        )}
        <Terms textOf={textOf} errors={errors} currency={currency} />
        <Validity textOf={textOf} errors={errors} />
        {answer?.preview && <Preview preview={answer.preview} />}
        <div className="flex flex-wrap gap-2">
          <Button
            type="submit"
            name="intent"
            value="margin"
            variant="primary"
            isPending={pending === 'margin'}
          >
            {rule ? 'Save changes' : 'Make the rule'}
          </Button>
          <Button type="submit" name="intent" value="previewMargin" isPending={pending === 'previewMargin'}>
            Try it on 1,000
          </Button>
          {rule && <LinkButton href={paths.settingsCosts()}>Cancel</LinkButton>}
        </div>
      </Form>
    </Panel>
  );
}

function storedValues(
  rule: MarginRule | null,
  today: string,
): Readonly<Record<string, string | null | undefined>> {
  if (!rule) return { kind: 'MARKUP', validFrom: today, appliesTo: Object.keys(budgetKindLabels).join('\n') };
  const { kind, percent, amount, validFrom, validTo, note, appliesTo } = rule;
  return { kind, percent, ...amount, validFrom, validTo, note, appliesTo: appliesTo.join('\n') };
}

interface PartProps {
  textOf: (name: string) => string;
  errors: Readonly<Record<string, string>>;
}

/** What it asks, and on which cost: a fixed amount asks on none. */
function Terms({ textOf, errors, currency }: PartProps & { currency: string }) {
  const [kind, setKind] = useState(textOf('kind'));
  const hasScript = useHasScript();
  const isFixed = kind === 'FIXED';
  const chosen = textOf('appliesTo').split('\n');
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field name="kind" label="Kind" required error={errors.kind}>
          {(control) => (
            <Select
              {...control}
              options={marginKinds.map((value) => ({ value, label: marginKindLabels[value] }))}
              defaultValue={kind}
              onChange={({ currentTarget }) => setKind(currentTarget.value)}
            />
          )}
        </Field>
        {(!hasScript || !isFixed) && (
          <Field name="percent" label="Percent" hidesOptional error={errors.percent}>
            {(control) => <Input {...control} numeric autoComplete="off" defaultValue={textOf('percent')} />}
          </Field>
        )}
        {(!hasScript || isFixed) && (
          <>
            <Field name="amount" label="Amount a month" hidesOptional error={errors.amount}>
              {(control) => <Input {...control} numeric autoComplete="off" defaultValue={textOf('amount')} />}
            </Field>
            <Field name="currency" label="Currency" hidesOptional error={errors.currency}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={3}
                  autoComplete="off"
                  defaultValue={textOf('currency') || currency}
                />
              )}
            </Field>
          </>
        )}
      </div>
      {(!hasScript || !isFixed) && (
        <fieldset>
          <legend className="pb-1 font-medium">On</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1.5">
            {Object.entries(budgetKindLabels).map(([value, label]) => (
              <Checkbox
                key={value}
                name="appliesTo"
                value={value}
                label={label}
                defaultChecked={chosen.includes(value)}
              />
            ))}
          </div>
          {errors.appliesTo && <p className="pt-1 text-sm text-danger-ink">{errors.appliesTo}</p>}
        </fieldset>
      )}
    </>
  );
}

function Validity({ textOf, errors }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field name="validFrom" label="Valid from" required error={errors.validFrom}>
        {(control) => <Input {...control} type="date" defaultValue={textOf('validFrom')} />}
      </Field>
      <Field name="validTo" label="Its last day" error={errors.validTo}>
        {(control) => <Input {...control} type="date" defaultValue={textOf('validTo')} />}
      </Field>
      <Field name="note" label="Note" error={errors.note}>
        {(control) => <Input {...control} autoComplete="off" defaultValue={textOf('note')} />}
      </Field>
    </div>
  );
}

function Preview({ preview: { cost, margin, clientCost, share, note } }: { preview: MarginPreview }) {
  return (
    <p role="status" className="rounded-lg bg-sunken px-3 py-2.5">
      On a cost of {formatMoney(cost)} the margin is <strong>{formatMoney(margin)}</strong>: the client pays{' '}
      {formatMoney(clientCost)}
      {share !== null && `, of which ${formatPercent(share, 1)} is margin`}. {note}
    </p>
  );
}
