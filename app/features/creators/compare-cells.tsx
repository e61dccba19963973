import { BadgeCheck } from 'lucide-react';
import type { ComparedCreator } from '../../../server/domain/creators/compare-schema.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import {
  formatCount,
  formatCountCompact,
  formatDate,
  formatDateRange,
  formatMoney,
  formatPercent,
  formatPercentPoints,
  formatRelative,
  missing,
} from '../../lib/format.ts';
import { StatusDot } from '../../ui/badge.tsx';
import type { ShortShare } from './compare-audience.ts';
import { isStale } from './figure-age.ts';
import {
  connectionStateLabels,
  contractStateLabels,
  contractStateTones,
  engagementBasisLabels,
  engagementBasisWords,
  figureSourceLabels,
} from './labels.ts';
import { hasTrouble, troubleTone } from './network-list.tsx';

export type ComparedAccount = ComparedCreator['accounts'][number];

/** A count in short, exact on hover and for readers of the screen. */
export function Count({ value }: { value: number | null }) {
  if (value === null) return <>{missing}</>;
  return <span title={formatCount(value)}>{formatCountCompact(value)}</span>;
}

/** A mean: a decimal string. */
export function Mean({ value }: { value: string | null }) {
  return <span title={formatCount(value)}>{formatCountCompact(value)}</span>;
}

type Rated = Pick<ComparedAccount, 'engagementRate' | 'engagementBasis'>;

export function Rate({ engagementRate, engagementBasis }: Rated) {
  if (engagementRate === null) return <>{missing}</>;
  const basis = engagementBasis ?? 'UNSTATED';
  return (
    <span title={engagementBasisWords[basis]}>
      {formatPercent(engagementRate)}{' '}
      <span className="text-sm text-muted">{engagementBasisLabels[basis]}</span>
    </span>
  );
}

export function AccountName({ account, others }: { account: ComparedAccount; others: number }) {
  const { handle, profileUrl, isVerified } = account;
  return (
    <>
      {profileUrl ? (
        <a className="link" href={profileUrl} rel="noreferrer noopener" target="_blank">
          @{handle}
        </a>
      ) : (
        `@${handle}`
      )}{' '}
      {isVerified && <BadgeCheck aria-label="Verified" className="inline size-3.5 text-info-ink" />}
      {others > 0 && (
        <span className="block text-sm text-muted">
          and {others === 1 ? 'one smaller account' : `${others} smaller accounts`}
        </span>
      )}
    </>
  );
}

/** Where the figures come from and how old they are. */
export function Provenance({ account, now }: { account: ComparedAccount; now: string }) {
  const { source, figuresAt, connectionState } = account;
  const age = figuresAt === null ? 'no figures yet' : formatRelative(figuresAt, now);
  const isOld = figuresAt !== null && isStale(figuresAt, now);
  return (
    <>
      {isOld ? (
        <StatusDot tone="warning">
          {figureSourceLabels[source]}, {age}, old
        </StatusDot>
      ) : (
        `${figureSourceLabels[source]}, ${age}`
      )}
      {hasTrouble(account) && (
        <span className="block">
          <StatusDot tone={troubleTone(account)}>{connectionStateLabels[connectionState]}</StatusDot>
        </span>
      )}
    </>
  );
}

/** Shares as short bars, each with its figure. The bars of a cell are as long as their shares of all. */
export function ShareLines({ shares }: { shares: readonly ShortShare[] }) {
  if (shares.length === 0) return <>{missing}</>;
  return (
    <ul className="share-lines">
      {shares.map(({ label, percent }) => (
        <li key={label}>
          <span>{label}</span>
          <span className="figures">{formatPercentPoints(percent)}</span>
          <ShareBar percent={percent} largest={100} />
        </li>
      ))}
    </ul>
  );
}

export function Contract({ creator: { contractState, contractEndsOn } }: { creator: ComparedCreator }) {
  if (contractState === null) return <>{missing}</>;
  return (
    <StatusDot tone={contractStateTones[contractState]}>
      {contractStateLabels[contractState]}
      {contractEndsOn && `, until ${formatDate(contractEndsOn)}`}
    </StatusDot>
  );
}

export function Fees({ fees }: Pick<ComparedCreator, 'fees'>) {
  if (fees.length === 0) return <>{missing}</>;
  return (
    <ul className="grid gap-1">
      {fees.map(({ creatorContractId, title, fee, startsOn, endsOn }) => (
        <li key={creatorContractId}>
          {formatMoney(fee)}
          <span className="block text-sm text-muted">
            {title}
            {startsOn && `, ${endsOn ? formatDateRange(startsOn, endsOn) : `from ${formatDate(startsOn)}`}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Blocks({ blocks }: Pick<ComparedCreator, 'blocks'>) {
  if (blocks.length === 0) return <>None</>;
  return (
    <ul className="grid gap-1">
      {blocks.map(({ creatorBlockId, brandId, brandName, reason }) => (
        <li key={creatorBlockId}>
          <StatusDot tone="danger">
            {brandId === null ? 'All brands' : (brandName ?? 'A brand that is not yours to see')}
          </StatusDot>
          <span className="block text-sm text-muted">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
