import { Form } from '@remix-run/react';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';
import { AssignmentForm } from './assignment-form.tsx';
import type { AssignmentFailure } from './assignments.server.ts';

export interface TermsPartProps {
  assignment: CampaignCreator;
  failure: AssignmentFailure | undefined;
  /** Whether the failure is of taking the creator off, not of the terms. */
  isOfRemoval: boolean;
}

/** The terms of one creator's work as a form, and its end. */
export function TermsPart({ assignment, failure, isOfRemoval }: TermsPartProps) {
  const { organization } = useAccount().current;
  const canOverride = useMay('campaign-creators.override');
  const { campaignId, creatorName, version } = assignment;
  return (
    <>
      <h2 id="terms" className="text-md">
        Terms
      </h2>
      <AssignmentForm
        key={version}
        assignment={assignment}
        failure={isOfRemoval ? undefined : failure}
        currency={assignment.feeCurrency ?? organization.reportingCurrency}
        canOverride={canOverride}
        cancelHref={paths.campaignCreators(campaignId)}
      />
      <Panel title="Take off the campaign" className="max-w-200">
        <Form method="post" className="grid gap-3">
          <input type="hidden" name="expectedVersion" value={version} />
          {isOfRemoval && failure && (
            <p role="alert" className="text-danger-ink">
              {failure.message}
            </p>
          )}
          <p className="text-muted">
            {creatorName ?? 'This creator'} works on it no longer. What they published stays; assigned again,
            they come back with new terms.
          </p>
          <div>
            <Button type="submit" name="intent" value="remove" variant="danger">
              Take off the campaign
            </Button>
          </div>
        </Form>
      </Panel>
    </>
  );
}
