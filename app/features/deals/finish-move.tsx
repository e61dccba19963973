import { Button, LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { paths } from '../../lib/paths.ts';
import { stageLabels } from './labels.ts';
import { StageFields } from './stage-fields.tsx';

export interface FinishMoveProps {
  dealId: string;
  /** What the stage asked for, and what the form had said. */
  failure: { fields: Readonly<Record<string, string>>; values: Readonly<Record<string, string>> };
  choices: Record<'members' | 'companies' | 'contacts', readonly { id: string; name: string }[]>;
}

/** The rest of a move that a stage refused: the fields that it asks for, and the same move again. */
export function FinishMove({ dealId, failure, choices }: FinishMoveProps) {
  const { stage = '', status, reason } = failure.values;
  const label = stage in stageLabels ? stageLabels[stage as keyof typeof stageLabels] : 'the stage';
  const missing = Object.entries(failure.fields).map(([path, message]) => ({ path, message }));
  const asksReason = missing.some(({ path }) => path === 'closeReason');
  return (
    <Panel title={`${label} asks for more`}>
      <form method="post" className="grid gap-4">
        <input type="hidden" name="stage" value={stage} />
        {status && <input type="hidden" name="status" value={status} />}
        {reason && !asksReason && <input type="hidden" name="reason" value={reason} />}
        <StageFields
          dealId={dealId}
          missing={missing}
          values={failure.values}
          choices={{ company: choices.companies, contact: choices.contacts, member: choices.members }}
          idPrefix="finish-"
        />
        <div className="flex gap-2">
          <Button type="submit" variant="primary">
            Save and move to {label}
          </Button>
          <LinkButton href={paths.deal(dealId)}>Cancel</LinkButton>
        </div>
      </form>
    </Panel>
  );
}
