import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';

const tabsOfAccount = {
  overview: 'Overview',
  campaigns: 'Campaigns',
  settings: 'Brand and settings',
} as const;
const tabsOfManager = { below: 'Ad accounts', settings: 'Brand and owner' } as const;

export type AccountTab = keyof typeof tabsOfAccount | keyof typeof tabsOfManager;

function tabsOf(isManager: boolean): Readonly<Partial<Record<AccountTab, string>>> {
  return isManager ? tabsOfManager : tabsOfAccount;
}

/** The tab that an address asks for, among those that the account has. */
export function readTab(value: string | null, isManager: boolean): AccountTab {
  const ids = Object.keys(tabsOf(isManager)) as AccountTab[];
  return ids.find((id) => id === value) ?? (isManager ? 'below' : 'overview');
}

/** An account's page in parts; a manager has no syncs and no campaigns. */
export function AccountPageTabs({
  account,
  current,
}: {
  account: Pick<AdAccount, 'id' | 'isManager'>;
  current: AccountTab;
}) {
  const tabs = Object.entries(tabsOf(account.isManager)).map(([id, label], at) => ({
    id,
    label,
    href: withQuery(paths.adAccount(account.id), { tab: at === 0 ? null : id }),
  }));
  return <Tabs label="Parts of the ad account" tabs={tabs} currentId={current} />;
}
