import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a form that stays where it is after it was sent: back to its first values each time `mark` becomes another, and not
 * on null. A form that is put in anew would take the focus with it.
 */
export function useEmptied(mark: unknown): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  const last = useRef(mark);
  useEffect(() => {
    if (mark === null || mark === last.current) return;
    last.current = mark;
    form.current?.reset();
  }, [mark]);
  return form;
}
