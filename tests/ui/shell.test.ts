import { describe, expect, it } from 'vitest';
import { isCurrent, navigation, visibleNavigation } from '../../app/features/shell/navigation.ts';
import { filterPalette, paletteItems } from '../../app/features/shell/palette-items.ts';
import {
  isSingleKey,
  keyCaps,
  matchChord,
  shortcutsFor,
  toChord,
} from '../../app/features/shell/shortcuts.ts';
import { readTheme, writeTheme } from '../../app/lib/theme.ts';
import { nextSort, readSort, sortHref, writeSort } from '../../app/table/sort.ts';

const shortcuts = shortcutsFor(navigation);

describe('the shortcut registry', () => {
  it('binds no keys twice, and none that begin another’s', () => {
    const keys = shortcuts.map((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of keys) expect(keys.some((other) => other.startsWith(`${one} `))).toBe(false);
  });

  it('jumps to every place that the navigation shows', () => {
    const hrefs = shortcuts.flatMap(({ action }) => (action.kind === 'go' ? [action.href] : []));
    expect(hrefs).toEqual(navigation.flatMap(({ items }) => items.map(({ href }) => href)));
  });

  it('waits for the second key, and forgets a first that leads nowhere', () => {
    expect(matchChord(shortcuts, '', 'g')).toEqual({ kind: 'wait', prefix: 'g' });
    expect(matchChord(shortcuts, 'g', 'c')).toMatchObject({ kind: 'run', shortcut: { id: 'go-companies' } });
    expect(matchChord(shortcuts, 'g', 'j')).toMatchObject({ kind: 'run', shortcut: { id: 'next-row' } });
    expect(matchChord(shortcuts, 'g', 'z')).toEqual({ kind: 'none' });
  });

  it('reads keydowns: a modifier is ⌘ or Ctrl, and Alt is none of ours', () => {
    const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
      toChord({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });
    expect([key('K', { ctrlKey: true }), key('k', { metaKey: true })]).toEqual(['mod+k', 'mod+k']);
    expect([key('?'), key('Enter'), key('c', { altKey: true })]).toEqual(['?', null, null]);
  });

  it('knows which keys a person may switch off', () => {
    expect(shortcuts.filter((shortcut) => !isSingleKey(shortcut)).map(({ id }) => id)).toEqual(['palette']);
    expect([keyCaps('mod+k', true), keyCaps('mod+k', false), keyCaps('g c', false)]).toEqual([
      ['⌘', 'K'],
      ['Ctrl', 'K'],
      ['g', 'c'],
    ]);
  });
});

describe('the palette', () => {
  it('offers nothing that the reader may not open or make', () => {
    const sections = visibleNavigation(['brands', 'imports']);
    expect(sections.map(({ heading }) => heading)).not.toContain('Workspace');
    expect(paletteItems(sections, false).every(({ group }) => group === 'Go to')).toBe(true);
    expect(paletteItems(sections, true).map(({ label }) => label)).not.toContain('Import a file');
  });

  it('finds by the beginnings of words, and actions alone after >', () => {
    const items = paletteItems(navigation, true);
    const labels = (query: string) => filterPalette(items, query).map(({ label }) => label);
    expect(labels('pipe')).toEqual(['Deals']);
    expect(labels('> new co')).toEqual(['New company', 'New contact']);
    expect(labels('zzz')).toEqual([]);
  });
});

it('a record’s page lies in its list’s area, and only / is home', () => {
  expect(isCurrent('/companies', '/companies/1')).toBe(true);
  expect(isCurrent('/companies', '/companies-old')).toBe(false);
  expect(isCurrent('/', '/companies')).toBe(false);
});

describe('a list’s order', () => {
  it('reads only keys that the list knows', () => {
    expect(readSort('-amount', ['amount'])).toEqual({ key: 'amount', direction: 'desc' });
    expect([readSort('password', ['amount']), readSort(null, ['amount'])]).toEqual([null, null]);
    expect(writeSort({ key: 'amount', direction: 'desc' })).toBe('-amount');
  });

  it('turns on the second click, and loses its place in the pages', () => {
    expect(nextSort(null, 'amount', 'desc')).toEqual({ key: 'amount', direction: 'desc' });
    const turned = nextSort({ key: 'amount', direction: 'desc' }, 'amount', 'desc');
    const list = new URL('http://x.test/deals?q=a&cursor=abc&sort=-amount');
    expect(sortHref(list, turned)).toBe('/deals?q=a&sort=amount');
  });
});

it('the theme comes from its cookie, and from nothing else', () => {
  expect(readTheme('a=b; theme=dark; c=d')).toBe('dark');
  expect(readTheme('mytheme=dark')).toBe('system');
  expect([readTheme('theme=neon'), readTheme(null)]).toEqual(['system', 'system']);
  expect(readTheme(writeTheme('light').split(';')[0] ?? '')).toBe('light');
});
