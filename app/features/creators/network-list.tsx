import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { CreatorAccount } from '../../../server/domain/creators/schema.ts';
import { formatCount, formatCountCompact, formatRelative } from '../../lib/format.ts';
import { connectionStateLabels } from './labels.ts';
import { NetworkMark } from './network-mark.tsx';

/** The accounts that a row has room for; how many more there are is said. */
const SHOWN = 3;

/** Accounts as marks with their followers, the largest with its handle; the exact figures are read out and on hover. */
export function NetworkList({ accounts, now }: { accounts: readonly CreatorAccount[]; now: string }) {
  const rest = accounts.length - SHOWN;
  return (
    <span className="networks">
      {accounts.slice(0, SHOWN).map((account, index) => (
        <span key={account.creatorPlatformId} className="network" title={accountWords(account, now)}>
          <NetworkMark platform={account.platform} />
          <span className="network-figures" aria-hidden="true">
            {index === 0 && <span className="network-handle">@{account.handle}</span>}
            <span>{formatCountCompact(account.followers)}</span>
          </span>
          {hasTrouble(account) && (
            <span className="status-dot" data-tone={troubleTone(account)} aria-hidden="true" />
          )}
          <span className="sr-only">{accountWords(account, now)}. </span>
        </span>
      ))}
      {rest > 0 && <span className="text-muted">+{rest}</span>}
    </span>
  );
}

/** "Instagram @noor.cooks: 13,800,000 followers, 3 d ago. Access has ended". */
export function accountWords(account: CreatorAccount, now: string): string {
  const { platform, handle, followers, figuresAt } = account;
  const known =
    followers === null
      ? 'followers unknown'
      : `${formatCount(followers)} followers${figuresAt ? `, ${formatRelative(figuresAt, now)}` : ''}`;
  const trouble = hasTrouble(account) ? `. ${connectionStateLabels[account.connectionState]}` : '';
  return `${platformLabels[platform]} @${handle}: ${known}${trouble}`;
}

const troubles = ['EXPIRING', 'EXPIRED', 'REVOKED'] as const;

/** Whether the access to an account has ended or is about to. */
export function hasTrouble({ connectionState }: Pick<CreatorAccount, 'connectionState'>): boolean {
  return troubles.some((state) => state === connectionState);
}

export function troubleTone({ connectionState }: Pick<CreatorAccount, 'connectionState'>) {
  return connectionState === 'EXPIRING' ? 'warning' : 'danger';
}
