import { Form, useNavigation } from '@remix-run/react';
import type { Company } from '../../../server/domain/companies/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CustomFieldInputs } from '../custom-fields/custom-field-inputs.tsx';
import { type FormField, shownCustomFields } from '../custom-fields/custom-values.ts';
import { CreateAnyway, DuplicateWarning } from '../duplicates/duplicate-warning.tsx';
import { EditBase } from '../records/edit-base.tsx';
import { customSpecs } from '../records/field-specs.ts';
import { type OwnershipChoices, OwnershipFields, useOwnerByDefault } from '../records/ownership-fields.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { TagInput } from '../records/tag-input.tsx';
import { TextRows } from '../records/text-rows.tsx';
import { companySpecs } from './company-fields.ts';
import { companySizeLabels, companyTypeLabels } from './labels.ts';

/** What tells one company from another: what may be a duplicate is said right below. */
const identity = [
  ['name', 'Name'],
  ['legalName', 'Legal name'],
  ['website', 'Website'],
  ['email', 'Email'],
] as const;

const about = [
  ['phone', 'Phone'],
  ['industry', 'Industry'],
  ['linkedinUrl', 'LinkedIn'],
  ['xHandle', 'X handle'],
] as const;

const place = [
  ['street', 'Street'],
  ['postalCode', 'Postal code'],
  ['city', 'City'],
  ['state', 'State or region'],
  ['country', 'Country'],
] as const;

/** The fields of the form, as its action reads them; domains, tags and custom fields have readers of their own. */
export const companyFields = [
  ...[...identity, ...about, ...place].map(([name]) => name),
  'type',
  'size',
  'parentId',
  'ownerId',
  'brandId',
] as const;
export const companyRows = ['domains'] as const;

type FieldName = (typeof companyFields)[number];

const placeholders: Partial<Record<FieldName, string>> = {
  website: 'https://example.com',
  linkedinUrl: 'https://www.linkedin.com/company/…',
};

export interface CompanyFormProps {
  company: Company | null;
  choices: OwnershipChoices & { companies: readonly RecordChoice[] };
  customFields: readonly (FormField & Parameters<typeof customSpecs>[0][number])[];
  /** The agency's own. */
  currency: string;
  failure: FormFailure | undefined;
  cancelHref: string;
}

/** A new company, or one to change. What was typed stays when the procedure refuses it. */
export function CompanyForm({ company, customFields, failure, cancelHref, ...props }: CompanyFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const specs = { ...companySpecs, ...customSpecs(customFields) };
  const stored = company?.customFields ?? {};
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {company && <EditBase shown={shownOf(company, customFields)} failure={failure} specs={specs} />}
      <Fields company={company} failure={failure} {...props} />
      {customFields.length > 0 && (
        <Panel title="Custom fields">
          <div className="grid gap-4 sm:grid-cols-2">
            <CustomFieldInputs
              fields={customFields}
              values={stored}
              failure={failure}
              members={props.choices.members}
              currency={props.currency}
            />
          </div>
        </Panel>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {company ? 'Save changes' : 'Create company'}
        </Button>
        <CreateAnyway stopped={failure?.duplicates} />
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

type FieldsProps = Pick<CompanyFormProps, 'company' | 'choices' | 'failure'>;

function Fields({ company, choices, failure }: FieldsProps) {
  const author = useOwnerByDefault();
  const errors = failure?.fields;
  const valueOf = (name: FieldName) => (failure ? failure.values[name] : company?.[name]) ?? '';
  const textField = ([name, label]: readonly [FieldName, string]) => (
    <Field key={name} name={name} label={label} required={name === 'name'} error={errors?.[name]}>
      {(control) => (
        <Input
          {...control}
          defaultValue={valueOf(name)}
          placeholder={placeholders[name]}
          autoComplete="off"
        />
      )}
    </Field>
  );
  const domains = failure ? linesOf(failure.values.domains) : (company?.domains ?? []);
  const tags = failure ? (failure.values.tags ?? '') : toTagText(company?.tags ?? []);
  return (
    <>
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          {identity.map(textField)}
          <DuplicateWarning
            noun="COMPANY"
            recordId={company?.id}
            stopped={failure?.duplicates}
            className="sm:col-span-2"
          />
          {about.map(textField)}
          <TextRows name="domains" label="Domains" one="a domain" values={domains} errors={errors} />
          <Standing company={company} choices={choices} failure={failure} />
          <Field name="tags" label="Tags" error={errors?.tags} className="sm:col-span-2">
            {(control) => <TagInput control={control} noun="COMPANY" defaultValue={tags} />}
          </Field>
          <OwnershipFields
            choices={choices}
            ownerId={company || failure ? valueOf('ownerId') : author}
            brandId={valueOf('brandId')}
            errors={errors}
          />
        </div>
      </Panel>
      <Panel title="Address">
        <div className="grid gap-4 sm:grid-cols-2">{place.map(textField)}</div>
      </Panel>
    </>
  );
}

/** What it is to the agency, how large it is, and whom it belongs to. */
function Standing({ company, choices, failure }: FieldsProps) {
  const errors = failure?.fields;
  const valueOf = (name: 'type' | 'size') => (failure ? failure.values[name] : company?.[name]) ?? '';
  return (
    <>
      <Field name="parentId" label="Parent company" error={errors?.parentId}>
        {(control) => (
          <RecordPicker
            control={control}
            noun="company"
            picked={parentOf(company, choices.companies, failure)}
            choices={choices.companies}
            emptyLabel="No parent"
          />
        )}
      </Field>
      <Field name="type" label="Type" required error={errors?.type}>
        {(control) => (
          <Select
            {...control}
            options={optionsOf(companyTypeLabels)}
            defaultValue={valueOf('type') || 'PROSPECT'}
          />
        )}
      </Field>
      <Field name="size" label="Size" error={errors?.size}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Unknown"
            options={optionsOf(companySizeLabels)}
            defaultValue={valueOf('size')}
          />
        )}
      </Field>
    </>
  );
}

function parentOf(
  company: Company | null,
  companies: readonly RecordChoice[],
  failure: FormFailure | undefined,
): RecordChoice | null {
  const stored = company?.parentId
    ? { id: company.parentId, name: company.parentName ?? 'Not yours to see' }
    : null;
  if (!failure) return stored;
  const typed = failure.values.parentId;
  return typed === stored?.id ? stored : (companies.find(({ id }) => id === typed) ?? null);
}

function shownOf(company: Company, customFields: readonly FormField[]) {
  return {
    ...Object.fromEntries(companyFields.map((name) => [name, company[name] ?? ''])),
    domains: company.domains.length === 0 ? '' : company.domains,
    tags: toTagText(company.tags),
    ...shownCustomFields(customFields, company.customFields),
  };
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split('\n').filter((line) => line !== '');
}

function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
