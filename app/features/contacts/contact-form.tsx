import { Form, useNavigation } from '@remix-run/react';
import type { Contact } from '../../../server/domain/contacts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EditBase } from '../records/edit-base.tsx';
import { listError } from '../records/list-error.ts';
import { type OwnershipChoices, OwnershipFields } from '../records/ownership-fields.tsx';
import { contactSpecs } from './contact-fields.ts';
import { contactStatusLabels, contactTypeLabels } from './labels.ts';

const who = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['title', 'Title'],
  ['department', 'Department'],
] as const;

const reach = [
  ['mobile', 'Mobile'],
  ['source', 'Source'],
  ['linkedinUrl', 'LinkedIn'],
  ['xHandle', 'X handle'],
] as const;

const lists = [
  ['emails', 'Email addresses'],
  ['phones', 'Phone numbers'],
] as const;

/** The fields of the form, as its action reads them; those of `contactLists` hold one value a line. */
export const contactFields = [
  ...[...who, ...reach].map(([name]) => name),
  'companyId',
  'type',
  'status',
  'ownerId',
  'brandId',
] as const;
export const contactLists = ['emails', 'phones'] as const;

type FieldName = (typeof contactFields)[number] | (typeof contactLists)[number];

export interface ContactFormProps {
  contact: Contact | null;
  /** What a new contact begins with. */
  initial?: Partial<Record<FieldName, string>>;
  choices: OwnershipChoices & { companies: readonly { id: string; name: string }[] };
  failure: FormFailure | undefined;
  cancelHref: string;
}

/** A new contact, or one to change. What was typed stays when the procedure refuses it. */
export function ContactForm({ contact, initial = {}, choices, failure, cancelHref }: ContactFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const valueOf = (name: FieldName) =>
    (failure ? failure.values[name] : (storedValue(contact, name) ?? initial[name])) ?? '';
  const errors = failure?.fields;
  const textField = ([name, label]: readonly [FieldName, string]) => (
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
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {contact && <EditBase shown={shownOf(contact)} failure={failure} specs={contactSpecs} />}
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          {who.map(textField)}
          <Field name="companyId" label="Company" error={errors?.companyId} className="sm:col-span-2">
            {(control) => (
              <Select
                {...control}
                emptyLabel="No company"
                options={choices.companies.map(({ id, name }) => ({ value: id, label: name }))}
                defaultValue={valueOf('companyId')}
              />
            )}
          </Field>
          {lists.map(([name, label]) => (
            <Field key={name} name={name} label={label} hint="One a line" error={listError(errors, name)}>
              {(control) => <Textarea {...control} rows={3} defaultValue={valueOf(name)} />}
            </Field>
          ))}
          {reach.map(textField)}
          <Field name="type" label="Type" required error={errors?.type}>
            {(control) => <Select {...control} options={types} defaultValue={valueOf('type') || 'LEAD'} />}
          </Field>
          <Field name="status" label="Status" required error={errors?.status}>
            {(control) => (
              <Select {...control} options={statuses} defaultValue={valueOf('status') || 'ACTIVE'} />
            )}
          </Field>
          <OwnershipFields
            choices={choices}
            ownerId={valueOf('ownerId')}
            brandId={valueOf('brandId')}
            errors={errors}
          />
        </div>
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {contact ? 'Save changes' : 'Create contact'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const types = optionsOf(contactTypeLabels);
const statuses = optionsOf(contactStatusLabels);

function shownOf(contact: Contact) {
  const names = [...contactFields, ...contactLists];
  return Object.fromEntries(names.map((name) => [name, storedValue(contact, name) ?? '']));
}

function storedValue(contact: Contact | null, name: FieldName): string | undefined {
  if (!contact) return undefined;
  const value = contact[name];
  return (typeof value === 'object' ? value?.join('\n') : value) ?? '';
}
