import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CustomFieldInputs } from '../custom-fields/custom-field-inputs.tsx';
import type { FormField } from '../custom-fields/custom-values.ts';
import { EditBase } from '../records/edit-base.tsx';
import { type CustomFieldWords, customSpecs } from '../records/field-specs.ts';
import { type OwnershipChoices, OwnershipFields } from '../records/ownership-fields.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { TagInput } from '../records/tag-input.tsx';
import { campaignSpecs } from './campaign-fields.ts';
import { type CampaignFormStart, shownCampaign, startOfFailure } from './campaign-form-values.ts';
import { ContactRows } from './contact-rows.tsx';
import { objectiveLabels } from './labels.ts';
import { DateFields, MoneyFields } from './plan-fields.tsx';
import { RecognitionFields } from './recognition-fields.tsx';

export interface CampaignFormProps {
  /** Null: a new one. */
  campaign: Campaign | null;
  start: CampaignFormStart;
  choices: OwnershipChoices & { deals: readonly RecordChoice[]; contacts: readonly RecordChoice[] };
  customFields: readonly (FormField & CustomFieldWords)[];
  /** The agency's own; a budget without a currency is in it. */
  reportingCurrency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
  /** What a new campaign takes along of what it is made from. */
  children?: ReactNode;
}

/** A new campaign, or one to change. What was typed stays when the procedure refuses it. */
export function CampaignForm({ campaign, customFields, failure, cancelHref, ...props }: CampaignFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const start = failure ? startOfFailure(failure) : props.start;
  const { choices, reportingCurrency, children } = props;
  return (
    <Form method="post" className="grid max-w-200 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {campaign && (
        <EditBase
          shown={shownCampaign(campaign, customFields)}
          failure={failure}
          specs={{ ...campaignSpecs, ...customSpecs(customFields) }}
        />
      )}
      {children}
      <AboutFields start={start} failure={failure} choices={choices} />
      <DateFields start={start} failure={failure} />
      <MoneyFields start={start} failure={failure} reportingCurrency={reportingCurrency} />
      <ClientFields start={start} failure={failure} choices={choices} />
      <RecognitionFields words={start.words} failure={failure} />
      {customFields.length > 0 && (
        <Panel title="Custom fields">
          <div className="grid gap-4 sm:grid-cols-2">
            <CustomFieldInputs
              fields={customFields}
              values={start.customFields}
              failure={failure}
              members={choices.members}
              currency={reportingCurrency}
            />
          </div>
        </Panel>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {campaign ? 'Save changes' : 'Create campaign'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

interface FieldsProps extends Pick<CampaignFormProps, 'choices' | 'failure'> {
  start: CampaignFormStart;
}

/** What it is and whose. */
function AboutFields({ start: { texts, tags }, choices, failure }: FieldsProps) {
  const errors = failure?.fields;
  return (
    <Panel>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="name" label="Name" required error={errors?.name} className="sm:col-span-2">
          {(control) => <Input {...control} defaultValue={texts.name} autoComplete="off" />}
        </Field>
        <OwnershipFields choices={choices} ownerId={texts.ownerId} brandId={texts.brandId} errors={errors} />
        <Field name="objective" label="Objective" error={errors?.objective}>
          {(control) => (
            <Select
              {...control}
              emptyLabel="Not said"
              options={Object.entries(objectiveLabels).map(([value, label]) => ({ value, label }))}
              defaultValue={texts.objective}
            />
          )}
        </Field>
        <Field name="tags" label="Tags" error={errors?.tags}>
          {(control) => <TagInput control={control} noun="CAMPAIGN" defaultValue={tags} />}
        </Field>
        <Field name="description" label="Description" error={errors?.description} className="sm:col-span-2">
          {(control) => <Textarea {...control} rows={3} defaultValue={texts.description} />}
        </Field>
      </div>
    </Panel>
  );
}

/** Which deal it belongs to, and who speaks for the client. */
function ClientFields({ start: { deal, contacts }, choices, failure }: FieldsProps) {
  return (
    <Panel title="Client">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="dealId" label="Deal" error={failure?.fields.dealId} className="sm:col-span-2">
          {(control) => (
            <RecordPicker
              control={control}
              noun="deal"
              picked={deal}
              choices={choices.deals}
              emptyLabel="No deal"
            />
          )}
        </Field>
        <ContactRows contacts={contacts} choices={choices.contacts} errors={failure?.fields} />
      </div>
    </Panel>
  );
}
