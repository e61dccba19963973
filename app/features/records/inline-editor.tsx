import { type FocusEvent, type FormEvent, type RefObject, useEffect, useRef } from 'react';
import { EditorControl } from './editor-control.tsx';
import type { FieldSpec } from './field-specs.ts';
import { readEditor } from './inline-values.ts';

/** Where the reader goes after an editor closes: on to the next field, back, or nowhere. */
export type EditorStep = 'next' | 'previous' | null;

export interface InlineEditorProps {
  spec: FieldSpec;
  /** What stands in the editor when it opens. */
  value: unknown;
  names: Readonly<Record<string, string>>;
  /** A refusal's words, read with the control. */
  error?: string | undefined;
  /** `name` is what a picked record is called. */
  onCommit: (value: unknown, how: { step: EditorStep; name?: string | undefined }) => void;
  onCancel: () => void;
}

const controls = 'input:not([type=hidden]), select, textarea, button';

/**
 * One field being written in place. Enter, Tab and leaving it save; Escape gives up. What its control does with a key
 * comes first: a list that is open takes Enter and Escape for itself.
 */
export function InlineEditor({ spec, value: initial, names, error, onCommit, onCancel }: InlineEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const control = form.current?.querySelector<HTMLElement>(controls);
    control?.focus();
    if (control instanceof HTMLInputElement) control.select();
  }, []);
  const commit = (step: EditorStep, picked?: { value: unknown; name: string | undefined }) => {
    if (isDone.current || !form.current) return;
    isDone.current = true;
    const value = picked ? picked.value : readEditor(spec, new FormData(form.current));
    onCommit(value, { step, name: picked?.name });
  };
  const cancel = () => {
    isDone.current = true;
    onCancel();
  };
  useKeys(form, { onCommit: commit, onCancel: cancel });
  const onBlur = (event: FocusEvent<HTMLFormElement>) => {
    if (event.relatedTarget instanceof Node && form.current?.contains(event.relatedTarget)) return;
    // A window that loses the focus is no field that was left.
    if (document.hasFocus()) commit(null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    commit(null);
  };
  return (
    <form ref={form} className="editor" noValidate onSubmit={onSubmit} onBlur={onBlur}>
      <EditorControl
        spec={spec}
        value={initial}
        names={names}
        error={error}
        onPick={(picked, name) => commit(null, { value: picked, name })}
      />
    </form>
  );
}

interface KeyHandlers {
  onCommit: (step: EditorStep) => void;
  onCancel: () => void;
}

/** On the window, so that the control's own handling of a key has been heard before. */
function useKeys(form: RefObject<HTMLFormElement>, handlers: KeyHandlers) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.target instanceof Node) || !form.current?.contains(event.target)) return;
      const step = keyOf(event, form.current);
      if (step === 'none') return;
      event.preventDefault();
      if (step === 'cancel') latest.current.onCancel();
      else latest.current.onCommit(step);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [form]);
}

/** What a key means here. Shift+Enter and Enter in a text of many lines write a line; ⌘ or Ctrl with it saves. */
function keyOf(event: KeyboardEvent, form: HTMLFormElement): EditorStep | 'cancel' | 'none' {
  if (event.defaultPrevented || event.isComposing) return 'none';
  if (event.key === 'Escape') return 'cancel';
  if (event.key === 'Enter') {
    if (event.target instanceof HTMLButtonElement) return 'none';
    const isText = event.target instanceof HTMLTextAreaElement && !event.metaKey && !event.ctrlKey;
    return isText ? 'none' : null;
  }
  if (event.key !== 'Tab') return 'none';
  const stops = [...form.querySelectorAll<HTMLElement>(controls)];
  const isLast = event.target === (event.shiftKey ? stops[0] : stops.at(-1));
  if (!isLast) return 'none';
  return event.shiftKey ? 'previous' : 'next';
}
