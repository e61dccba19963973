import { Check, Copy } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  value: string;
  /** What is copied, for the button's name: "Copy the key". */
  label: string;
}

const nothing = () => () => undefined;

/** Copies and says so. Without a clipboard (no script, no secure context) it isn't there: the text can be selected. */
export function CopyButton({ value, label }: CopyButtonProps) {
  const canCopy = useSyncExternalStore(
    nothing,
    () => 'clipboard' in navigator,
    () => false,
  );
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);

  if (!canCopy) return null;
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <Button size="small" variant="quiet" onClick={copy}>
      {state === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      <span aria-live="polite">
        {state === 'idle' ? label : state === 'copied' ? 'Copied' : 'The browser refused; select and copy'}
      </span>
    </Button>
  );
}
