import type { ReactNode } from 'react';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import {
  formatCount,
  formatDateTime,
  formatPercent,
  formatRatio,
  formatRelative,
} from '../../../lib/format.ts';
import { Badge, StatusDot } from '../../../ui/badge.tsx';
import { isStale } from '../figure-age.ts';
import { connectionStateLabels, figureSourceLabels } from '../labels.ts';
import { NetworkMark } from '../network-mark.tsx';
import { connectionTones, connectionWords } from './connection-words.ts';

export interface AccountCardProps {
  account: CreatorPlatform;
  timeZone: string;
  now: string;
  /** What can be done with it. */
  actions?: ReactNode;
}

/** One account: whose it is, its figures with what they are and how old, and how its connection stands. */
export function AccountCard({ account, timeZone, now, actions }: AccountCardProps) {
  const { platform, handle, isVerified, connectionState, syncError } = account;
  const headingId = `account-${account.id}`;
  return (
    <article aria-labelledby={headingId} className="account-card">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <NetworkMark platform={platform} />
        <h3 id={headingId} className="min-w-0 flex-1 text-base font-medium break-words">
          {platformLabels[platform]} <AccountLink account={account} handle={handle} />
        </h3>
        {isVerified === true && <Badge tone="info">Verified</Badge>}
        <StatusDot tone={connectionTones[connectionState]}>
          {connectionStateLabels[connectionState]}
        </StatusDot>
      </header>
      <AccountFigures account={account} />
      <p className="text-sm text-muted">
        <SourceWords account={account} timeZone={timeZone} now={now} />
      </p>
      <p className="text-sm text-pretty">{connectionWords(account, timeZone)}</p>
      {syncError && (
        <p className="text-sm text-pretty text-danger-ink">
          The last fetch failed: {syncError} The figures of before stand.
        </p>
      )}
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </article>
  );
}

function AccountLink({ account: { profileUrl }, handle }: { account: CreatorPlatform; handle: string }) {
  if (!profileUrl) return <span className="text-muted">@{handle}</span>;
  return (
    <a className="link" href={profileUrl} rel="noopener noreferrer nofollow" target="_blank">
      @{handle}
    </a>
  );
}

/** Each figure as it is known; what a network does not tell is a dash, never a zero. */
function AccountFigures({ account }: { account: CreatorPlatform }) {
  const { followers, following, posts, likes, meanViews, meanLikes, meanComments, engagement } = account;
  const over = account.measuredPosts === null ? '' : `, over ${formatCount(account.measuredPosts)} posts`;
  const figures: readonly (readonly [string, string])[] = [
    ['Followers', formatCount(followers)],
    ['Following', formatCount(following)],
    ['Posts', formatCount(posts)],
    ...(likes === null ? [] : [['Likes in all', formatCount(likes)] as const]),
    [`Mean views${over}`, mean(meanViews)],
    [`Mean likes${over}`, mean(meanLikes)],
    [`Mean comments${over}`, mean(meanComments)],
  ];
  return (
    <dl className="account-figures">
      {figures.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
      <div className="account-rate">
        <dt>Engagement rate</dt>
        <dd className="figures">
          {formatPercent(engagement?.rate ?? null)}
          {engagement && <span className="block text-sm text-muted">{engagement.definition}</span>}
        </dd>
      </div>
    </dl>
  );
}

/** A mean of thousands needs no digits behind the point; one of few does. */
function mean(value: string | null): string {
  return value !== null && Number(value) < 100 ? formatRatio(value, 1) : formatRatio(value, 0);
}

function SourceWords({ account, timeZone, now }: Pick<AccountCardProps, 'account' | 'timeZone' | 'now'>) {
  const { source, figuresAt } = account;
  if (figuresAt === null) return <>No figures yet</>;
  return (
    <>
      {source === 'PHYLLO'
        ? 'Through Phyllo'
        : source === 'FILE'
          ? 'From a file'
          : figureSourceLabels[source]}
      ,{' '}
      <time dateTime={figuresAt} title={formatDateTime(figuresAt, timeZone)}>
        {formatRelative(figuresAt, now)}
      </time>
      {isStale(figuresAt, now) && (
        <>
          {' '}
          <StatusDot tone="warning">over 30 days old</StatusDot>
        </>
      )}
    </>
  );
}
