import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import type { Contact } from '../../../server/domain/contacts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CustomFieldInputs } from '../custom-fields/custom-field-inputs.tsx';
import type { FormField } from '../custom-fields/custom-values.ts';
import { CreateAnyway, DuplicateWarning } from '../duplicates/duplicate-warning.tsx';
import { EditBase } from '../records/edit-base.tsx';
import { type CustomFieldWords, customSpecs } from '../records/field-specs.ts';
import { type OwnershipChoices, OwnershipFields, useOwnerByDefault } from '../records/ownership-fields.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { TagInput } from '../records/tag-input.tsx';
import { TextRows } from '../records/text-rows.tsx';
import { AssociatedCompanyRows } from './associated-company-rows.tsx';
import { CompanyOfMail } from './company-of-mail.tsx';
import { contactSpecs } from './contact-fields.ts';
import {
  type ContactField,
  linesOf,
  pickedCompany,
  reach,
  shownContact,
  storedText,
  tiesOf,
  who,
} from './contact-form-values.ts';
import { contactStatusLabels, contactTypeLabels } from './labels.ts';

export interface ContactFormProps {
  contact: Contact | null;
  /** What a new contact begins with. */
  company?: RecordChoice | null;
  choices: OwnershipChoices & { companies: readonly RecordChoice[] };
  customFields: readonly (FormField & CustomFieldWords)[];
  /** The agency's own. */
  currency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
}

/** A new contact, or one to change. What was typed stays when the procedure refuses it. */
export function ContactForm({ contact, customFields, failure, cancelHref, ...props }: ContactFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const specs = { ...contactSpecs, ...customSpecs(customFields) };
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {contact && <EditBase shown={shownContact(contact, customFields)} failure={failure} specs={specs} />}
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          <Fields contact={contact} failure={failure} {...props} />
        </div>
      </Panel>
      {customFields.length > 0 && (
        <Panel title="Custom fields">
          <div className="grid gap-4 sm:grid-cols-2">
            <CustomFieldInputs
              fields={customFields}
              values={contact?.customFields ?? {}}
              failure={failure}
              members={props.choices.members}
              currency={props.currency}
            />
          </div>
        </Panel>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {contact ? 'Save changes' : 'Create contact'}
        </Button>
        <CreateAnyway stopped={failure?.duplicates} />
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

type FieldsProps = Pick<ContactFormProps, 'contact' | 'company' | 'choices' | 'failure'>;

function Fields({ contact, company = null, choices, failure }: FieldsProps) {
  const author = useOwnerByDefault();
  const errors = failure?.fields;
  const valueOf = (name: ContactField) => (failure ? failure.values[name] : storedText(contact, name)) ?? '';
  const textField = ([name, label]: readonly [ContactField, string]) => (
    <Field key={name} name={name} label={label} required={/Name$/.test(name)} error={errors?.[name]}>
      {(control) => (
        <Input
          {...control}
          defaultValue={valueOf(name)}
          autoComplete="off"
          placeholder={name === 'linkedinUrl' ? 'https://www.linkedin.com/in/…' : undefined}
        />
      )}
    </Field>
  );
  const tags = failure ? (failure.values.tags ?? '') : toTagText(contact?.tags ?? []);
  return (
    <>
      {who.map(textField)}
      <WorkFields contact={contact} company={company} choices={choices} failure={failure} />
      {reach.map(textField)}
      <Field name="type" label="Type" required error={errors?.type}>
        {(control) => <Select {...control} options={types} defaultValue={valueOf('type') || 'LEAD'} />}
      </Field>
      <Field name="status" label="Status" required error={errors?.status}>
        {(control) => <Select {...control} options={statuses} defaultValue={valueOf('status') || 'ACTIVE'} />}
      </Field>
      <Field name="tags" label="Tags" error={errors?.tags} className="sm:col-span-2">
        {(control) => <TagInput control={control} noun="CONTACT" defaultValue={tags} />}
      </Field>
      <OwnershipFields
        choices={choices}
        ownerId={contact || failure ? valueOf('ownerId') : author}
        brandId={valueOf('brandId')}
        errors={errors}
      />
    </>
  );
}

/** How to reach the person, and where they work: a mail address may say it. */
function WorkFields({ contact, company = null, choices, failure }: FieldsProps) {
  const errors = failure?.fields;
  const emails = failure ? linesOf(failure.values.emails) : (contact?.emails ?? []);
  const phones = failure ? linesOf(failure.values.phones) : (contact?.phones ?? []);
  const [email, setEmail] = useState('');
  const [picked, setPicked] = useState(() => pickedCompany(contact, { company, choices, failure }));
  // Taking the offer is a new picker with another beginning: it keeps its choice to itself.
  const [taken, setTaken] = useState(0);
  return (
    <>
      <TextRows
        name="emails"
        label="Email addresses"
        one="an email address"
        values={emails}
        errors={errors}
        inputMode="email"
        onChange={([first]) => setEmail(first ?? '')}
      />
      <TextRows
        name="phones"
        label="Phone numbers"
        one="a phone number"
        values={phones}
        errors={errors}
        inputMode="tel"
      />
      <DuplicateWarning
        noun="CONTACT"
        recordId={contact?.id}
        stopped={failure?.duplicates}
        className="sm:col-span-2"
      />
      <div className="grid gap-1.5 sm:col-span-2">
        <Field name="companyId" label="Company" error={errors?.companyId}>
          {(control) => (
            <RecordPicker
              key={taken}
              control={control}
              noun="company"
              picked={picked}
              choices={choices.companies}
              emptyLabel="No company"
              onPick={setPicked}
            />
          )}
        </Field>
        {picked === null && (
          <CompanyOfMail
            email={email}
            onTake={(found) => {
              setPicked(found);
              setTaken(taken + 1);
            }}
          />
        )}
      </div>
      <AssociatedCompanyRows
        ties={tiesOf(contact, { choices, failure })}
        choices={choices.companies}
        errors={errors}
      />
    </>
  );
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const types = optionsOf(contactTypeLabels);
const statuses = optionsOf(contactStatusLabels);
