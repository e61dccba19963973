import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import type { StatusMove } from './status-moves.ts';

export interface MoveFieldsProps {
  move: StatusMove;
  isPending: boolean;
  /** Ids must differ where two of these stand on one page. */
  idPrefix: string;
  error?: string | undefined;
  defaultReason?: string | undefined;
}

/** What a move asks, and its button. */
export function MoveFields({ move, isPending, idPrefix, error, defaultReason }: MoveFieldsProps) {
  const { question, label, variant } = move;
  return (
    <>
      {question && (
        <Field
          name="reason"
          id={`${idPrefix}reason`}
          label={question.reasonLabel}
          hint="Kept with the campaign and in its timeline."
          required={question.isReasonRequired}
          error={error}
        >
          {(control) => <Textarea {...control} rows={3} maxLength={2000} defaultValue={defaultReason} />}
        </Field>
      )}
      <div>
        <Button type="submit" variant={variant === 'quiet' ? 'danger' : 'primary'} isPending={isPending}>
          {label}
        </Button>
      </div>
    </>
  );
}
