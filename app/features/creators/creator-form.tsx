import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { Creator } from '../../../server/domain/creators/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CustomFieldInputs } from '../custom-fields/custom-field-inputs.tsx';
import type { FormField } from '../custom-fields/custom-values.ts';
import { EditBase } from '../records/edit-base.tsx';
import { type CustomFieldWords, customSpecs } from '../records/field-specs.ts';
import { type OwnershipChoices, OwnershipFields, useOwnerByDefault } from '../records/ownership-fields.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { CategoryInput, TagInput } from '../records/tag-input.tsx';
import { creatorSpecs } from './creator-fields.ts';
import { type CreatorFormField, pickedManager, shownCreator, storedText } from './creator-form-values.ts';
import { creatorStatusLabels } from './labels.ts';

export interface CreatorFormProps {
  creator: Creator | null;
  /** The brand that a new creator begins with: the contact's. */
  brandId?: string | null;
  choices: OwnershipChoices & { contacts: readonly RecordChoice[] };
  customFields: readonly (FormField & CustomFieldWords)[];
  /** The agency's own. */
  currency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
  /** What a new creator's form holds first: the contact, and after the fields the accounts. */
  before?: ReactNode;
  children?: ReactNode;
}

/** What the agency knows of a creator beside the person. What was typed stays when the procedure refuses it. */
export function CreatorForm({ creator, failure, cancelHref, before, children, ...props }: CreatorFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const { customFields, choices, currency } = props;
  const specs = { ...creatorSpecs, ...customSpecs(customFields) };
  return (
    <Form method="post" className="grid max-w-160 grid-cols-[minmax(0,1fr)] gap-4">
      <FormErrorSummary formError={failure?.message} />
      {creator && <EditBase shown={shownCreator(creator, customFields)} failure={failure} specs={specs} />}
      {before}
      <Panel title="Working together">
        <div className="grid gap-4 sm:grid-cols-2">
          <Fields creator={creator} failure={failure} {...props} />
        </div>
      </Panel>
      {children}
      {customFields.length > 0 && (
        <Panel title="Custom fields">
          <div className="grid gap-4 sm:grid-cols-2">
            <CustomFieldInputs
              fields={customFields}
              values={creator?.customFields ?? {}}
              failure={failure}
              members={choices.members}
              currency={currency}
            />
          </div>
        </Panel>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {creator ? 'Save changes' : 'Create creator'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

type FieldsProps = Pick<CreatorFormProps, 'creator' | 'brandId' | 'choices' | 'failure'>;

function Fields({ creator, brandId, choices, failure }: FieldsProps) {
  const author = useOwnerByDefault();
  const errors = failure?.fields;
  const valueOf = (name: CreatorFormField) =>
    (failure ? failure.values[name] : storedText(creator, name)) ?? '';
  const words = (name: 'categories' | 'tags') =>
    failure ? (failure.values[name] ?? '') : toTagText(creator?.[name] ?? []);
  return (
    <>
      <Field name="status" label="Status" required error={errors?.status}>
        {(control) => (
          <Select
            {...control}
            options={optionsOf(creatorStatusLabels)}
            defaultValue={valueOf('status') || 'PROSPECT'}
          />
        )}
      </Field>
      <Field name="primaryPlatform" label="Primary platform" error={errors?.primaryPlatform}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Not said"
            options={optionsOf(platformLabels)}
            defaultValue={valueOf('primaryPlatform')}
          />
        )}
      </Field>
      <Field
        name="categories"
        label="Categories"
        hint="What they are known for: beauty, cars, cooking."
        error={errorOf(errors, 'categories')}
        className="sm:col-span-2"
      >
        {(control) => <CategoryInput control={control} defaultValue={words('categories')} />}
      </Field>
      <Terms creator={creator} choices={choices} failure={failure} />
      <OwnershipFields
        choices={choices}
        ownerId={creator || failure ? valueOf('ownerId') : author}
        brandId={creator || failure ? valueOf('brandId') : (brandId ?? '')}
        errors={errors}
      />
      <Field name="tags" label="Tags" error={errorOf(errors, 'tags')} className="sm:col-span-2">
        {(control) => <TagInput control={control} noun="CREATOR" defaultValue={words('tags')} />}
      </Field>
    </>
  );
}

/** Who speaks for the creator and on what terms. */
function Terms({ creator, choices, failure }: FieldsProps) {
  const errors = failure?.fields;
  const valueOf = (name: CreatorFormField) =>
    (failure ? failure.values[name] : storedText(creator, name)) ?? '';
  return (
    <>
      <Field
        name="managerContactId"
        label="Manager or agent"
        error={errors?.managerContactId}
        className="sm:col-span-2"
      >
        {(control) => (
          <RecordPicker
            control={control}
            noun="contact"
            picked={pickedManager(creator, choices.contacts, failure)}
            choices={choices.contacts}
            emptyLabel="Nobody: they speak for themselves"
          />
        )}
      </Field>
      <Field name="commissionPercent" label="Commission, %" error={errors?.commissionPercent}>
        {(control) => (
          <Input
            {...control}
            numeric
            autoComplete="off"
            placeholder="12.5"
            defaultValue={valueOf('commissionPercent')}
          />
        )}
      </Field>
      <Field name="estimatedReach" label="Estimated reach" error={errors?.estimatedReach}>
        {(control) => (
          <Input {...control} numeric autoComplete="off" defaultValue={valueOf('estimatedReach')} />
        )}
      </Field>
    </>
  );
}

/** Of a list the wrong word is named: `categories.3`. */
function errorOf(errors: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return Object.entries(errors ?? {}).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1];
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
