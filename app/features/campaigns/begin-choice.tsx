import { Copy, FilePlus2, Handshake, LayoutTemplate } from 'lucide-react';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';

export interface BeginChoiceProps {
  deals: readonly RecordChoice[];
  campaigns: readonly RecordChoice[];
  /** Null for who reads none. */
  templates: readonly { id: string; name: string; brandName: string | null }[] | null;
}

/** How a campaign begins: four ways, each with what it needs to know. All lead to one form. */
export function BeginChoice({ deals, campaigns, templates }: BeginChoiceProps) {
  return (
    <ul className="begin-choice">
      <Way icon={<FilePlus2 aria-hidden="true" />} title="From scratch" text="An empty form.">
        <form method="get" action={paths.newCampaign()}>
          <input type="hidden" name="from" value="scratch" />
          <Button type="submit" variant="primary">
            Begin
          </Button>
        </form>
      </Way>
      <Way
        icon={<Handshake aria-hidden="true" />}
        title="From a deal"
        text="Carries over its budget, brand, days and contacts."
      >
        <PickForm name="dealId" noun="deal" label="Deal" choices={deals} />
      </Way>
      {templates && (
        <Way
          icon={<LayoutTemplate aria-hidden="true" />}
          title="From a template"
          text="A plan that your agency keeps: objective, length, rules, split."
        >
          <TemplateForm templates={templates} />
        </Way>
      )}
      <Way
        icon={<Copy aria-hidden="true" />}
        title="As a copy"
        text="Another campaign’s plan, moved to new days."
      >
        <PickForm name="copyOf" noun="campaign" label="Campaign" choices={campaigns} />
      </Way>
    </ul>
  );
}

interface WayProps {
  icon: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}

function Way({ icon, title, text, children }: WayProps) {
  return (
    <li className="begin-way">
      {icon}
      <div className="min-w-0">
        <h2 className="text-md">{title}</h2>
        <p className="text-muted">{text}</p>
      </div>
      {children}
    </li>
  );
}

interface PickFormProps {
  name: 'dealId' | 'copyOf';
  noun: 'deal' | 'campaign';
  label: string;
  choices: readonly RecordChoice[];
}

function PickForm({ name, noun, label, choices }: PickFormProps) {
  return (
    <form method="get" action={paths.newCampaign()} className="begin-form">
      <Field name={name} label={label} hidesOptional>
        {(control) => (
          <RecordPicker
            control={control}
            noun={noun}
            picked={null}
            choices={choices}
            emptyLabel={`Choose a ${noun}`}
          />
        )}
      </Field>
      <Button type="submit" aria-label={`Begin ${noun === 'deal' ? 'from this deal' : 'with this copy'}`}>
        Begin
      </Button>
    </form>
  );
}

function TemplateForm({ templates }: { templates: NonNullable<BeginChoiceProps['templates']> }) {
  if (templates.length === 0)
    return (
      <p className="text-muted">
        None yet. Any campaign’s plan can be kept as one,{' '}
        <a className="link" href={paths.campaignTemplates()}>
          see templates
        </a>
        .
      </p>
    );
  return (
    <form method="get" action={paths.newCampaign()} className="begin-form">
      <Field name="templateId" label="Template" hidesOptional>
        {(control) => (
          <Select
            {...control}
            emptyLabel="Choose a template"
            options={templates.map(({ id, name, brandName }) => ({
              value: id,
              label: brandName ? `${name} (${brandName})` : name,
            }))}
          />
        )}
      </Field>
      <Button type="submit" aria-label="Begin from this template">
        Begin
      </Button>
    </form>
  );
}
