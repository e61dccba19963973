import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { paths, withQuery } from '../../../lib/paths.ts';
import { type Tab, Tabs } from '../../../ui/tabs.tsx';

const labels = {
  overview: 'Overview',
  audience: 'Audience',
  content: 'Content',
  contracts: 'Contracts',
  campaigns: 'Campaigns',
  timeline: 'Timeline',
  history: 'Field history',
} as const;

export type ProfileTab = keyof typeof labels;

/** What a client's own login does not have. */
const ofTheAgency: readonly ProfileTab[] = ['contracts'];

/** The tab that an address asks for, among those that the reader has. */
export function readProfileTab(value: string | null, isClient: boolean): ProfileTab {
  const ids = tabIds(isClient);
  return ids.find((id) => id === value) ?? 'overview';
}

function tabIds(isClient: boolean): ProfileTab[] {
  const ids = Object.keys(labels) as ProfileTab[];
  return isClient ? ids.filter((id) => !ofTheAgency.includes(id)) : ids;
}

export interface ProfileTabsProps {
  creator: Pick<Creator, 'id' | 'platforms'>;
  current: ProfileTab | 'accounts';
  isClient: boolean;
  /** The query of the list that the creator was opened from, or null. */
  list: string | null;
}

/** The parts of a creator's page, each at an address. The accounts are a page of their own, with a policy of its own. */
export function ProfileTabs({ creator, current, isClient, list }: ProfileTabsProps) {
  const path = paths.creator(creator.id, list);
  const parts: Tab[] = tabIds(isClient).map((id) => ({
    id,
    label: labels[id],
    href: withQuery(path, { tab: id === 'overview' ? null : id }),
  }));
  const accounts: Tab = {
    id: 'accounts',
    label: 'Accounts',
    href: paths.creatorPlatforms(creator.id),
    count: creator.platforms.length,
    isOwnDocument: true,
  };
  return (
    <Tabs
      label="Parts of the creator"
      tabs={[...parts.slice(0, 1), accounts, ...parts.slice(1)]}
      currentId={current}
    />
  );
}
