import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { FieldAnswer } from '../../bridge/field-edit.server.ts';
import { toast } from '../../ui/toast.ts';

/** One field's new value, and the value that its person saw. */
export interface FieldDraft {
  field: string;
  label: string;
  value: unknown;
  base: unknown;
}

export type FieldRefusal = Extract<FieldAnswer, { ok: false }>;

export interface FieldEdit {
  state: 'idle' | 'saving' | 'saved';
  /** What was sent last: shown while it is under way, and kept when it was refused. */
  draft: FieldDraft | null;
  refusal: FieldRefusal | null;
  save: (draft: FieldDraft) => void;
  /** Forgets a refusal, and what was sent. */
  forget: () => void;
}

const SAVED_MS = 2_000;

/** Saves one field at a time at a record's address for fields; a refusal is said in a toast as well. */
export function useFieldEdit(saveHref: string): FieldEdit {
  const fetcher = useFetcher<FieldAnswer>();
  const [draft, setDraft] = useState<FieldDraft | null>(null);
  // An answer that was dealt with: the fetcher keeps its last one.
  const [settled, setSettled] = useState<FieldAnswer | undefined>(undefined);
  const label = useRef('');
  const { data } = fetcher;
  useEffect(() => {
    if (!data) return;
    if (!data.ok) {
      if (!data.conflict) toast.error(`${label.current} was not saved`, data.message);
      return;
    }
    const timer = setTimeout(() => setSettled(data), SAVED_MS);
    return () => clearTimeout(timer);
  }, [data]);
  const save = (next: FieldDraft) => {
    label.current = next.label;
    setDraft(next);
    setSettled(data);
    const { field, value, base } = next;
    fetcher.submit(
      { field, value: JSON.stringify(value ?? null), base: JSON.stringify(base ?? null) },
      { method: 'post', action: saveHref },
    );
  };
  const forget = () => {
    setDraft(null);
    setSettled(data);
  };
  const answer = data && data !== settled ? data : null;
  const isSaving = fetcher.state !== 'idle';
  const state = isSaving ? 'saving' : answer?.ok ? 'saved' : 'idle';
  return { state, draft, refusal: !isSaving && answer && !answer.ok ? answer : null, save, forget };
}
