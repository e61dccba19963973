import { Form, useNavigation } from '@remix-run/react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type OwnershipChoices, OwnershipFields } from '../records/ownership-fields.tsx';
import { campaignStatusLabels, objectiveLabels } from './labels.ts';
import { RecognitionFields, type RecognitionField } from './recognition-fields.tsx';

/** The fields of the form, as its action reads them. */
export const campaignFields = [
  'name',
  'objective',
  'status',
  'startsOn',
  'endsOn',
  'budget',
  'currency',
  'ownerId',
  'brandId',
  'description',
] as const;

type FieldName = (typeof campaignFields)[number] | RecognitionField;

export interface CampaignFormProps {
  campaign: Campaign | null;
  /** What a new campaign begins with: what was typed before a search brought the page again. */
  initial?: Partial<Record<FieldName, string>>;
  choices: OwnershipChoices;
  /** The agency's own; a budget without a currency is in it. */
  reportingCurrency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
  /** What else the form holds: the picker of platform campaigns. */
  children?: ReactNode;
}

/** A new campaign, or one to change. What was typed stays when the procedure refuses it. */
export function CampaignForm({ campaign, failure, cancelHref, children, ...props }: CampaignFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const label = campaign ? 'Save changes' : 'Create campaign';
  return (
    <Form method="post" className="grid max-w-200 gap-4">
      {children && <EnterSubmits />}
      <FormErrorSummary formError={failure?.message} />
      {campaign && <input type="hidden" name="expectedVersion" value={campaign.version} />}
      <Panel>
        <Fields campaign={campaign} failure={failure} {...props} />
      </Panel>
      <RecognitionFields campaign={campaign} initial={props.initial} failure={failure} />
      {children}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {label}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

const nothing = () => () => undefined;

/**
 * Enter presses a form's first submit button, which would be the picker's search. With a script this one comes first;
 * without it a stray Enter only searches, and loses nothing.
 */
function EnterSubmits() {
  const hasScript = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  return <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />;
}

type FieldsProps = Omit<CampaignFormProps, 'cancelHref' | 'children'>;

function Fields({ campaign, initial = {}, choices, reportingCurrency, failure }: FieldsProps) {
  const errors = failure?.fields;
  const valueOf = (name: (typeof campaignFields)[number]) =>
    failure ? (failure.values[name] ?? '') : (storedValue(campaign, name) ?? initial[name] ?? '');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="name" label="Name" required error={errors?.name} className="sm:col-span-2">
        {(control) => <Input {...control} defaultValue={valueOf('name')} autoComplete="off" />}
      </Field>
      <Field name="objective" label="Objective" error={errors?.objective}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Not said"
            options={optionsOf(objectiveLabels)}
            defaultValue={valueOf('objective')}
          />
        )}
      </Field>
      <Field name="status" label="Status" required error={errors?.status}>
        {(control) => (
          <Select
            {...control}
            options={optionsOf(campaignStatusLabels)}
            defaultValue={valueOf('status') || 'DRAFT'}
          />
        )}
      </Field>
      <Field name="startsOn" label="Starts" error={errors?.startsOn}>
        {(control) => <Input {...control} type="date" defaultValue={valueOf('startsOn')} />}
      </Field>
      <Field name="endsOn" label="Ends" error={errors?.endsOn}>
        {(control) => <Input {...control} type="date" defaultValue={valueOf('endsOn')} />}
      </Field>
      <Field name="budget" label="Budget" error={errors?.budget ?? errors?.['budget.amount']}>
        {(control) => <Input {...control} numeric defaultValue={valueOf('budget')} autoComplete="off" />}
      </Field>
      <Field name="currency" label="Currency" error={errors?.currency}>
        {(control) => (
          <Input
            {...control}
            defaultValue={valueOf('currency')}
            placeholder={reportingCurrency}
            maxLength={3}
            autoComplete="off"
          />
        )}
      </Field>
      <OwnershipFields
        choices={choices}
        ownerId={valueOf('ownerId')}
        brandId={valueOf('brandId')}
        errors={errors}
      />
      <Field name="description" label="Description" error={errors?.description} className="sm:col-span-2">
        {(control) => <Textarea {...control} rows={3} defaultValue={valueOf('description')} />}
      </Field>
    </div>
  );
}

function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

function storedValue(campaign: Campaign | null, name: (typeof campaignFields)[number]): string | undefined {
  if (!campaign) return undefined;
  if (name === 'budget') return campaign.budget?.amount ?? '';
  if (name === 'currency') return campaign.budget?.currency ?? '';
  return campaign[name] ?? '';
}
