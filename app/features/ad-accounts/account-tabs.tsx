import { withQuery, paths } from '../../lib/paths.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';

export const accountTabs = ['in-use', 'found', 'no-brand', 'vanished'] as const;
export type AccountTab = (typeof accountTabs)[number];

export type AccountCounts = Readonly<Record<AccountTab, number>>;

export function readAccountTab(value: string | null): AccountTab {
  return accountTabs.find((tab) => tab === value) ?? 'in-use';
}

const labels = {
  'in-use': 'In use',
  found: 'Found, not in use',
  'no-brand': 'Without a brand',
  vanished: 'Vanished',
} as const satisfies Record<AccountTab, string>;

export interface AccountTabsProps {
  current: AccountTab;
  counts: AccountCounts;
  canConnect: boolean;
}

/** The tree, and the lists of what has no place in it yet or no longer. Who can do nothing there sees no empty list. */
export function AccountTabs({ current, counts, canConnect }: AccountTabsProps) {
  const tabs = accountTabs.flatMap((id): Tab[] => {
    const isShown = id === 'in-use' || id === current || canConnect || counts[id] > 0;
    const href = withQuery(paths.adAccounts(), { tab: id === 'in-use' ? null : id });
    return isShown ? [{ id, label: labels[id], href, count: counts[id] }] : [];
  });
  return tabs.length > 1 && <Tabs label="Lists of ad accounts" tabs={tabs} currentId={current} />;
}
