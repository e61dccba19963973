import type { NavSection } from './navigation.ts';

export type ShellCommand =
  'palette' | 'help' | 'next-row' | 'previous-row' | 'select-row' | 'complete-row' | 'search-field';

/** What a page marks with `data-shortcut`; a page without it has no such shortcut. */
export type PageShortcut = 'create' | 'edit' | 'previous-record' | 'next-record';

export type ShortcutAction =
  | { kind: 'go'; href: string }
  | { kind: 'command'; command: ShellCommand }
  | { kind: 'press'; target: PageShortcut }
  /** What the focused part does by itself: here for the sheet alone. */
  | { kind: 'native' };

export interface Shortcut {
  id: string;
  /** Chords in order: "mod+k" is one (⌘ or Ctrl), "g c" is two. */
  keys: string;
  label: string;
  group: 'Anywhere' | 'Go to' | 'In a list' | 'On the board' | 'On a record';
  action: ShortcutAction;
}

/** The one registry: bindings, the `?` sheet and the palette's hints are all read from it. */
export function shortcutsFor(sections: readonly NavSection[]): readonly Shortcut[] {
  const jumps = sections
    .flatMap(({ items }) => items)
    .map(({ id, label, href, jumpKey }): Shortcut => ({
      id: `go-${id}`,
      keys: `g ${jumpKey}`,
      label,
      group: 'Go to',
      action: { kind: 'go', href },
    }));
  return [
    ...jumps,
    command('palette', { keys: 'mod+k', label: 'Search and commands', group: 'Anywhere' }),
    command('search-field', { keys: '/', label: 'Search this list', group: 'Anywhere' }),
    command('help', { keys: '?', label: 'Keyboard shortcuts', group: 'Anywhere' }),
    command('next-row', { keys: 'j', label: 'Next row', group: 'In a list' }),
    command('previous-row', { keys: 'k', label: 'Previous row', group: 'In a list' }),
    command('complete-row', { keys: 'd', label: 'Complete this task', group: 'In a list' }),
    command('select-row', { keys: 'x', label: 'Select this row', group: 'In a list' }),
    native('open-row', { keys: 'enter', label: 'Open this row beside the list', group: 'In a list' }),
    press('create', { keys: 'c', label: 'Create a new record of this list', group: 'In a list' }),
    native('lift-card', { keys: 'space', label: 'Pick this card up, or drop it', group: 'On the board' }),
    native('move-card', { keys: 'arrows', label: 'Choose where it goes', group: 'On the board' }),
    native('first-place', { keys: 'home', label: 'To the top of the column', group: 'On the board' }),
    native('last-place', { keys: 'end', label: 'To the bottom of the column', group: 'On the board' }),
    press('previous-record', { keys: '[', label: 'Previous record', group: 'On a record' }),
    press('next-record', { keys: ']', label: 'Next record', group: 'On a record' }),
    press('edit', { keys: 'e', label: 'Edit the record', group: 'On a record' }),
    native('edit-field', {
      keys: 'f2',
      label: 'Edit this row, this field or the first one, in place',
      group: 'On a record',
    }),
    native('next-field', { keys: 'tab', label: 'Save, and edit the next field', group: 'On a record' }),
    native('close', {
      keys: 'escape',
      label: 'Give up the edit or the move, or close the panel',
      group: 'On a record',
    }),
  ];
}

function command(id: ShellCommand, rest: Pick<Shortcut, 'keys' | 'label' | 'group'>): Shortcut {
  return { id, ...rest, action: { kind: 'command', command: id } };
}

function press(id: PageShortcut, rest: Pick<Shortcut, 'keys' | 'label' | 'group'>): Shortcut {
  return { id, ...rest, action: { kind: 'press', target: id } };
}

function native(id: string, rest: Pick<Shortcut, 'keys' | 'label' | 'group'>): Shortcut {
  return { id, ...rest, action: { kind: 'native' } };
}

/** A keydown as a chord of the registry: Shift stays inside the character, Alt means that it's none of ours. */
export function toChord(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | null {
  if (event.altKey || event.key.length !== 1) return null;
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** One character alone, which a person must be able to switch off (WCAG 2.1.4). */
export function isSingleKey({ keys }: Pick<Shortcut, 'keys'>): boolean {
  return !keys.includes('mod+');
}

export type Match = { kind: 'run'; shortcut: Shortcut } | { kind: 'wait'; prefix: string } | { kind: 'none' };

/** What a chord means after the chords before it: a whole shortcut, the beginning of one, or nothing. */
export function matchChord(shortcuts: readonly Shortcut[], prefix: string, chord: string): Match {
  const typed = prefix ? `${prefix} ${chord}` : chord;
  const shortcut = shortcuts.find(({ keys }) => keys === typed);
  if (shortcut) return { kind: 'run', shortcut };
  if (shortcuts.some(({ keys }) => keys.startsWith(`${typed} `))) return { kind: 'wait', prefix: typed };
  return prefix ? matchChord(shortcuts, '', chord) : { kind: 'none' };
}

const namedKeys: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  f2: 'F2',
  space: 'Space',
  arrows: 'Arrow keys',
  home: 'Home',
  end: 'End',
};

/** The keys as they are printed: "mod+k" is ⌘ K on a Mac and Ctrl K elsewhere. */
export function keyCaps(keys: string, isMac: boolean): readonly string[] {
  return keys.split(/[ +]/).map((key) => {
    if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
    const named = namedKeys[key];
    if (named) return named;
    return keys.includes('+') ? key.toUpperCase() : key;
  });
}
