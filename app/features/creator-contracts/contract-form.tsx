import { Form, useNavigation } from '@remix-run/react';
import type { Contract } from '../../../server/domain/creator-contracts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type OwnershipChoices, OwnershipFields, useOwnerByDefault } from '../records/ownership-fields.tsx';
import { contractValues, rightValues, type UsageRightValues } from './contract-form-values.ts';
import { ExclusivityFields } from './exclusivity-fields.tsx';
import { UsageRightRows } from './usage-right-rows.tsx';

/** A refusal with the lines of usage rights as they were typed. */
export interface ContractFailure extends FormFailure {
  rights: UsageRightValues[];
}

export interface ContractFormProps {
  contract: Contract | null;
  choices: OwnershipChoices & { campaigns: readonly { id: string; name: string }[] };
  /** The agency's own; a fee without a currency is in the campaign's, else in it. */
  reportingCurrency: string;
  failure: ContractFailure | undefined;
  cancelHref: string;
}

const begunAs = [
  { value: 'DRAFT', label: 'Draft' },
  { value: 'SENT', label: 'Sent to the creator' },
  { value: 'SIGNED', label: 'Signed already' },
];

/** What is agreed with a creator: new, or to change. What was typed stays when the procedure refuses it. */
export function ContractForm({ contract, choices, failure, cancelHref, ...props }: ContractFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const owner = useOwnerByDefault();
  const stored: Readonly<Record<string, string>> = contract ? contractValues(contract) : { ownerId: owner };
  const valueOf = (name: string) => (failure ? failure.values[name] : stored[name]) ?? '';
  const errors = failure?.fields ?? {};
  const rights = failure?.rights ?? (contract ? rightValues(contract) : []);
  const fields = { valueOf, errors };
  return (
    <Form method="post" className="grid max-w-200 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {contract && <input type="hidden" name="expectedVersion" value={contract.version} />}
      <Terms {...fields} {...props} choices={choices} isNew={contract === null} />
      <ExclusivityFields {...fields} />
      <Panel title="Usage rights" description="Where the brand may use the content, and for how long.">
        <UsageRightRows rights={rights} errors={errors} />
      </Panel>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={isPending}>
          {contract ? 'Save changes' : 'Create contract'}
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </Form>
  );
}

interface TermsProps extends Pick<ContractFormProps, 'choices' | 'reportingCurrency'> {
  valueOf: (name: string) => string;
  errors: Readonly<Record<string, string>>;
  isNew: boolean;
}

function Terms({ valueOf, errors, choices, reportingCurrency, isNew }: TermsProps) {
  const day = (name: string, label: string, hint?: string) => (
    <Field name={name} label={label} hint={hint} error={errors[name]}>
      {(control) => <Input {...control} type="date" defaultValue={valueOf(name)} />}
    </Field>
  );
  const number = (name: string, label: string, error?: string) => (
    <Field name={name} label={label} error={error}>
      {(control) => <Input {...control} numeric autoComplete="off" defaultValue={valueOf(name)} />}
    </Field>
  );
  return (
    <Panel title="Terms">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="title" label="Title" required error={errors.title} className="sm:col-span-2">
          {(control) => <Input {...control} autoComplete="off" defaultValue={valueOf('title')} />}
        </Field>
        {isNew && (
          <Field name="status" label="Begins as" required error={errors.status}>
            {(control) => (
              <Select {...control} options={begunAs} defaultValue={valueOf('status') || 'DRAFT'} />
            )}
          </Field>
        )}
        {isNew && day('signedOn', 'Signed on', 'Where it is signed already. Empty means today.')}
        {day('startsOn', 'Begins')}
        {day('endsOn', 'Ends')}
        {number('fee', 'Fee', errors.fee ?? errors['fee.amount'])}
        <Field name="currency" label="Currency" error={errors.currency}>
          {(control) => (
            <Input
              {...control}
              maxLength={3}
              autoComplete="off"
              placeholder={reportingCurrency}
              defaultValue={valueOf('currency')}
            />
          )}
        </Field>
        {number('commissionPercent', 'Commission in percent', errors.commissionPercent)}
        <Field name="campaignId" label="Campaign" error={errors.campaignId}>
          {(control) => (
            <Select
              {...control}
              emptyLabel="No campaign"
              options={choices.campaigns.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={valueOf('campaignId')}
            />
          )}
        </Field>
        <OwnershipFields
          choices={choices}
          ownerId={valueOf('ownerId')}
          brandId={valueOf('brandId')}
          errors={errors}
        />
        <Field name="note" label="Note" error={errors.note} className="sm:col-span-2">
          {(control) => <Textarea {...control} rows={3} defaultValue={valueOf('note')} />}
        </Field>
      </div>
    </Panel>
  );
}
