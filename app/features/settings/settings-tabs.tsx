import { paths } from '../../lib/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useMay } from '../shell/use-account.ts';

const tabs = [
  { id: 'account', label: 'Account', href: paths.settingsAccount() },
  { id: 'brands', label: 'Brands', href: paths.settingsBrands() },
  { id: 'costs', label: 'Costs', href: paths.settingsCosts() },
  { id: 'creators', label: 'Creators', href: paths.settingsCreators() },
  { id: 'fields', label: 'Fields', href: paths.settingsFields() },
  { id: 'lead-forms', label: 'Lead forms', href: paths.settingsLeadForms() },
  { id: 'pipeline', label: 'Pipeline', href: paths.settingsPipeline() },
  { id: 'platforms', label: 'Platforms', href: paths.settingsPlatforms() },
  { id: 'teams', label: 'Teams', href: paths.settingsTeams() },
  { id: 'webhooks', label: 'Webhooks', href: paths.settingsWebhooks() },
] as const;

/** The pages of the settings, as far as the reader has a right to them. */
export function SettingsTabs({ currentId }: { currentId: (typeof tabs)[number]['id'] }) {
  const isHidden = {
    costs: !useMay('costs.read'),
    teams: !useMay('teams.read'),
    'lead-forms': !useMay('lead-forms.read'),
    webhooks: !useMay('webhooks.read'),
  };
  const shown = tabs.filter(({ id }) => !(id in isHidden && isHidden[id as keyof typeof isHidden]));
  return <Tabs label="Settings" tabs={shown} currentId={currentId} />;
}
