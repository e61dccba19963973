import type { ReactNode } from 'react';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { ComparedCreator } from '../../../server/domain/creators/compare-schema.ts';
import type { Creator } from '../../../server/domain/creators/schema.ts';
import { formatCount, formatDate, formatPercent, formatRelative, missing } from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { genderShares, topAges, topCountries } from './compare-audience.ts';
import {
  AccountName,
  Blocks,
  type ComparedAccount,
  Contract,
  Count,
  Fees,
  Mean,
  Provenance,
  Rate,
  ShareLines,
} from './compare-cells.tsx';
import { creatorStatusLabels, creatorStatusTones } from './labels.ts';
import { type Network } from './network-mark.tsx';

export interface CompareRow {
  label: string;
  /** What the figure means, under its name. */
  hint?: string;
  cell: (creator: ComparedCreator) => ReactNode;
}

export interface CompareGroup {
  title: string;
  /** Whose mark stands before the title. */
  platform?: Network;
  rows: readonly CompareRow[];
}

/** What stands below each other: the whole first, then network by network, then what the agency alone knows. */
export function compareGroups(
  creators: readonly ComparedCreator[],
  { now, isClient }: { now: string; isClient: boolean },
): CompareGroup[] {
  const shared = (Object.keys(platformLabels) as Network[]).filter((platform) =>
    creators.some(({ accounts }) => accounts.some((account) => account.platform === platform)),
  );
  return [
    overall,
    ...shared.map((platform) => networkGroup(platform, now)),
    recent(now),
    ...(isClient ? [] : [agreed]),
  ];
}

const overall: CompareGroup = {
  title: 'Overall',
  rows: [
    { label: 'Status', cell: ({ status }) => statusOf(status as Creator['status']) },
    { label: 'Categories', cell: ({ categories }) => categories.join(', ') || missing },
    {
      label: 'Followers',
      hint: 'All networks together',
      cell: ({ totalFollowers }) => <Count value={totalFollowers} />,
    },
    { label: 'Engagement rate', cell: (creator) => <Rate {...creator} /> },
  ],
};

function statusOf(status: Creator['status']) {
  return <StatusDot tone={creatorStatusTones[status]}>{creatorStatusLabels[status]}</StatusDot>;
}

/** The largest account at the network stands for the creator there. */
function networkGroup(platform: Network, now: string): CompareGroup {
  const accountsOf = ({ accounts }: ComparedCreator) =>
    accounts.filter((account) => account.platform === platform);
  const ofAccount = (draw: (account: ComparedAccount) => ReactNode) => (creator: ComparedCreator) => {
    const [account] = accountsOf(creator);
    return account ? draw(account) : missing;
  };
  return {
    title: platformLabels[platform],
    platform,
    rows: [
      {
        label: 'Account',
        cell: (creator) => {
          const [account, ...others] = accountsOf(creator);
          return account ? <AccountName account={account} others={others.length} /> : 'No account';
        },
      },
      { label: 'Followers', cell: ofAccount(({ followers }) => <Count value={followers} />) },
      { label: 'Engagement rate', cell: ofAccount((account) => <Rate {...account} />) },
      { label: 'Mean views', cell: ofAccount(({ meanViews }) => <Mean value={meanViews} />) },
      { label: 'Mean likes', cell: ofAccount(({ meanLikes }) => <Mean value={meanLikes} />) },
      { label: 'Mean comments', cell: ofAccount(({ meanComments }) => <Mean value={meanComments} />) },
      {
        label: 'Means over',
        cell: ofAccount(({ measuredPosts }) =>
          measuredPosts === null ? missing : `${formatCount(measuredPosts)} newest posts`,
        ),
      },
      { label: 'Posts', cell: ofAccount(({ posts }) => <Count value={posts} />) },
      {
        label: 'Figures from',
        cell: ofAccount((account) => <Provenance account={account} now={now} />),
      },
      ...audienceRows(ofAccount),
    ],
  };
}

type OfAccount = (draw: (account: ComparedAccount) => ReactNode) => (creator: ComparedCreator) => ReactNode;

function audienceRows(ofAccount: OfAccount): CompareRow[] {
  const ofAudience =
    (draw: (audience: ComparedCreator['audiences'][number]) => ReactNode) => (creator: ComparedCreator) =>
      ofAccount(({ creatorPlatformId }) => {
        const found = creator.audiences.find((one) => one.creatorPlatformId === creatorPlatformId);
        return found ? draw(found) : missing;
      })(creator);
  return [
    {
      label: 'Audience: countries',
      hint: 'The three largest',
      cell: ofAudience((audience) => <ShareLines shares={topCountries(audience)} />),
    },
    {
      label: 'Audience: gender',
      cell: ofAudience((audience) => <ShareLines shares={genderShares(audience)} />),
    },
    {
      label: 'Audience: ages',
      hint: 'The three largest',
      cell: ofAudience((audience) => <ShareLines shares={topAges(audience)} />),
    },
    {
      label: 'Audience as of',
      hint: 'The network’s own estimate',
      cell: ofAudience(({ date, followers }) => (
        <>
          {formatDate(date)}
          {followers !== null && (
            <span className="block text-sm text-muted">of {formatCount(followers)} followers</span>
          )}
        </>
      )),
    },
  ];
}

const recent = (now: string): CompareGroup => ({
  title: 'Content of the last 90 days',
  rows: [
    { label: 'Pieces', cell: ({ recentContents }) => formatCount(recentContents.count) },
    { label: 'Mean views', cell: ({ recentContents }) => <Mean value={recentContents.meanViews} /> },
    { label: 'Mean likes', cell: ({ recentContents }) => <Mean value={recentContents.meanLikes} /> },
    { label: 'Mean comments', cell: ({ recentContents }) => <Mean value={recentContents.meanComments} /> },
    {
      label: 'Engagement rate',
      hint: 'Likes and comments, divided by views',
      cell: ({ recentContents }) => formatPercent(recentContents.engagementRate),
    },
    { label: 'Newest', cell: ({ recentContents }) => formatRelative(recentContents.newestAt, now) },
  ],
});

const agreed: CompareGroup = {
  title: 'Agreed',
  rows: [
    { label: 'Contract', cell: (creator) => <Contract creator={creator} /> },
    { label: 'Fees', hint: 'Of the contracts that you see', cell: (creator) => <Fees {...creator} /> },
    { label: 'Blocked for', cell: (creator) => <Blocks {...creator} /> },
  ],
};
