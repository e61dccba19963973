import type { FormEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { DealCard, DealStage, DealStatus } from './board-types.ts';
import { stageLabels } from './labels.ts';
import { ClosingFields, type OfferedReason, StageButtons } from './stage-form.tsx';
import { type MissingField, StageFields, stageFieldNames } from './stage-fields.tsx';

/** What a dialog of the board was answered with. */
export interface MoveAnswer {
  stage: DealStage;
  status: DealStatus;
  reason?: string;
}

export type WithinColumn = 'top' | 'up' | 'down' | 'end';

interface DialogBase {
  card: DealCard;
  reasons: readonly OfferedReason[];
  onClose: () => void;
}

export interface MoveDialogProps extends DialogBase {
  from: DealStage;
  onMove: (answer: MoveAnswer) => void;
  onPlace: (place: WithinColumn) => void;
}

/** Every move of one deal without dragging: to a stage, within its column, and out of the pipeline. */
export function MoveDialog({ card, from, reasons, onClose, onMove, onPlace }: MoveDialogProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const answer = readAnswer(event);
    if (answer) onMove(answer);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Move ${card.name}`}
      description="Cards can be dragged too, or picked up with Space and moved with the arrow keys."
    >
      <div className="grid gap-4">
        <form onSubmit={onSubmit}>
          <StageButtons current={from} />
        </form>
        <div
          className="grid grid-cols-4 gap-2 border-t border-line pt-4"
          role="group"
          aria-label={`Place in ${stageLabels[from]}`}
        >
          {places.map(([place, label]) => (
            <Button key={place} size="small" onClick={() => onPlace(place)}>
              {label}
            </Button>
          ))}
        </div>
        <form onSubmit={onSubmit} className="border-t border-line pt-4">
          <ClosingFields idPrefix="board-" reasons={reasons} defaultReason={card.closeReason ?? ''} />
        </form>
      </div>
    </Dialog>
  );
}

const places = [
  ['top', 'To the top'],
  ['up', 'Up'],
  ['down', 'Down'],
  ['end', 'To the end'],
] as const;

export interface ClosingDialogProps extends DialogBase {
  onMove: (answer: MoveAnswer) => void;
}

/** A card that was dropped on the closed column: how did it end? */
export function ClosingDialog({ card, reasons, onClose, onMove }: ClosingDialogProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const answer = readAnswer(event);
    if (answer) onMove(answer);
  };
  return (
    <Dialog isOpen onClose={onClose} title={`Close ${card.name}`}>
      <form onSubmit={onSubmit}>
        <ClosingFields idPrefix="board-" reasons={reasons} />
      </form>
    </Dialog>
  );
}

export interface MissingDialogProps {
  card: DealCard;
  to: DealStage;
  missing: readonly MissingField[];
  onClose: () => void;
  onFill: (filled: { reason?: string; fields: Record<string, string> }) => void;
}

/** What the stage asks for, asked right there; the move goes on with the answers. */
export function MissingDialog({ card, to, missing, onClose, onFill }: MissingDialogProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const entries = stageFieldNames.flatMap((name) => {
      const value = form.get(name);
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
    });
    const reason = form.get('reason');
    onFill({
      fields: Object.fromEntries(entries),
      ...(typeof reason === 'string' && reason !== '' && { reason }),
    });
  };
  return (
    <Dialog isOpen onClose={onClose} title={`${stageLabels[to]} asks for more`} description={card.name}>
      <form onSubmit={onSubmit} className="grid gap-4" noValidate>
        <StageFields dealId={card.id} missing={missing} idPrefix="missing-" />
        <div>
          <Button type="submit" variant="primary">
            Save and move to {stageLabels[to]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function readAnswer(event: FormEvent<HTMLFormElement>): MoveAnswer | null {
  event.preventDefault();
  const { submitter } = event.nativeEvent as SubmitEvent;
  const form = new FormData(event.currentTarget, submitter);
  const [stage, status, reason] = ['stage', 'status', 'reason'].map((name) => form.get(name));
  if (typeof stage !== 'string' || !(stage in stageLabels)) return null;
  return {
    stage: stage as DealStage,
    status: status === 'WON' || status === 'LOST' ? status : 'OPEN',
    ...(typeof reason === 'string' && reason !== '' && { reason }),
  };
}
