import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { paths } from '../../lib/paths.ts';
import { toast } from '../../ui/toast.ts';
import {
  type BulkAct,
  type BulkAnswer,
  type BulkSelection,
  inWords,
  othersInWords,
  refusalsInWords,
  undoneInWords,
} from './bulk-answer.ts';
import { selectionEntries } from './selection-fields.tsx';

export interface BulkChanging {
  isBusy: boolean;
  /** The last answer of a change; null before the first. */
  answer: BulkAnswer | null;
  /** Sends a change; `form` holds the fields of an edit. */
  send: (selection: BulkSelection, act: BulkAct, form?: FormData) => void;
}

/** Sends changes of many records, says in a toast what became of them, and offers the way back for ten seconds. */
export function useBulkChange(onDone: (answer: Extract<BulkAnswer, { kind: 'done' }>) => void): BulkChanging {
  const fetcher = useFetcher<BulkAnswer>();
  const undoing = useFetcher<BulkAnswer>();
  const told = useRef<BulkAnswer | null>(null);
  const whenDone = useRef(onDone);
  useEffect(() => {
    whenDone.current = onDone;
  });
  const { data, state, submit } = fetcher;
  const { submit: submitUndo } = undoing;
  useEffect(() => {
    if (!data || state !== 'idle' || told.current === data) return;
    told.current = data;
    if (data.kind !== 'done') return;
    tell(data, (bulkChangeId) =>
      submitUndo(
        { intent: 'undo', bulkChangeId, returnTo: data.selection.returnTo },
        { method: 'post', action: paths.bulkChanges(data.selection.noun) },
      ),
    );
    whenDone.current(data);
  }, [data, state, submitUndo]);
  useTellUndone(undoing.data);
  return {
    isBusy: state !== 'idle' || undoing.state !== 'idle',
    answer: data ?? null,
    send: (selection, act, form = new FormData()) => {
      for (const [name, value] of selectionEntries(selection)) form.append(name, value);
      form.set('intent', act);
      submit(form, { method: 'post', action: paths.bulkChanges(selection.noun) });
    },
  };
}

function tell(
  { selection, act, result }: Extract<BulkAnswer, { kind: 'done' }>,
  undo: (bulkChangeId: string) => void,
) {
  const { bulkChangeId, changed } = result;
  const message = inWords(selection.noun, act, result);
  const description = othersInWords(result);
  if (bulkChangeId === null || changed === 0) return toast.info(message, description);
  return toast.undo({ message, ...(description && { description }), onUndo: () => undo(bulkChangeId) });
}

function useTellUndone(answer: BulkAnswer | undefined) {
  const told = useRef<BulkAnswer | undefined>(undefined);
  useEffect(() => {
    if (!answer || told.current === answer) return;
    told.current = answer;
    if (answer.kind === 'undone') {
      const description = refusalsInWords(answer.result.refused).join(' ') || undefined;
      toast.success(undoneInWords(answer.selection.noun, answer.result), description);
    }
    if (answer.kind === 'failure') toast.error('Nothing was undone', answer.failure.message);
  }, [answer]);
}
