import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Panel } from '../../ui/panel.tsx';
import { deliverableValues, termValues } from './assignment-form-values.ts';
import type { AssignmentFailure } from './assignments.server.ts';
import { DeliverableRows } from './deliverable-rows.tsx';
import { Obstacles, Override } from './obstacles.tsx';
import { TermFields } from './term-fields.tsx';

export interface AssignmentFormProps {
  /** Null: somebody is assigned. */
  assignment: CampaignCreator | null;
  failure: AssignmentFailure | undefined;
  currency: string;
  canOverride: boolean;
  cancelHref: string;
  /** What the form holds first: whom it is about. */
  children?: ReactNode;
}

/** A creator's work on a campaign. What stands against it is said with its clause; whoever may can do it all the same. */
export function AssignmentForm({
  assignment,
  failure,
  currency,
  canOverride,
  ...parts
}: AssignmentFormProps) {
  const isPending = useNavigation().state !== 'idle';
  const stored = assignment && termValues(assignment);
  const errors = failure?.fields ?? {};
  const obstacles = failure?.obstacles ?? null;
  return (
    <Form method="post" className="grid max-w-200 gap-4">
      <FormErrorSummary formError={failure?.message} />
      {assignment && <input type="hidden" name="expectedVersion" value={assignment.version} />}
      {obstacles && <Obstacles obstacles={obstacles} />}
      <Panel>
        <div className="grid gap-4">
          {parts.children}
          <TermFields
            valueOf={(name) => (failure ? (failure.values[name] ?? '') : (stored?.[name] ?? ''))}
            errors={errors}
            currency={currency}
          />
        </div>
      </Panel>
      <DeliverableRows
        deliverables={failure?.deliverables ?? (assignment ? deliverableValues(assignment) : [])}
        errors={errors}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="save" variant="primary" isPending={isPending}>
          {assignment ? 'Save changes' : 'Assign'}
        </Button>
        <LinkButton href={parts.cancelHref}>Cancel</LinkButton>
      </div>
      {obstacles && (
        <Override
          canOverride={canOverride}
          isPending={isPending}
          typedReason={failure?.values.overrideReason ?? ''}
          error={errors.overrideReason}
        />
      )}
    </Form>
  );
}
