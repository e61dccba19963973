import { Form, useNavigation } from '@remix-run/react';
import type { Member } from '../../../server/domain/members/schema.ts';
import type { Brand } from '../../../server/domain/organizations/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Checkbox, Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface BrandPanelProps {
  brand: Brand;
  members: readonly Member[];
  canWrite: boolean;
  /** The refusal of this brand's own form. */
  failure: FormFailure | undefined;
}

/** One brand: who works for it, who signs in from it, and what may be changed. */
export function BrandPanel({ brand, members, canWrite, failure }: BrandPanelProps) {
  // Owners, admins and viewers of the agency see every brand: an assignment is a member's alone.
  const staff = members.filter(({ brandId, role }) => brandId === null && role === 'MEMBER');
  const clients = members.filter(({ id }) => brand.clientUserIds.includes(id));
  const assigned = staff.filter(({ id }) => brand.assignedUserIds.includes(id));
  return (
    <Panel
      title={brand.name}
      description={brand.slug}
      actions={!brand.isActive && <Badge tone="warning">Inactive</Badge>}
    >
      <div className="grid gap-4">
        <FormErrorSummary formError={failure?.message} />
        <dl className="grid gap-3 sm:grid-cols-2">
          <People term="Assigned members" people={assigned} nobody="Nobody yet" />
          <People term="Client logins" people={clients} nobody="None" />
        </dl>
        {canWrite && (
          <details open={failure !== undefined}>
            <summary className="link inline-block py-1">Change {brand.name}</summary>
            <div className="grid gap-5 pt-3 sm:grid-cols-2">
              <AssignForm brand={brand} staff={staff} />
              <div className="grid content-start gap-4">
                <RenameForm brand={brand} failure={failure} />
                <ActiveForm brand={brand} />
              </div>
            </div>
          </details>
        )}
      </div>
    </Panel>
  );
}

function People({ term, people, nobody }: { term: string; people: readonly Member[]; nobody: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="break-words">{people.map(({ name }) => name).join(', ') || nobody}</dd>
    </div>
  );
}

function useIsSending(): boolean {
  return useNavigation().state !== 'idle';
}

function Hidden({ brand, intent }: { brand: Brand; intent: string }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="brandId" value={brand.id} />
      <input type="hidden" name="expectedVersion" value={brand.version} />
    </>
  );
}

function AssignForm({ brand, staff }: { brand: Brand; staff: readonly Member[] }) {
  return (
    <Form method="post" preventScrollReset>
      <Hidden brand={brand} intent="assign" />
      <fieldset className="grid gap-1.5">
        <legend className="pb-1 font-medium">Members who work for it</legend>
        {staff.length === 0 && <p className="text-muted">The agency has no members to assign yet.</p>}
        {staff.map(({ id, name, email }) => (
          <Checkbox
            key={id}
            name="userIds"
            value={id}
            label={name}
            hint={email ?? ''}
            defaultChecked={brand.assignedUserIds.includes(id)}
          />
        ))}
      </fieldset>
      <Button type="submit" className="mt-3" isPending={useIsSending()}>
        Save assignments
      </Button>
    </Form>
  );
}

function RenameForm({ brand, failure }: { brand: Brand; failure: FormFailure | undefined }) {
  return (
    <Form method="post" preventScrollReset className="grid justify-items-start gap-3">
      <Hidden brand={brand} intent="rename" />
      <Field
        name="name"
        id={`name-${brand.id}`}
        label="Name"
        required
        error={failure?.fields.name}
        className="w-full"
      >
        {(control) => (
          <Input {...control} defaultValue={failure?.values.name ?? brand.name} autoComplete="off" />
        )}
      </Field>
      <Button type="submit" isPending={useIsSending()}>
        Rename
      </Button>
    </Form>
  );
}

function ActiveForm({ brand }: { brand: Brand }) {
  return (
    <Form method="post" preventScrollReset className="grid justify-items-start gap-2">
      <Hidden brand={brand} intent={brand.isActive ? 'deactivate' : 'activate'} />
      <p className="text-muted">
        {brand.isActive
          ? 'An inactive brand can’t be chosen for new records, and its client logins end. Its records stay.'
          : 'Nobody can choose this brand for new records, and its clients can’t sign in.'}
      </p>
      <Button type="submit" isPending={useIsSending()}>
        {brand.isActive ? 'Deactivate' : 'Activate'}
      </Button>
    </Form>
  );
}
