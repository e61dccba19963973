import { useFetcher } from '@remix-run/react';
import { type FormEvent, useEffect, useId } from 'react';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { BulkSelection } from './bulk-answer.ts';
import { countOf } from './bulk-fields.ts';
import { type BulkChoices, BulkFormFields } from './bulk-form.tsx';

export interface BulkDialogProps {
  isOpen: boolean;
  onClose: () => void;
  selection: BulkSelection;
  count: number;
  isBusy: boolean;
  failure: FormFailure | undefined;
  onSend: (form: FormData) => void;
}

/** The fields that all selected records get. What can be chosen is fetched when it first opens. */
export function BulkDialog({ isOpen, onClose, selection, count, isBusy, failure, onSend }: BulkDialogProps) {
  const formId = useId();
  const choices = useChoices(selection, isOpen);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) onSend(new FormData(event.currentTarget));
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={`Edit ${countOf(selection.noun, count)}`}
      description="What you leave empty stays as it is in each of them."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isPending={isBusy || choices === null}>
            {isBusy ? 'Changing…' : `Change ${countOf(selection.noun, count)}`}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={send}>
        {choices === null ? (
          <p role="status" className="text-muted">
            Loading what can be chosen…
          </p>
        ) : (
          <BulkFormFields noun={selection.noun} choices={choices} failure={failure} />
        )}
      </form>
    </Dialog>
  );
}

function useChoices({ noun }: BulkSelection, isWanted: boolean): BulkChoices | null {
  const { data, state, load } = useFetcher<{ choices: BulkChoices | null }>();
  useEffect(() => {
    if (isWanted && !data && state === 'idle') load(paths.bulkChanges(noun));
  }, [isWanted, data, state, load, noun]);
  return data?.choices ?? null;
}
