import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { DealCard, DealStage } from './board-types.ts';
import { paths } from '../../lib/paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { stageLabels } from './labels.ts';
import { ClosingFields, StageButtons } from './stage-form.tsx';
import { moveKey } from './use-moves.ts';

/** What the stage's address answers to a script. */
export interface MoveAnswer {
  ok: boolean;
  message: string;
}

export interface MoveDialogProps {
  card: DealCard;
  from: DealStage;
  isOpen: boolean;
  onClose: () => void;
  /** Read out by the board's live region. */
  onSaid: (words: string) => void;
  onMoved: (dealId: string) => void;
}

/** Moves one deal: at once on the board, back again with the reason where it is refused, undone from the toast. */
export function MoveDialog({ card, from, isOpen, onClose, ...told }: MoveDialogProps) {
  const fetcher = useFetcher<MoveAnswer>({ key: moveKey(card.id) });
  useMoveAnswer(fetcher, { card, from, ...told });
  const action = paths.dealStage(card.id);
  // The form is read first: a closed dialog has no fields.
  const close = () => setTimeout(onClose, 0);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Move ${card.name}`}>
      <div className="grid gap-5">
        <fetcher.Form method="post" action={action} onSubmit={close}>
          <input type="hidden" name="answer" value="json" />
          <StageButtons current={from} />
        </fetcher.Form>
        <fetcher.Form method="post" action={action} onSubmit={close} className="border-t border-line pt-4">
          <input type="hidden" name="answer" value="json" />
          <ClosingFields idPrefix={`${card.id}-`} />
        </fetcher.Form>
      </div>
    </Dialog>
  );
}

type MoveFetcher = ReturnType<typeof useFetcher<MoveAnswer>>;

/** Says what became of a move, and offers the way back once. */
function useMoveAnswer(
  { data, submit }: MoveFetcher,
  { card, from, onSaid, onMoved }: Omit<MoveDialogProps, 'isOpen' | 'onClose'>,
) {
  // An earlier move of the same deal left its answer here: it was told already.
  const answered = useRef(data);
  const isUndoing = useRef(false);
  useEffect(() => {
    if (!data || answered.current === data) return;
    answered.current = data;
    onSaid(data.message);
    if (!data.ok) return void toast.error(`${card.name} stays where it was`, data.message);
    onMoved(card.id);
    if (isUndoing.current) {
      isUndoing.current = false;
      return void toast.success(`${card.name} is back in ${stageLabels[from]}`);
    }
    const onUndo = () => {
      isUndoing.current = true;
      const status = card.status === 'OPEN' ? {} : { status: card.status };
      submit(
        { answer: 'json', stage: from, ...status },
        { method: 'post', action: paths.dealStage(card.id) },
      );
    };
    toast.undo({ message: data.message, onUndo });
  }, [data, submit, card, from, onSaid, onMoved]);
}
