import { BadgeCheck } from 'lucide-react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { CreatorAccount } from '../../../server/domain/creators/schema.ts';
import { formatCount, formatCountCompact, formatPercent, formatRelative } from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { isStale } from './figure-age.ts';
import { connectionStateLabels, engagementBasisLabels, figureSourceLabels } from './labels.ts';
import { hasTrouble, troubleTone } from './network-list.tsx';
import { NetworkMark } from './network-mark.tsx';

/** A creator's accounts in short: the figures, where they come from and how old they are. */
export function AccountList({ accounts, now }: { accounts: readonly CreatorAccount[]; now: string }) {
  if (accounts.length === 0) return <p className="p-4 text-muted">No account at a network is known yet.</p>;
  return (
    <ul className="account-lines">
      {accounts.map((account) => (
        <li key={account.creatorPlatformId}>
          <NetworkMark platform={account.platform} />
          <div className="min-w-0 flex-1">
            <Handle account={account} />
            <p className="text-sm text-muted">
              <Source account={account} now={now} />
            </p>
          </div>
          <Figures account={account} />
        </li>
      ))}
    </ul>
  );
}

function Handle({ account: { platform, handle, profileUrl, isVerified } }: { account: CreatorAccount }) {
  const name = (
    <>
      <span className="sr-only">{platformLabels[platform]} </span>@{handle}
    </>
  );
  return (
    <p className="flex min-w-0 items-center gap-1 font-medium">
      {profileUrl ? (
        <a className="link truncate" href={profileUrl} rel="noreferrer noopener" target="_blank">
          {name}
        </a>
      ) : (
        <span className="truncate">{name}</span>
      )}
      {isVerified && <BadgeCheck aria-label="Verified" className="size-3.5 flex-none text-info-ink" />}
    </p>
  );
}

function Source({ account, now }: { account: CreatorAccount; now: string }) {
  const { source, figuresAt, connectionState } = account;
  if (hasTrouble(account)) {
    return (
      <StatusDot tone={troubleTone(account)}>
        {connectionStateLabels[connectionState]}
        {figuresAt && `, figures of ${formatRelative(figuresAt, now)}`}
      </StatusDot>
    );
  }
  const age = figuresAt === null ? 'no figures yet' : formatRelative(figuresAt, now);
  const words = `${figureSourceLabels[source]}, ${age}`;
  if (figuresAt === null || !isStale(figuresAt, now)) return <>{words}</>;
  return <StatusDot tone="warning">{words}, old</StatusDot>;
}

function Figures({ account: { followers, engagementRate, engagementBasis } }: { account: CreatorAccount }) {
  return (
    <div className="figures text-right">
      <p title={`${formatCount(followers)} followers`}>
        {formatCountCompact(followers)} <span className="text-sm text-muted">followers</span>
      </p>
      {engagementRate !== null && (
        <p className="text-sm">
          {formatPercent(engagementRate)}{' '}
          <span className="text-muted">{engagementBasisLabels[engagementBasis ?? 'UNSTATED']}</span>
        </p>
      )}
    </div>
  );
}
