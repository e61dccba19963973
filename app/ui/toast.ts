export type ToastTone = 'info' | 'success' | 'error';

export interface ToastAction {
  label: string;
  onAction: () => void;
}

export interface ToastEntry {
  toastId: number;
  tone: ToastTone;
  message: string;
  description?: string | undefined;
  action?: ToastAction | undefined;
  durationMs: number;
}

export interface UndoToast {
  /** What was done, in the past tense: "Deal archived". */
  message: string;
  description?: string;
  /** Sends the way back: submit the restoring form or call the fetcher. */
  onUndo: () => void;
}

const calmMs = 5_000;
/** A destructive act can be taken back for ten seconds; a refusal needs as long to be read. */
const longMs = 10_000;

let entries: readonly ToastEntry[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly ToastEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

function show(entry: Omit<ToastEntry, 'toastId'>): number {
  const toastId = nextId++;
  publish([...entries.slice(-3), { ...entry, toastId }]);
  return toastId;
}

/** Say it from an event handler or an effect, never while rendering: the server shares no toasts between readers. */
export const toast = {
  info: (message: string, description?: string) =>
    show({ tone: 'info', message, description, durationMs: calmMs }),
  success: (message: string, description?: string) =>
    show({ tone: 'success', message, description, durationMs: calmMs }),
  error: (message: string, description?: string) =>
    show({ tone: 'error', message, description, durationMs: longMs }),
  undo: ({ message, description, onUndo }: UndoToast) =>
    show({
      tone: 'success',
      message,
      description,
      durationMs: longMs,
      action: { label: 'Undo', onAction: onUndo },
    }),
  dismiss: (toastId: number) => publish(entries.filter((entry) => entry.toastId !== toastId)),
} as const;

/** The live list, for the Toaster's useSyncExternalStore. */
export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): readonly ToastEntry[] => entries,
} as const;
