import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import type { Deal } from '../../../server/domain/deals/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CustomFieldInputs } from '../custom-fields/custom-field-inputs.tsx';
import { type FormField, shownCustomFields } from '../custom-fields/custom-values.ts';
import { EditBase } from '../records/edit-base.tsx';
import { type CustomFieldWords, customSpecs } from '../records/field-specs.ts';
import { type OwnershipChoices, OwnershipFields, useOwnerByDefault } from '../records/ownership-fields.tsx';
import { RecordPicker } from '../records/record-picker.tsx';
import { TagInput } from '../records/tag-input.tsx';
import { dealSpecs } from './deal-fields.ts';
import { dealTermFields, DealTerms } from './deal-terms.tsx';
import { stageLabels } from './labels.ts';

/** The fields of the form, as its action reads them. */
export const dealFields = [
  'name',
  'companyId',
  'contactId',
  'amount',
  'currency',
  ...dealTermFields,
  'description',
  'ownerId',
  'brandId',
] as const;

type FieldName = (typeof dealFields)[number];

export interface DealFormProps {
  deal: Deal | null;
  /** What a new deal begins with. */
  initial?: Partial<Record<FieldName | 'stage', string>>;
  choices: OwnershipChoices & { companies: readonly Choice[]; contacts: readonly Choice[] };
  customFields: readonly (FormField & CustomFieldWords)[];
  /** The agency's own. */
  currency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
}

interface Choice {
  id: string;
  name: string;
}

export function DealForm({ deal, initial = {}, failure, cancelHref, ...props }: DealFormProps) {
  const { choices, customFields, currency } = props;
  const isPending = useNavigation().state !== 'idle';
  const valueOf = (name: FieldName) =>
    (failure ? failure.values[name] : (storedValue(deal, name) ?? initial[name])) ?? '';
  const [companyId, setCompanyId] = useState(() => valueOf('companyId') || undefined);
  const author = useOwnerByDefault();
  const errors = failure?.fields;
  const tags = failure ? (failure.values.tags ?? '') : toTagText(deal?.tags ?? []);
  const specs = { ...dealSpecs, ...customSpecs(customFields) };
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {deal && <EditBase shown={shownOf(deal, customFields)} failure={failure} specs={specs} />}
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="name" label="Name" required error={errors?.name} className="sm:col-span-2">
            {(control) => <Input {...control} defaultValue={valueOf('name')} autoComplete="off" />}
          </Field>
          <Field name="companyId" label="Company" error={errors?.companyId}>
            {(control) => (
              <RecordPicker
                control={control}
                noun="company"
                picked={chosen(choices.companies, valueOf('companyId'))}
                choices={choices.companies}
                emptyLabel="No company"
                onPick={(company) => setCompanyId(company?.id)}
              />
            )}
          </Field>
          <Field name="contactId" label="Contact" error={errors?.contactId}>
            {(control) => (
              <RecordPicker
                control={control}
                noun="contact"
                picked={chosen(choices.contacts, valueOf('contactId'))}
                choices={choices.contacts}
                companyId={companyId}
                emptyLabel="No contact"
              />
            )}
          </Field>
          <Field name="amount" label="Amount" hint="For example 12500.00" error={errors?.amount}>
            {(control) => <Input {...control} numeric defaultValue={valueOf('amount')} autoComplete="off" />}
          </Field>
          <Field
            name="currency"
            label="Currency"
            hint="Three letters; empty means the agency’s own."
            error={errors?.currency}
          >
            {(control) => (
              <Input {...control} defaultValue={valueOf('currency')} maxLength={3} autoComplete="off" />
            )}
          </Field>
          {!deal && (
            <Field name="stage" label="Stage" error={errors?.stage}>
              {(control) => (
                <Select
                  {...control}
                  options={openStages}
                  defaultValue={failure?.values.stage ?? initial.stage ?? 'LEAD'}
                />
              )}
            </Field>
          )}
          <DealTerms deal={deal} valueOf={valueOf} errors={errors} />
          <OwnershipFields
            choices={choices}
            ownerId={deal || failure ? valueOf('ownerId') : author}
            brandId={valueOf('brandId')}
            errors={errors}
          />
          <Field name="tags" label="Tags" error={errors?.tags} className="sm:col-span-2">
            {(control) => <TagInput control={control} noun="DEAL" defaultValue={tags} />}
          </Field>
          <Field name="description" label="Description" error={errors?.description} className="sm:col-span-2">
            {(control) => <Textarea {...control} rows={4} defaultValue={valueOf('description')} />}
          </Field>
        </div>
      </Panel>
      {customFields.length > 0 && (
        <Panel title="Custom fields">
          <div className="grid gap-4 sm:grid-cols-2">
            <CustomFieldInputs
              fields={customFields}
              values={deal?.customFields ?? {}}
              failure={failure}
              members={choices.members}
              currency={currency}
            />
          </div>
        </Panel>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {deal ? 'Save changes' : 'Create deal'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

const openStages = (['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'] as const).map((value) => ({
  value,
  label: stageLabels[value],
}));

function chosen(choices: readonly Choice[], choiceId: string): Choice | null {
  return choices.find(({ id }) => id === choiceId) ?? null;
}

function shownOf(deal: Deal, customFields: readonly FormField[]) {
  return {
    ...Object.fromEntries(dealFields.map((name) => [name, storedValue(deal, name) ?? ''])),
    tags: toTagText(deal.tags),
    ...shownCustomFields(customFields, deal.customFields),
  };
}

function storedValue(deal: Deal | null, name: FieldName): string | undefined {
  if (!deal) return undefined;
  if (name === 'amount') return deal.amount?.amount ?? '';
  if (name === 'currency') return deal.amount?.currency ?? '';
  return String(deal[name] ?? '');
}
