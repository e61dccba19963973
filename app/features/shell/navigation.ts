import {
  Building2,
  ChartLine,
  Clapperboard,
  ContactRound,
  FileSignature,
  FileUp,
  Gauge,
  GalleryVerticalEnd,
  Handshake,
  House,
  Megaphone,
  Plug,
  RefreshCw,
  Tags,
  SquareCheck,
  type LucideIcon,
} from 'lucide-react';
import { paths } from '../../lib/paths.ts';

export type NavItemId =
  | 'home'
  | 'tasks'
  | 'companies'
  | 'contacts'
  | 'deals'
  | 'creators'
  | 'content'
  | 'contracts'
  | 'campaigns'
  | 'portfolio'
  | 'performance'
  | 'adAccounts'
  | 'sync'
  | 'imports'
  | 'brands';

export interface NavItem {
  id: NavItemId;
  label: string;
  href: string;
  icon: LucideIcon;
  /** The key after `g` that goes there. */
  jumpKey: string;
  /** Other words that the palette finds it by. */
  keywords: string;
}

export interface NavSection {
  /** Null for what stands above all headings. */
  heading: string | null;
  items: readonly NavItem[];
}

/** Where everything is. The palette, the shortcuts and their sheet are made from this same list. */
export const navigation: readonly NavSection[] = [
  {
    heading: null,
    items: [
      {
        id: 'home',
        label: 'Home',
        href: paths.home(),
        icon: House,
        jumpKey: 'h',
        keywords: 'start overview',
      },
      {
        id: 'tasks',
        label: 'Tasks',
        href: paths.tasks(),
        icon: SquareCheck,
        jumpKey: 't',
        keywords: 'to do my day overdue reminders',
      },
    ],
  },
  {
    heading: 'Clients',
    items: [
      {
        id: 'companies',
        label: 'Companies',
        href: paths.companies(),
        icon: Building2,
        jumpKey: 'c',
        keywords: 'clients accounts organizations',
      },
      {
        id: 'contacts',
        label: 'Contacts',
        href: paths.contacts(),
        icon: ContactRound,
        jumpKey: 'o',
        keywords: 'people leads',
      },
      {
        id: 'deals',
        label: 'Deals',
        href: paths.deals(),
        icon: Handshake,
        jumpKey: 'd',
        keywords: 'pipeline board opportunities',
      },
    ],
  },
  {
    heading: 'Media',
    items: [
      {
        id: 'creators',
        label: 'Creators',
        href: paths.creators(),
        icon: Clapperboard,
        jumpKey: 'r',
        keywords: 'influencers talent roster',
      },
      {
        id: 'content',
        label: 'Content',
        href: paths.creatorContents(),
        icon: GalleryVerticalEnd,
        jumpKey: 'n',
        keywords: 'posts reels stories videos disclosure',
      },
      {
        id: 'contracts',
        label: 'Contracts',
        href: paths.creatorContracts(),
        icon: FileSignature,
        jumpKey: 'k',
        keywords: 'exclusivity usage rights fees signed ending',
      },
      {
        id: 'campaigns',
        label: 'Campaigns',
        href: paths.campaigns(),
        icon: Megaphone,
        jumpKey: 'p',
        keywords: 'plan budget approval',
      },
      {
        id: 'portfolio',
        label: 'Portfolio',
        href: paths.portfolio(),
        icon: Gauge,
        jumpKey: 'l',
        keywords: 'pacing budget spent all campaigns roll-up',
      },
      {
        id: 'performance',
        label: 'Performance',
        href: paths.performance(),
        icon: ChartLine,
        jumpKey: 'f',
        keywords: 'metrics spend figures dashboard roas',
      },
      {
        id: 'adAccounts',
        label: 'Ad accounts',
        href: paths.adAccounts(),
        icon: Plug,
        jumpKey: 'a',
        keywords: 'connect meta google tiktok',
      },
      {
        id: 'sync',
        label: 'Sync',
        href: paths.syncRuns(),
        icon: RefreshCw,
        jumpKey: 's',
        keywords: 'runs freshness errors',
      },
    ],
  },
  {
    heading: 'Workspace',
    items: [
      {
        id: 'imports',
        label: 'Imports',
        href: paths.imports(),
        icon: FileUp,
        jumpKey: 'i',
        keywords: 'csv upload files',
      },
      {
        id: 'brands',
        label: 'Brands',
        href: paths.settingsBrands(),
        icon: Tags,
        jumpKey: 'b',
        keywords: 'settings clients assignments',
      },
    ],
  },
];

/** The sections without what this reader may not open; an emptied section goes too. */
export function visibleNavigation(hidden: readonly NavItemId[]): readonly NavSection[] {
  return navigation
    .map(({ heading, items }) => ({ heading, items: items.filter(({ id }) => !hidden.includes(id)) }))
    .filter(({ items }) => items.length > 0);
}

/** Whether an address lies in an item's area: /companies/1 is in Companies, and only / is Home. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === '/') return pathname === '/';
  return pathname === href || pathname.startsWith(`${href}/`);
}
