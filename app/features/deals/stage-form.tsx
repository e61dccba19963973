import { useId } from 'react';
import type { DealStage } from './board-types.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { dealStatusLabels, stageLabels } from './labels.ts';

const openStages = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'] as const;

/** The open stages as buttons of a form that posts to the deal's stage. */
export function StageButtons({ current }: { current: DealStage | null }) {
  return (
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
  );
}

/** A reason that the agency offers on closing. */
export interface OfferedReason {
  status: 'WON' | 'LOST';
  name: string;
}

export interface ClosingFieldsProps {
  /** Ids must differ where two of these stand on one page. */
  idPrefix: string;
  reasons?: readonly OfferedReason[];
  error?: string | undefined;
  defaultReason?: string;
}

/** Closing asks how it ended, and why: one of the agency's reasons, or another. */
export function ClosingFields({ idPrefix, reasons = [], error, defaultReason }: ClosingFieldsProps) {
  const listId = useId();
  return (
    <div className="grid gap-2">
      <input type="hidden" name="stage" value="CLOSED" />
      <Field
        name="reason"
        id={`${idPrefix}reason`}
        label="Reason"
        hint={reasons.length > 0 ? 'Choose one of the agency’s or write your own.' : undefined}
        error={error}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={4000}
            autoComplete="off"
            defaultValue={defaultReason}
            {...(reasons.length > 0 && { list: listId })}
          />
        )}
      </Field>
      {reasons.length > 0 && (
        <datalist id={listId}>
          {reasons.map(({ status, name }) => (
            <option
              key={`${status}:${name}`}
              value={name}
              label={`${name} (${dealStatusLabels[status].toLowerCase()})`}
            />
          ))}
        </datalist>
      )}
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
