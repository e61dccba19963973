import { useEffect, type RefObject } from 'react';
import { toast } from '../../ui/toast.ts';

/** Lets a press on any `data-copy` below copy what it says and say so: one listener for hundreds of ids. */
export function useCopyIds(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const copy = ({ target }: MouseEvent) => {
      const source = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null;
      const id = source?.dataset.copy;
      if (id !== undefined) copyText(id);
    };
    element.addEventListener('click', copy);
    return () => element.removeEventListener('click', copy);
  }, [body]);
}

function copyText(text: string): void {
  if (!('clipboard' in navigator)) {
    toast.error('This browser copies nothing here', 'Select the id and copy it.');
    return;
  }
  navigator.clipboard.writeText(text).then(
    () => toast.success('Copied', text),
    () => toast.error('The browser refused to copy', 'Select the id and copy it.'),
  );
}
