import { useFetcher, useNavigate } from '@remix-run/react';
import { Command } from 'cmdk';
import {
  Building2,
  Clapperboard,
  ContactRound,
  Handshake,
  History,
  Megaphone,
  Plug,
  Search,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { withQuery } from '../../lib/paths.ts';
import { Modal } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { filterPalette, type PaletteItem, type SearchAnswer, type SearchHit } from './palette-items.ts';
import { recentPages, type RecentPage } from './recent-pages.ts';
import { keyCaps } from './shortcuts.ts';
import { useIsMac } from './use-shortcuts.ts';

export interface CommandPaletteProps {
  isOpen: boolean;
  onClose: () => void;
  items: readonly PaletteItem[];
  /** GET with `q`, answering SearchAnswer; without it the palette only navigates. */
  searchUrl: string | null;
  /** Whose recently opened records are offered: see recent-pages.ts. */
  recentOwner: string;
}

const pauseMs = 70;
const mostHits = 12;

/** Ctrl/⌘ K: pages and actions at once from what is here, records a moment later from the server. */
export function CommandPalette({ isOpen, onClose, ...content }: CommandPaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      label="Search and commands"
      className="palette"
      initialFocus={input}
    >
      <PaletteContent input={input} onClose={onClose} {...content} />
    </Modal>
  );
}

interface PaletteContentProps extends Omit<CommandPaletteProps, 'isOpen'> {
  input: RefObject<HTMLInputElement>;
}

function PaletteContent({ input, onClose, items, searchUrl, recentOwner }: PaletteContentProps) {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const search = useRecordSearch(searchUrl, query);
  const shown = filterPalette(items, query);
  const [recent] = useState(() => recentPages(recentOwner));
  const asked = query.trim();
  const go = (href: string) => {
    onClose();
    void navigate(href);
  };
  return (
    // Our own filter decides: cmdk's fuzzy one would hide records that the server found by other fields.
    <Command label="Search and commands" shouldFilter={false} loop>
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search aria-hidden="true" className="size-4 flex-none text-subtle" />
        <Command.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder="Search records, company: for one type, > for actions"
        />
        <Kbd keys={['Esc']} />
      </div>
      <Command.List>
        <Command.Empty>{search.isBusy ? 'Searching…' : `Nothing found for “${asked}”.`}</Command.Empty>
        {asked === '' && <RecentGroup pages={recent} onPick={go} />}
        <RecordGroup hits={search.hits} onPick={go} />
        {searchUrl !== null && search.hits.length === mostHits && (
          <Command.Item value="all-results" onSelect={() => go(withQuery(searchUrl, { q: asked }))}>
            <Search aria-hidden="true" />
            <span className="flex-1">All results for “{asked}”</span>
          </Command.Item>
        )}
        {(['Go to', 'Actions'] as const).map((group) => (
          <ItemGroup key={group} group={group} items={shown} onPick={go} />
        ))}
      </Command.List>
    </Command>
  );
}

interface RecordSearch {
  hits: readonly SearchHit[];
  isBusy: boolean;
}

/** Asks the server after a short pause in typing; the fetcher drops answers that a newer question overtook. */
function useRecordSearch(searchUrl: string | null, query: string): RecordSearch {
  const { load, data, state } = useFetcher<SearchAnswer>();
  const asked = query.trim();
  const isAsking = searchUrl !== null && asked !== '' && !asked.startsWith('>');
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => load(withQuery(searchUrl, { q: asked, limit: mostHits })), pauseMs);
    return () => clearTimeout(timer);
  }, [load, searchUrl, asked, isAsking]);
  return { hits: isAsking ? (data?.items ?? []) : [], isBusy: isAsking && state !== 'idle' };
}

const recordTypes: Readonly<Record<string, { name: string; icon: LucideIcon }>> = {
  company: { name: 'Company', icon: Building2 },
  contact: { name: 'Contact', icon: ContactRound },
  deal: { name: 'Deal', icon: Handshake },
  creator: { name: 'Creator', icon: Clapperboard },
  campaign: { name: 'Campaign', icon: Megaphone },
  adAccount: { name: 'Ad account', icon: Plug },
};

function RecordGroup({ hits, onPick }: { hits: readonly SearchHit[]; onPick: (href: string) => void }) {
  if (hits.length === 0) return null;
  return (
    <Command.Group heading="Records">
      {hits.map(({ type, id, title, subtitle, href }) => {
        const { name, icon: Icon } = recordTypes[type] ?? { name: type, icon: Search };
        return (
          <Command.Item key={`${type}-${id}`} value={`${type}-${id}`} onSelect={() => onPick(href)}>
            <Icon aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate">
              {title}
              {subtitle && <span className="pl-2 text-muted">{subtitle}</span>}
            </span>
            <span className="text-sm text-subtle">{name}</span>
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}

function RecentGroup({ pages, onPick }: { pages: readonly RecentPage[]; onPick: (href: string) => void }) {
  if (pages.length === 0) return null;
  return (
    <Command.Group heading="Recent">
      {pages.map(({ href, title }) => (
        <Command.Item key={href} value={`recent-${href}`} onSelect={() => onPick(href)}>
          <History aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate">{title}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

interface ItemGroupProps {
  group: PaletteItem['group'];
  items: readonly PaletteItem[];
  onPick: (href: string) => void;
}

function ItemGroup({ group, items, onPick }: ItemGroupProps) {
  const isMac = useIsMac();
  const own = items.filter((item) => item.group === group);
  if (own.length === 0) return null;
  return (
    <Command.Group heading={group}>
      {own.map(({ id, label, href, icon: Icon, keys }) => (
        <Command.Item key={id} value={id} onSelect={() => onPick(href)}>
          <Icon aria-hidden="true" />
          <span className="flex-1">{label}</span>
          {keys && <Kbd keys={keyCaps(keys, isMac)} />}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
