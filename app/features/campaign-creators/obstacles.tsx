import type { AssignmentCheck } from '../../../server/domain/campaign-creators/schema.ts';
import { formatDate } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { Obstacles as ObstacleData } from './assignments.server.ts';

/** What stands against an assignment: a block with its author and reason, and each clause as far as the reader may know it. */
export function Obstacles({ obstacles: { block, findings } }: { obstacles: ObstacleData }) {
  return (
    <div className="grid gap-3">
      {block && (
        <Callout
          tone="danger"
          title={`Blocked ${block.brandId === null ? 'for all brands' : 'for this brand'}`}
        >
          {block.reason}
          {block.by && <p className="text-sm">Blocked by {block.by}.</p>}
        </Callout>
      )}
      {findings.map((finding) => (
        <FindingCallout key={`${finding.contractId ?? ''} ${finding.clause}`} finding={finding} />
      ))}
    </div>
  );
}

export interface OverrideProps {
  /** Who may decide otherwise. */
  canOverride: boolean;
  isPending: boolean;
  typedReason: string;
  error: string | undefined;
}

/** Doing it all the same, with a reason. It stands last in its form: Enter must not press it. */
export function Override({ canOverride, isPending, typedReason, error }: OverrideProps) {
  if (!canOverride)
    return <p className="text-muted">An owner or admin of the agency may decide otherwise.</p>;
  return (
    <Panel title="Do it all the same">
      <div className="flex flex-wrap items-end gap-2">
        <Field
          name="overrideReason"
          label="Why"
          hint="It is kept with the assignment and in the timeline."
          hidesOptional
          error={error}
          className="min-w-0 flex-1 basis-72"
        >
          {(control) => <Input {...control} maxLength={2000} autoComplete="off" defaultValue={typedReason} />}
        </Field>
        <Button type="submit" name="intent" value="anyway" variant="danger" isPending={isPending}>
          Do it anyway
        </Button>
      </div>
    </Panel>
  );
}

function FindingCallout({ finding }: { finding: AssignmentCheck['findings'][number] }) {
  const { kind, clause, reason, until, contractId, contractTitle, brandName } = finding;
  const isConflict = kind === 'CONFLICT';
  return (
    <Callout
      tone={isConflict ? 'danger' : 'warning'}
      title={isConflict ? 'A contract’s exclusivity stands against it' : 'A contract may stand against it'}
    >
      <p className="font-medium">{clause}</p>
      <p>{reason}</p>
      <p className="text-sm">
        {brandName ? `Of ${brandName}` : 'Of another client of the agency'}
        {until ? `, until ${formatDate(until)}` : ''}
        {contractId && (
          <>
            {': '}
            <a className="text-link" href={paths.creatorContract(contractId)}>
              {contractTitle ?? 'the contract'}
            </a>
          </>
        )}
      </p>
    </Callout>
  );
}
