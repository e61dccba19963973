import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { useAccount, useMay } from '../shell/use-account.ts';
import { grantUntil } from './attention.ts';
import { ConnectButton, PlatformOff, type PlatformStatus } from './connect-platforms.tsx';
import { accountState } from './labels.ts';

export interface AccountTroubleProps {
  account: AdAccount;
  platform: PlatformStatus | null;
  now: string;
}

/** What keeps an account from being fresh, and what to do about it. Its figures of before stand. */
export function AccountTrouble({ account, platform, now }: AccountTroubleProps) {
  const mayConnect = useMay('ad-accounts.connect');
  if (account.isManager) return null;
  if (!account.isActive) {
    return (
      <Callout tone="info" title="Out of use">
        It stands in no list and nothing is fetched for it. Its figures stay.
      </Callout>
    );
  }
  if (account.vanishedAt !== null) return <Vanished account={account} />;
  if (account.syncStatus === 'PAUSED') {
    return (
      <Callout tone="info" title="Syncing is paused">
        The figures stay as they are until it is resumed.
      </Callout>
    );
  }
  const { label, tone } = accountState(account);
  if (tone !== 'danger') return <EndsSoon account={account} now={now} mayConnect={mayConnect} />;
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

function Vanished({ account }: Pick<AccountTroubleProps, 'account'>) {
  const { organization } = useAccount().current;
  return (
    <Callout tone="warning" title="Its platform no longer lists this account">
      Since {formatDateTime(account.vanishedAt, organization.timeZone)}: it was closed, or whoever allowed
      access lost it. The figures stay. Somebody who still sees it can connect; else take it out of use.
    </Callout>
  );
}

interface EndsSoonProps extends Pick<AccountTroubleProps, 'account' | 'now'> {
  mayConnect: boolean;
}

/** Said while there is time left to renew it. */
function EndsSoon({ account, now, mayConnect }: EndsSoonProps) {
  const { tone, words } = grantUntil(account, now);
  if (tone === 'quiet') return null;
  const { connectionId } = account;
  return (
    <Callout
      tone="warning"
      title={`The access to this account: ${words.toLowerCase()}`}
      actions={
        mayConnect &&
        connectionId && (
          <LinkButton href={withQuery(paths.connectAdAccounts(), { link: connectionId })}>
            Reconnect link
          </LinkButton>
        )
      }
    >
      Whoever allowed it renews it by a link, without a login here. Then nothing is missed.
    </Callout>
  );
}
