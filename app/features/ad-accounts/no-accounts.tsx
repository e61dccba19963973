import { paths } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ConnectButton, PlatformOff, type PlatformStatus } from './connect-platforms.tsx';

export interface NoAccountsProps {
  isFiltered: boolean;
  canConnect: boolean;
  platforms: readonly PlatformStatus[];
}

/** Why the tree is empty, and what helps. */
export function NoAccounts({ isFiltered, canConnect, platforms }: NoAccountsProps) {
  if (isFiltered) {
    const action = { label: 'Clear filters', href: paths.adAccounts() };
    const description = 'No ad account fits this search and these filters.';
    return <EmptyState kind="no-result" title="Nothing found" description={description} action={action} />;
  }
  const title = 'No ad accounts yet';
  if (!canConnect) {
    const description = 'None is yours to see yet. An owner or admin of the agency connects ad accounts.';
    return <EmptyState kind="no-right" title={title} description={description} />;
  }
  const off = platforms.filter(({ isOn }) => !isOn);
  return (
    <EmptyState
      kind="unused"
      title={title}
      description="Connect a platform, pick the ad accounts, and their figures come by themselves from then on."
    >
      {platforms.map((item) => item.isOn && <ConnectButton key={item.id} platform={item} />)}
      {off.map((item) => (
        <p key={item.id} className="max-w-[26rem] text-muted">
          <PlatformOff platform={item} />
        </p>
      ))}
    </EmptyState>
  );
}
