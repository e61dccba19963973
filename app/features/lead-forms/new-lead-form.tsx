import { Form, useNavigation } from '@remix-run/react';
import type { LeadAddresses } from '../../../server/domain/lead-forms/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type Choices, LeadFormFields } from './lead-form-fields.tsx';

export interface NewLeadFormProps extends Choices {
  addresses: LeadAddresses;
  failure: FormFailure | undefined;
}

/** Where a key for Google's lead forms is made. */
export function NewGoogleForm({ addresses, failure, brands, members }: NewLeadFormProps) {
  const isPending = useNavigation().formData?.get('intent') === 'create-google';
  return (
    <Panel
      title="New key for Google"
      description="One key for one form, or for all forms of a brand. Google sends the whole lead."
    >
      {addresses.google.isOn ? (
        <Form method="post" preventScrollReset className="grid gap-4">
          <FormErrorSummary formError={failure?.message} />
          <input type="hidden" name="intent" value="create-google" />
          <div className="grid gap-4 sm:grid-cols-3">
            <LeadFormFields formId="google" form={null} failure={failure} brands={brands} members={members} />
          </div>
          <div>
            <Button type="submit" variant="primary" isPending={isPending}>
              Make a key
            </Button>
          </div>
        </Form>
      ) : (
        <p className="text-muted">
          Google is off here: an administrator sets GOOGLE_ADS_CLIENT_ID and GOOGLE_ADS_CLIENT_SECRET.
        </p>
      )}
    </Panel>
  );
}

/** Where a Facebook page is named. */
export function NewFacebookPage(props: NewLeadFormProps) {
  const { addresses, failure, brands, members } = props;
  const isPending = useNavigation().formData?.get('intent') === 'create-meta';
  return (
    <Panel
      title="New Facebook page"
      description="Meta tells which lead came; who it is and what they answered is read with the agency’s own connection."
    >
      {addresses.meta.isOn ? (
        <div className="grid gap-4">
          <MetaState meta={addresses.meta} />
          <Form method="post" preventScrollReset className="grid gap-4">
            <FormErrorSummary formError={failure?.message} />
            <input type="hidden" name="intent" value="create-meta" />
            <div className="grid gap-4 sm:grid-cols-2">
              <LeadFormFields formId="meta" form={null} failure={failure} brands={brands} members={members} />
              <Field
                name="pageId"
                label="Page number"
                required
                hint="In the page’s settings, under page transparency."
                error={failure?.fields.pageId}
              >
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    autoComplete="off"
                    defaultValue={failure?.values.pageId}
                  />
                )}
              </Field>
            </div>
            <div>
              <Button type="submit" variant="primary" isPending={isPending}>
                Add the page
              </Button>
            </div>
          </Form>
        </div>
      ) : (
        <p className="text-muted">Meta is off here: an administrator sets META_APP_ID and META_APP_SECRET.</p>
      )}
    </Panel>
  );
}

/** What stands between Meta and a first lead. */
function MetaState({ meta }: { meta: LeadAddresses['meta'] }) {
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted">Meta’s callback address</span>
        <code className="min-w-0 text-sm break-all">{meta.address}</code>
        <CopyButton value={meta.address} label="Copy Meta’s address" />
      </div>
      {!meta.hasVerifyToken && (
        <Callout tone="warning" title="Meta’s handshake would fail">
          No verify token is set: an administrator sets META_WEBHOOK_VERIFY_TOKEN, and enters the same at
          Meta.
        </Callout>
      )}
      {!meta.canReadLeads && (
        <Callout tone="warning" title="Nobody who connected Meta lets leads be read">
          Leads would wait under Webhooks.{' '}
          <a href={paths.connectAdAccounts()} className="link">
            Connect Meta
          </a>{' '}
          as somebody who manages the page’s leads, with every permission left ticked.
        </Callout>
      )}
    </div>
  );
}
