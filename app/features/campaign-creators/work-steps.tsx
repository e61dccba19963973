import { Form, useNavigation } from '@remix-run/react';
import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { assignmentLabels } from '../creators/profile/campaign-words.ts';
import { endingStatuses, stepLabels } from './labels.ts';

/** The steps that may follow; the server says which. */
export function WorkSteps({ assignment }: { assignment: CampaignCreator }) {
  const { creatorId, creatorName, nextStatuses, version, status } = assignment;
  const isPending = useNavigation().formData?.get('creatorId') === creatorId;
  if (nextStatuses.length === 0) return <Badge>{assignmentLabels[status]}: nothing follows</Badge>;
  const [first] = nextStatuses;
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap gap-2">
      <input type="hidden" name="intent" value="move" />
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="expectedVersion" value={version} />
      {nextStatuses.map((next) => (
        <Button
          key={next}
          type="submit"
          name="status"
          value={next}
          size="small"
          isPending={isPending}
          variant={next === first && !endingStatuses.includes(next) ? 'secondary' : 'quiet'}
          aria-label={`${stepLabels[next]}: ${creatorName ?? 'this creator'}`}
        >
          {stepLabels[next]}
        </Button>
      ))}
    </Form>
  );
}
