import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { CampaignTemplate } from '../../../server/domain/campaign-templates/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface TemplateFormProps {
  /** Null: a new one. */
  template: CampaignTemplate | null;
  /** What a new one begins with. */
  initial?: { name: string; brandId: string };
  brands: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
  cancelHref: string;
  /** Whose plan a new one keeps. */
  children?: ReactNode;
}

/** What a template is called and for whom it is; its plan is the campaign's that it was made of. */
export function TemplateForm({
  template,
  initial,
  brands,
  failure,
  cancelHref,
  children,
}: TemplateFormProps) {
  const isPending = useNavigation().formData?.get('intent') === 'save';
  const errors = failure?.fields;
  const stored = {
    name: template?.name ?? initial?.name ?? '',
    description: template?.description ?? '',
    brandId: template ? (template.brandId ?? '') : (initial?.brandId ?? ''),
  };
  const valueOf = (name: keyof typeof stored) => (failure ? (failure.values[name] ?? '') : stored[name]);
  return (
    <Form method="post" className="grid max-w-160 gap-4" key={template?.version}>
      <FormErrorSummary formError={failure?.message} />
      {template && <input type="hidden" name="expectedVersion" value={template.version} />}
      <Panel>
        <div className="grid gap-4">
          {children}
          <Field name="name" label="Name" required error={errors?.name}>
            {(control) => <Input {...control} defaultValue={valueOf('name')} autoComplete="off" />}
          </Field>
          <Field
            name="brandId"
            label="For"
            hint="A brand’s template is offered to its campaigns alone."
            hidesOptional
            error={errors?.brandId}
          >
            {(control) => (
              <Select
                {...control}
                emptyLabel="Every brand"
                options={brands.map(({ id, name }) => ({ value: id, label: name }))}
                defaultValue={valueOf('brandId')}
              />
            )}
          </Field>
          <Field name="description" label="Description" error={errors?.description}>
            {(control) => <Textarea {...control} rows={3} defaultValue={valueOf('description')} />}
          </Field>
        </div>
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" name="intent" value="save" variant="primary" isPending={isPending}>
          {template ? 'Save changes' : 'Keep as a template'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}
