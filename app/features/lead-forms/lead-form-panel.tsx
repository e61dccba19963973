import { Form, useNavigation } from '@remix-run/react';
import type { LeadForm } from '../../../server/domain/lead-forms/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatCount, formatDateTime, formatRelative } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox } from '../../ui/input.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { type Choices, LeadFormFields } from './lead-form-fields.tsx';

export interface LeadFormPanelProps extends Choices {
  form: LeadForm;
  failure: FormFailure | undefined;
  now: string;
  timeZone: string;
}

/** One place that leads come from: what came of it, and what may be changed. */
export function LeadFormPanel(props: LeadFormPanelProps) {
  const { form, failure } = props;
  const isGoogle = form.source === 'GOOGLE';
  return (
    <Panel
      title={form.name}
      description={isGoogle ? 'Google lead forms with this key' : `Facebook page ${form.pageId}`}
      actions={!form.isActive && <Badge tone="warning">Off</Badge>}
    >
      <div className="grid gap-4">
        {form.pollError !== null && form.isActive && (
          <Callout tone="warning" title="Meta could not be asked for leads">
            {form.pollError}
          </Callout>
        )}
        <Facts {...props} />
        <FormErrorSummary formError={failure?.message} />
        <details open={failure !== undefined}>
          <summary className="link inline-block py-1">Change {form.name}</summary>
          <div className="grid gap-6 pt-3">
            <ChangeForm {...props} />
            {isGoogle && <KeyForm form={form} />}
            <ActiveForm form={form} />
          </div>
        </details>
      </div>
    </Panel>
  );
}

function Facts({ form, now, timeZone }: LeadFormPanelProps) {
  const leads =
    form.leadCount === 0
      ? 'none so far'
      : `${formatCount(form.leadCount)}, the last ${formatRelative(form.lastLeadAt, now)}`;
  const ofSource =
    form.source === 'GOOGLE'
      ? [
          { term: 'Key made', value: formatDateTime(form.keyMadeAt, timeZone) },
          ...(form.previousKeyUntil
            ? [
                {
                  term: 'Key of before',
                  value: `counts until ${formatDateTime(form.previousKeyUntil, timeZone)}`,
                },
              ]
            : []),
        ]
      : [{ term: 'Asked for leads', value: form.polledAt ? formatRelative(form.polledAt, now) : 'not yet' }];
  return (
    <DetailList
      details={[
        { term: 'Leads', value: leads },
        { term: 'Brand', value: form.brandName },
        { term: 'Owner', value: form.ownerName },
        ...ofSource,
      ]}
    />
  );
}

function useIsSending(): boolean {
  return useNavigation().state !== 'idle';
}

function Hidden({ form, intent }: { form: LeadForm; intent: string }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="leadFormId" value={form.id} />
      <input type="hidden" name="expectedVersion" value={form.version} />
    </>
  );
}

function ChangeForm({ form, failure, brands, members }: LeadFormPanelProps) {
  return (
    <Form method="post" preventScrollReset className="grid gap-4">
      <Hidden form={form} intent="update" />
      <div className="grid gap-4 sm:grid-cols-3">
        <LeadFormFields formId={form.id} form={form} failure={failure} brands={brands} members={members} />
      </div>
      <p className="text-sm text-muted">
        Leads that come from now on become theirs; contacts of before stay.
      </p>
      <div>
        <Button type="submit" isPending={useIsSending()}>
          Save
        </Button>
      </div>
    </Form>
  );
}

function KeyForm({ form }: { form: LeadForm }) {
  return (
    <Form method="post" preventScrollReset className="grid justify-items-start gap-2">
      <Hidden form={form} intent="rotate" />
      <Checkbox
        name="keepsOldKey"
        value="yes"
        label="The key of before counts for two days more"
        hint="Until the new one is entered at Google, which does not send again what was refused. Untick it where the key became known to others."
        defaultChecked
      />
      <Button type="submit" isPending={useIsSending()}>
        Make a new key
      </Button>
    </Form>
  );
}

function ActiveForm({ form }: { form: LeadForm }) {
  return (
    <Form method="post" preventScrollReset className="grid justify-items-start gap-2">
      <Hidden form={form} intent={form.isActive ? 'deactivate' : 'activate'} />
      <p className="text-muted">
        {form.isActive ? offWords(form) : 'Nothing is taken from here until it is switched on again.'}
      </p>
      <Button type="submit" isPending={useIsSending()}>
        {form.isActive ? 'Switch off' : 'Switch on'}
      </Button>
    </Form>
  );
}

function offWords({ source }: LeadForm): string {
  return source === 'GOOGLE'
    ? 'Switched off, its key is refused, and Google does not send those leads again.'
    : 'Switched off, the page’s leads wait for 30 days, and come in when it is switched on within them.';
}
