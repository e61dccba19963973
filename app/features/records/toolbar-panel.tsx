import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { listHref, PANEL } from '../../lib/list-url.ts';

export interface ToolbarPanelProps {
  url: URL;
  /** Its name in the address, where it stands open before the script arrives. */
  name: string;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  label: string;
  trigger: ReactNode;
  triggerClassName: string;
  align?: 'start' | 'end';
  className?: string;
  children: ReactNode;
}

/**
 * A button of a list's toolbar that opens a form below it. The form is drawn only while it is open: a list would carry
 * every field it could ask for. Without a script the button is a link to the same list with the form open.
 */
export function ToolbarPanel(props: ToolbarPanelProps) {
  const { url, name, isOpen, onOpen, label, trigger, triggerClassName, align = 'start' } = props;
  const box = useRef<HTMLDivElement>(null);
  const close = useCallback(() => onOpen(false), [onOpen]);
  usePanelKeys(box, isOpen, close);
  const toggled = listHref(url, {});
  const href = isOpen ? toggled : `${toggled}${toggled.includes('?') ? '&' : '?'}${PANEL}=${name}`;
  return (
    <div ref={box} className="toolbar-panel">
      <a
        href={href}
        className={triggerClassName}
        role="button"
        aria-expanded={isOpen}
        data-panel-trigger=""
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          onOpen(!isOpen);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          onOpen(!isOpen);
        }}
      >
        {trigger}
      </a>
      {isOpen && (
        <div
          className={classNames('popover-panel toolbar-popover', props.className)}
          data-align={align}
          role="dialog"
          aria-label={label}
        >
          {props.children}
        </div>
      )}
    </div>
  );
}

const firstField = 'select, input:not([type=hidden]), textarea, button, a[href]';

/** Focus goes into what was opened and back; Escape and a click outside close it. */
function usePanelKeys(box: RefObject<HTMLDivElement>, isOpen: boolean, close: () => void): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    if (isOpen && !wasOpen.current)
      element.querySelector('[role=dialog]')?.querySelector<HTMLElement>(firstField)?.focus();
    wasOpen.current = isOpen;
    if (!isOpen) return;
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.contains(event.target)) close();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
      element.querySelector<HTMLElement>('[data-panel-trigger]')?.focus();
    };
    document.addEventListener('pointerdown', onPointerDown);
    element.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      element.removeEventListener('keydown', onKeyDown);
    };
  }, [box, isOpen, close]);
}

/** Whether a panel is open: as the address says, and then as its reader has it. Another address begins anew. */
export function usePanel(address: string, isAsked: boolean): [boolean, (isOpen: boolean) => void] {
  const [state, setState] = useState({ address, isOpen: isAsked });
  const isOpen = state.address === address ? state.isOpen : isAsked;
  const set = useCallback((next: boolean) => setState({ address, isOpen: next }), [address]);
  return [isOpen, set];
}
