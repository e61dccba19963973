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
}

/** Moves one deal: at once on the board, back again with the reason where it is refused, undone from the toast. */
export function MoveDialog({ card, from, isOpen, onClose, onSaid }: MoveDialogProps) {
  const fetcher = useFetcher<MoveAnswer>({ key: moveKey(card.id) });
  const answered = useRef<MoveAnswer | undefined>(undefined);
  const { data, submit } = fetcher;
  const action = paths.dealStage(card.id);
  useEffect(() => {
    if (!data || answered.current === data) return;
    answered.current = data;
    onSaid(data.message);
    if (!data.ok) return void toast.error(`${card.name} stays in ${stageLabels[from]}`, data.message);
    const back = { answer: 'json', stage: from, ...(card.status === 'OPEN' ? {} : { status: card.status }) };
    toast.undo({ message: data.message, onUndo: () => submit(back, { method: 'post', action }) });
  }, [data, submit, action, card, from, onSaid]);
  const close = () => setTimeout(onClose, 0);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Move ${card.name}`}>
      <div className="grid gap-5">
        <fetcher.Form method="post" action={action} onSubmit={close}>
          <input type="hidden" name="answer" value="json" />
          <StageButtons current={from} />
        </fetcher.Form>
        <fetcher.Form method="post" action={action} onSubmit={close}>
          <input type="hidden" name="answer" value="json" />
          <ClosingFields idPrefix="dialog-" />
        </fetcher.Form>
      </div>
    </Dialog>
  );
}
