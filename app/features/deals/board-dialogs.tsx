import { type Move, moveTo } from './board-state.ts';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';
import {
  ClosingDialog,
  MissingDialog,
  type MoveAnswer,
  MoveDialog,
  type WithinColumn,
} from './move-dialog.tsx';
import type { OfferedReason } from './stage-form.tsx';
import type { Issue } from './use-board-moves.ts';

export type OpenDialog =
  | { kind: 'move'; card: DealCard; stage: DealStage; index: number }
  | { kind: 'close'; move: Move }
  | { kind: 'missing'; move: Move; issues: readonly Issue[] };

export interface BoardDialogsProps {
  dialog: OpenDialog | null;
  columns: readonly BoardColumn[];
  reasons: readonly OfferedReason[];
  onClose: (dialog: null) => void;
  run: (move: Move) => void;
}

/** What the board asks: where to, how it ended, and what the stage wants. Each answer becomes a move. */
export function BoardDialogs({ dialog, columns, reasons, onClose, run }: BoardDialogsProps) {
  if (!dialog) return null;
  const close = () => onClose(null);
  const finish = (move: Move | null) => {
    close();
    if (move) run(move);
  };
  if (dialog.kind === 'move') {
    return (
      <MoveDialog
        card={dialog.card}
        from={dialog.stage}
        reasons={reasons}
        onClose={close}
        onMove={(answer) => finish(answered(columns, dialog, answer))}
        onPlace={(place) => finish(placed(columns, dialog, place))}
      />
    );
  }
  const { move } = dialog;
  if (dialog.kind === 'close') {
    return (
      <ClosingDialog
        card={move.card}
        reasons={reasons}
        onClose={close}
        onMove={(answer) => finish(withAnswer(move, answer))}
      />
    );
  }
  return (
    <MissingDialog
      card={move.card}
      to={move.to.stage}
      missing={dialog.issues}
      onClose={close}
      onFill={({ reason, fields }) =>
        finish({
          ...move,
          said: {
            ...move.said,
            ...(reason && { reason }),
            ...(Object.keys(fields).length > 0 && { fields: { ...move.said.fields, ...fields } }),
          },
        })
      }
    />
  );
}

function withAnswer(move: Move, { stage, status, reason }: MoveAnswer): Move {
  return { ...move, to: { stage, status }, said: { ...move.said, ...(reason && { reason }) } };
}

type Chosen = Extract<OpenDialog, { kind: 'move' }>;

/** To the top of another column; one that is closed already takes its new outcome where it stands. */
function answered(columns: readonly BoardColumn[], { card, stage }: Chosen, answer: MoveAnswer): Move | null {
  if (answer.stage !== stage) {
    const move = moveTo(columns, card.id, { stage: answer.stage, index: 0 });
    return move && withAnswer(move, answer);
  }
  const from = { stage, status: card.status };
  return withAnswer({ card, from, was: {}, to: from, said: {}, version: null }, answer);
}

function placed(
  columns: readonly BoardColumn[],
  { card, stage, index }: Chosen,
  place: WithinColumn,
): Move | null {
  const last = (columns.find((column) => column.stage === stage)?.cards.length ?? 1) - 1;
  const to = { top: 0, up: Math.max(index - 1, 0), down: Math.min(index + 1, last), end: last }[place];
  return moveTo(columns, card.id, { stage, index: to });
}
