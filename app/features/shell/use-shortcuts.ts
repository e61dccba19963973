import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isSingleKey, matchChord, toChord, type Shortcut, type ShortcutAction } from './shortcuts.ts';

const sequenceMs = 1_000;
const storageKey = 'spokestack.single-key-shortcuts';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Storage can be closed to a page; the shortcuts then stay as they come. */
function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(isOn: boolean): void {
  localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  for (const listener of listeners) listener();
}

/** Whether shortcuts of single characters are on in this browser. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, readSingleKeys, () => true);
}

const never = () => () => undefined;

export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.userAgent),
    () => false,
  );
}

/** Letters belong to whoever is typing, and to an open dialog. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return (
    event.isComposing ||
    Boolean(target?.isContentEditable) ||
    Boolean(target?.closest('input, textarea, select')) ||
    document.querySelector('dialog[open]') !== null
  );
}

/** Binds the registry to the window. Keep `shortcuts` and `run` stable between renders. */
export function useShortcuts(shortcuts: readonly Shortcut[], run: (action: ShortcutAction) => void): void {
  const hasSingleKeys = useSingleKeys();
  const prefix = useRef({ keys: '', until: 0 });

  useEffect(() => {
    const bound = hasSingleKeys ? shortcuts : shortcuts.filter((shortcut) => !isSingleKey(shortcut));
    const onKeyDown = (event: KeyboardEvent) => {
      const chord = toChord(event);
      if (chord === null || event.defaultPrevented) return;
      if (!chord.startsWith('mod+') && isTyping(event)) return;
      const before = event.timeStamp < prefix.current.until ? prefix.current.keys : '';
      const match = matchChord(bound, before, chord);
      prefix.current =
        match.kind === 'wait'
          ? { keys: match.prefix, until: event.timeStamp + sequenceMs }
          : { keys: '', until: 0 };
      if (match.kind !== 'run') return;
      event.preventDefault();
      run(match.shortcut.action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shortcuts, run, hasSingleKeys]);
}
