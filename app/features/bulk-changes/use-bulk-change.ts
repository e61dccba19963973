import { useFetcher, useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
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

type Done = Extract<BulkAnswer, { kind: 'done' }>;

export interface BulkChanging {
  isBusy: boolean;
  /** The last answer of a change; null before the first. */
  answer: BulkAnswer | null;
  /** Sends a change; `form` holds the fields of an edit. */
  send: (selection: BulkSelection, act: BulkAct, form?: FormData) => void;
}

/**
 * Sends changes of many records, says in a toast what became of them, and offers the way back for ten seconds. It tells
 * as soon as the answer is there: the list that is read anew may have no row left, and no bar that could tell.
 */
export function useBulkChange(onDone: (answer: Done) => void): BulkChanging {
  const { data, state, submit } = useFetcher<BulkAnswer>();
  const { revalidate } = useRevalidator();
  const told = useRef<BulkAnswer | null>(null);
  const whenDone = useRef(onDone);
  useEffect(() => {
    whenDone.current = onDone;
  });
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    if (data.kind !== 'done') return;
    tell(data, revalidate);
    whenDone.current(data);
  }, [data, revalidate]);
  return {
    isBusy: state !== 'idle',
    answer: data ?? null,
    send: (selection, act, form = new FormData()) => {
      for (const [name, value] of selectionEntries(selection)) form.append(name, value);
      form.set('intent', act);
      submit(form, { method: 'post', action: paths.bulkChanges(selection.noun) });
    },
  };
}

function tell({ selection, act, result }: Done, revalidate: () => void) {
  const { bulkChangeId, changed } = result;
  const { noun } = selection;
  const message = inWords(noun, act, result);
  const description = othersInWords(result);
  if (bulkChangeId === null || changed === 0) return toast.info(message, description);
  const onUndo = () => void undo(noun, bulkChangeId).finally(revalidate);
  return toast.undo({ message, ...(description && { description }), onUndo });
}

/** Not by a form of the list: the toast may outlive it. */
async function undo(noun: BulkNoun, bulkChangeId: string): Promise<void> {
  try {
    const { liveApi } = await import('../../bridge/live.ts');
    const result = await liveApi.bulkChanges.undo.mutate({ bulkChangeId });
    toast.success(undoneInWords(noun, result), refusalsInWords(result.refused).join(' ') || undefined);
  } catch (error) {
    toast.error('Nothing was undone', error instanceof Error ? error.message : undefined);
  }
}
