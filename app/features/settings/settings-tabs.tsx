import { paths } from '../../lib/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';

const tabs = [
  { id: 'account', label: 'Account', href: paths.settingsAccount() },
  { id: 'brands', label: 'Brands', href: paths.settingsBrands() },
];

/** The pages of the settings. */
export function SettingsTabs({ currentId }: { currentId: 'account' | 'brands' }) {
  return <Tabs label="Settings" tabs={tabs} currentId={currentId} />;
}
