import type { LeadForm } from '../../../server/domain/lead-forms/schema.ts';
import type { Member } from '../../../server/domain/members/schema.ts';
import type { Brand } from '../../../server/domain/organizations/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';

export interface Choices {
  brands: readonly Pick<Brand, 'id' | 'name' | 'isActive'>[];
  members: readonly Pick<Member, 'id' | 'name' | 'brandId'>[];
}

export interface LeadFormFieldsProps extends Choices {
  /** Tells the fields of one form from those of another on the page. */
  formId: string;
  form: LeadForm | null;
  failure: FormFailure | undefined;
}

/** What a form is called, and whose the contacts become. */
export function LeadFormFields({ formId, form, failure, brands, members }: LeadFormFieldsProps) {
  const typed = failure?.values;
  const staff = members.filter(({ brandId }) => brandId === null);
  const known = brands.filter(({ isActive, id }) => isActive || id === form?.brandId);
  return (
    <>
      <Field name="name" id={`name-${formId}`} label="Name" required error={failure?.fields.name}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={200}
            defaultValue={typed ? (typed.name ?? '') : (form?.name ?? '')}
          />
        )}
      </Field>
      <Field name="brandId" id={`brandId-${formId}`} label="Brand" error={failure?.fields.brandId}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="No brand"
            options={known.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={typed ? (typed.brandId ?? '') : (form?.brandId ?? '')}
          />
        )}
      </Field>
      <Field name="ownerId" id={`ownerId-${formId}`} label="Owner" error={failure?.fields.ownerId}>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Nobody yet"
            options={staff.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={typed ? (typed.ownerId ?? '') : (form?.ownerId ?? '')}
          />
        )}
      </Field>
    </>
  );
}
