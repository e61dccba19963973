import { Form, useNavigation } from '@remix-run/react';
import type { Company } from '../../../server/domain/companies/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EditBase } from '../records/edit-base.tsx';
import { type OwnershipChoices, OwnershipFields } from '../records/ownership-fields.tsx';
import { companySpecs } from './company-fields.ts';
import { companySizeLabels, companyTypeLabels } from './labels.ts';

const texts = [
  ['name', 'Name'],
  ['legalName', 'Legal name'],
  ['industry', 'Industry'],
  ['website', 'Website'],
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['street', 'Street'],
  ['city', 'City'],
  ['state', 'State or region'],
  ['postalCode', 'Postal code'],
  ['country', 'Country'],
  ['linkedinUrl', 'LinkedIn'],
  ['xHandle', 'X handle'],
] as const;

/** The fields of the form, as its action reads them. */
export const companyFields = [...texts.map(([name]) => name), 'type', 'size', 'ownerId', 'brandId'] as const;

const hints: Partial<Record<(typeof texts)[number][0], string>> = {
  website: 'The full address, for example https://example.com',
};

export interface CompanyFormProps {
  company: Company | null;
  choices: OwnershipChoices;
  failure: FormFailure | undefined;
  cancelHref: string;
}

/** A new company, or one to change. What was typed stays when the procedure refuses it. */
export function CompanyForm({ company, choices, failure, cancelHref }: CompanyFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const valueOf = (name: (typeof companyFields)[number]) =>
    (failure ? failure.values[name] : company?.[name]) ?? '';
  return (
    <Form method="post" className="grid max-w-160 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {company && <EditBase shown={shownOf(company)} failure={failure} specs={companySpecs} />}
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          {texts.map(([name, label]) => (
            <Field
              key={name}
              name={name}
              label={label}
              required={name === 'name'}
              hint={hints[name]}
              error={failure?.fields[name]}
            >
              {(control) => <Input {...control} defaultValue={valueOf(name)} autoComplete="off" />}
            </Field>
          ))}
          <Field name="type" label="Type" required error={failure?.fields.type}>
            {(control) => (
              <Select
                {...control}
                options={optionsOf(companyTypeLabels)}
                defaultValue={valueOf('type') || 'PROSPECT'}
              />
            )}
          </Field>
          <Field name="size" label="Size" error={failure?.fields.size}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="Unknown"
                options={optionsOf(companySizeLabels)}
                defaultValue={valueOf('size')}
              />
            )}
          </Field>
          <OwnershipFields
            choices={choices}
            ownerId={valueOf('ownerId')}
            brandId={valueOf('brandId')}
            errors={failure?.fields}
          />
        </div>
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {company ? 'Save changes' : 'Create company'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

function shownOf(company: Company) {
  return Object.fromEntries(companyFields.map((name) => [name, company[name] ?? '']));
}

function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
