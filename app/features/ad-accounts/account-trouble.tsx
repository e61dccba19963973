import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { Callout } from '../../ui/callout.tsx';
import { useMay } from '../shell/use-account.ts';
import { ConnectButton, PlatformOff, type PlatformStatus } from './connect-platforms.tsx';
import { accountState } from './labels.ts';

export interface AccountTroubleProps {
  account: AdAccount;
  platform: PlatformStatus | null;
}

/** What keeps an account from being fresh, and what to do about it. Its figures of before stand. */
export function AccountTrouble({ account, platform }: AccountTroubleProps) {
  const mayConnect = useMay('ad-accounts.connect');
  if (account.syncStatus === 'PAUSED') {
    return (
      <Callout tone="info" title="Syncing is paused">
        The figures stay as they are until it is resumed.
      </Callout>
    );
  }
  const { label, tone } = accountState(account);
  if (tone !== 'danger') return null;
  const canReconnect = mayConnect && label === 'Not connected' && platform?.isOn;
  return (
    <Callout
      tone="danger"
      title={label === 'Not connected' ? 'The access to this account has ended' : 'The last sync failed'}
      actions={
        canReconnect && <ConnectButton platform={platform} label="Connect again" variant="secondary" />
      }
    >
      <p>{account.syncError ?? 'Connect it again to go on.'} The figures of before stand.</p>
      {platform && !platform.isOn && (
        <p>
          <PlatformOff platform={platform} />
        </p>
      )}
    </Callout>
  );
}
