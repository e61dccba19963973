import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useState, useSyncExternalStore } from 'react';
import { buttonClass } from './button.tsx';
import { toast, toastStore, type ToastEntry } from './toast.ts';

const none: readonly ToastEntry[] = [];
const exitMs = 140;

/**
 * Where toasts appear: once, at the root. Radix pauses them under the pointer or the focus, reads them out, and lets
 * F8 jump to them. It was taken over sonner, which writes a <style> into the page that a nonce CSP refuses.
 */
export function Toaster() {
  const entries = useSyncExternalStore(toastStore.subscribe, toastStore.read, () => none);
  if (entries.length === 0) return null;
  return (
    <Toast.Provider swipeDirection="right" label="Notification">
      {entries.map((entry) => (
        <ToastCard key={entry.toastId} entry={entry} />
      ))}
      <Toast.Viewport className="toast-stack" label="Notifications ({hotkey})" />
    </Toast.Provider>
  );
}

function ToastCard({ entry }: { entry: ToastEntry }) {
  const { toastId, tone, message, description, action, durationMs } = entry;
  const [isOpen, setIsOpen] = useState(true);
  const onOpenChange = (open: boolean) => {
    setIsOpen(open);
    if (!open) setTimeout(() => toast.dismiss(toastId), exitMs);
  };
  return (
    <Toast.Root className="toast" open={isOpen} onOpenChange={onOpenChange} duration={durationMs}>
      <span className="toast-mark" data-tone={tone} aria-hidden="true" />
      <div className="min-w-0 flex-1 py-1">
        <Toast.Title className="font-medium">{message}</Toast.Title>
        {description && <Toast.Description className="text-muted">{description}</Toast.Description>}
      </div>
      {action && (
        <Toast.Action
          altText={action.label}
          onClick={action.onAction}
          className={buttonClass({ variant: 'secondary', size: 'small' })}
        >
          {action.label}
        </Toast.Action>
      )}
      <Toast.Close
        aria-label="Dismiss"
        className={buttonClass({ variant: 'quiet', size: 'small', iconOnly: true })}
      >
        <X aria-hidden="true" />
      </Toast.Close>
    </Toast.Root>
  );
}
