import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

export interface ModalProps {
  isOpen: boolean;
  onClose: () => void;
  /** Either the id of a heading inside, or a name of its own. */
  labelledBy?: string;
  label?: string;
  className?: string;
  /** What takes the focus on opening, where the first focusable element isn't it. */
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/**
 * The bare modal: a native <dialog>, which brings the top layer, the inert page, Escape and the focus's way back
 * itself, and injects no style that a strict CSP would refuse.
 */
export function Modal({ isOpen, onClose, labelledBy, label, className, initialFocus, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (isOpen && element && !element.open) {
      element.showModal();
      initialFocus?.current?.focus();
    }
    if (!isOpen && element?.open) element.close();
  }, [isOpen, initialFocus]);

  useEffect(() => {
    const element = dialog.current;
    // A click on the backdrop has the dialog itself as its target; one inside has a child. Keyboards have Escape.
    const closeOnBackdrop = (event: MouseEvent) => {
      if (event.target === element) element?.close();
    };
    element?.addEventListener('click', closeOnBackdrop);
    return () => element?.removeEventListener('click', closeOnBackdrop);
  }, []);

  return (
    <dialog
      ref={dialog}
      className={classNames('dialog', className)}
      onClose={onClose}
      {...(labelledBy && { 'aria-labelledby': labelledBy })}
      {...(label && { 'aria-label': label })}
    >
      {isOpen && children}
    </dialog>
  );
}

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  size?: 'medium' | 'wide';
  /** Buttons at the bottom right, the primary last. Put a form around both body and footer by giving `form` to them. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A titled modal. What it does must also be reachable without a script: as a page of its own, or a form. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  size = 'medium',
  footer,
  children,
}: DialogProps) {
  const titleId = useId();
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      labelledBy={titleId}
      {...(size === 'wide' && { className: 'dialog-wide' })}
    >
      <header className="flex items-start gap-4 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          <h2 id={titleId} className="text-lg">
            {title}
          </h2>
          {description && <p className="text-muted">{description}</p>}
        </div>
        <Button variant="quiet" size="small" iconOnly aria-label="Close" onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      </header>
      <div className="px-5 pb-5">{children}</div>
      {footer && (
        <footer className="flex justify-end gap-2 border-t border-line bg-sunken px-5 py-3">{footer}</footer>
      )}
    </Modal>
  );
}
