import { Copy, Plus, Upload, type LucideIcon } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import type { NavItemId, NavSection } from './navigation.ts';

export interface PaletteItem {
  id: string;
  label: string;
  href: string;
  icon: LucideIcon;
  group: 'Go to' | 'Actions';
  keywords: string;
  /** The registry's keys, shown at the right. */
  keys?: string;
}

/** A record that the search endpoint found. */
export interface SearchHit {
  type: string;
  id: string;
  title: string;
  subtitle: string | null;
  href: string;
}

export interface SearchAnswer {
  items: SearchHit[];
}

/** What can be made; each belongs to the area whose right it needs. */
const actions: readonly (PaletteItem & { area: NavItemId })[] = [
  action('companies', 'New company', paths.newCompany()),
  action('contacts', 'New contact', paths.newContact()),
  action('deals', 'New deal', paths.newDeal()),
  action('tasks', 'New task', paths.newTask()),
  action('creators', 'New creator', paths.newCreator()),
  action('campaigns', 'New campaign', paths.newCampaign()),
  action('adAccounts', 'Connect ad accounts', paths.connectAdAccounts()),
  { ...action('imports', 'Import a file', paths.newImport()), icon: Upload },
  { ...action('contacts', 'Review duplicates', paths.duplicates()), icon: Copy, keywords: 'merge double' },
];

function action(area: NavItemId, label: string, href: string): PaletteItem & { area: NavItemId } {
  return { id: `action-${href}`, area, label, href, icon: Plus, group: 'Actions', keywords: 'create add' };
}

/** The reader's own commands: pages they may open, and (unless they only read) what they may make there. */
export function paletteItems(sections: readonly NavSection[], canCreate: boolean): readonly PaletteItem[] {
  const items = sections.flatMap((section) => section.items);
  const pages = items.map(({ id, label, href, icon, keywords, jumpKey }): PaletteItem => ({
    id: `go-${id}`,
    label,
    href,
    icon,
    group: 'Go to',
    keywords,
    keys: `g ${jumpKey}`,
  }));
  const open = new Set<NavItemId>(items.map(({ id }) => id));
  return [...pages, ...(canCreate ? actions.filter(({ area }) => open.has(area)) : [])];
}

/** Every typed word begins a word of the item; a leading `>` asks for actions alone. */
export function filterPalette(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const onlyActions = query.startsWith('>');
  const typed = query.replace(/^>/, '').toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ label, keywords, group }) => {
    const words = `${label} ${keywords}`.toLowerCase().split(/\s+/);
    return (
      (!onlyActions || group === 'Actions') &&
      typed.every((part) => words.some((word) => word.startsWith(part)))
    );
  });
}
