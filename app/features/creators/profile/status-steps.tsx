import { Form } from '@remix-run/react';
import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { formatRelative } from '../../../lib/format.ts';
import { creatorStatusLabels } from '../labels.ts';

type Status = Creator['status'];
const statuses = Object.keys(creatorStatusLabels) as Status[];

export interface StatusStepsProps {
  creator: Pick<Creator, 'status' | 'statusChangedAt' | 'version'>;
  canMove: boolean;
  now: string;
}

/** Where a creator stands with the agency; each other step is a button that moves there, before any script. */
export function StatusSteps({ creator, canMove, now }: StatusStepsProps) {
  const { status, statusChangedAt, version } = creator;
  return (
    <Form method="post" aria-label="Status" className="status-steps" preventScrollReset>
      <input type="hidden" name="intent" value="move" />
      <input type="hidden" name="expectedVersion" value={version} />
      <ol>
        {statuses.map((step) => (
          <li key={step} aria-current={step === status ? 'step' : undefined}>
            {step === status || !canMove ? (
              <span>{creatorStatusLabels[step]}</span>
            ) : (
              <button type="submit" name="status" value={step}>
                <span className="sr-only">Move to </span>
                {creatorStatusLabels[step]}
              </button>
            )}
          </li>
        ))}
      </ol>
      <p className="text-sm text-muted">Set {formatRelative(statusChangedAt, now)}</p>
    </Form>
  );
}
