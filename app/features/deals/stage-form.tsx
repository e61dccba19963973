import type { DealStage } from './board-types.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import { stageLabels } from './labels.ts';

const openStages = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'] as const;

/** The stages as buttons of a form, and closing with its outcome and reason. The form around it posts to the deal's stage. */
export function StageButtons({ current }: { current: DealStage | null }) {
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-2">
        {openStages.map((stage) => (
          <Button
            key={stage}
            type="submit"
            name="stage"
            value={stage}
            disabled={stage === current}
            aria-current={stage === current || undefined}
          >
            {stageLabels[stage]}
          </Button>
        ))}
      </div>
    </div>
  );
}

export interface ClosingFieldsProps {
  /** Ids must differ where two of these stand on one page. */
  idPrefix: string;
}

/** Closing asks how it ended, and why. */
export function ClosingFields({ idPrefix }: ClosingFieldsProps) {
  return (
    <div className="grid gap-2">
      <input type="hidden" name="stage" value="CLOSED" />
      <Field name="reason" id={`${idPrefix}reason`} label="Reason">
        {(control) => <Textarea {...control} rows={2} maxLength={4000} />}
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Button type="submit" name="status" value="WON">
          Close as won
        </Button>
        <Button type="submit" name="status" value="LOST">
          Close as lost
        </Button>
      </div>
    </div>
  );
}
