import type { Creator } from '../../../server/domain/creators/schema.ts';
import { formatDate, formatPercent, formatRelative, formatName, missing } from '../../lib/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { StatusDot } from '../../ui/badge.tsx';
import type { CellWords, ListRow } from '../records/list-look.ts';
import { ageOf } from './figure-age.ts';
import {
  connectionStateLabels,
  contractStateLabels,
  contractStateTones,
  creatorStatusLabels,
  creatorStatusTones,
  engagementBasisLabels,
  engagementBasisWords,
} from './labels.ts';
import { hasTrouble, NetworkList, troubleTone } from './network-list.tsx';

/** A row carries what its columns read of a creator, as the list's look says. */
export function creatorOf(row: ListRow): Creator {
  return row as unknown as Creator;
}

export function nameCell({ name }: ListRow) {
  return (
    <span className="creator-name">
      <Avatar name={name} />
      <span>{formatName(name)}</span>
    </span>
  );
}

export function statusCell(row: ListRow) {
  const { status } = creatorOf(row);
  return <StatusDot tone={creatorStatusTones[status]}>{creatorStatusLabels[status]}</StatusDot>;
}

export function networksCell(row: ListRow, { now }: CellWords) {
  const { platforms } = creatorOf(row);
  return platforms.length === 0 ? missing : <NetworkList accounts={platforms} now={now} />;
}

/** The rate never stands without what it divides by. */
export function rateCell(row: ListRow) {
  const { engagementRate, engagementBasis } = creatorOf(row);
  if (engagementRate === null) return missing;
  const basis = engagementBasis ?? 'UNSTATED';
  return (
    <span title={engagementBasisWords[basis]}>
      {formatPercent(engagementRate)}{' '}
      <span className="text-sm text-muted">{engagementBasisLabels[basis]}</span>
    </span>
  );
}

export function ageCell(row: ListRow, { now }: CellWords) {
  const age = ageOf(creatorOf(row).platforms, now);
  if (!age) return missing;
  const words = formatRelative(age.at, now);
  if (!age.isStale) return words;
  return (
    <StatusDot tone="warning" title="Older than 30 days">
      {words}, old
    </StatusDot>
  );
}

/** The worst that can be said of the accounts' connections. */
export function connectionCell(row: ListRow) {
  const { platforms } = creatorOf(row);
  const troubled = platforms.find(hasTrouble);
  if (troubled) {
    return (
      <StatusDot tone={troubleTone(troubled)}>{connectionStateLabels[troubled.connectionState]}</StatusDot>
    );
  }
  const connected = platforms.find(({ connectionState }) => connectionState !== 'NEVER');
  if (!connected) return <StatusDot>{connectionStateLabels.NEVER}</StatusDot>;
  const { connectionState } = connected;
  return (
    <StatusDot tone={connectionState === 'SYNCED' ? 'success' : 'info'}>
      {connectionStateLabels[connectionState]}
    </StatusDot>
  );
}

export function contractCell(row: ListRow) {
  const { contractState, contractEndsOn } = creatorOf(row);
  if (contractState === null) return missing;
  const isRunning = contractState === 'ACTIVE' || contractState === 'ENDING';
  const words =
    isRunning && contractEndsOn ? `Until ${formatDate(contractEndsOn)}` : contractStateLabels[contractState];
  return (
    <StatusDot tone={contractStateTones[contractState]} title={contractStateLabels[contractState]}>
      {words}
    </StatusDot>
  );
}

/** The brands that the reader sees, and that there are others: never which. */
export function brandsCell(row: ListRow, { names }: CellWords) {
  const { brandIds, worksForOtherBrands } = creatorOf(row);
  const seen = brandIds.flatMap((brandId) => names[brandId] ?? []).join(', ');
  if (!worksForOtherBrands) return seen || missing;
  return (
    <span title="Works for a brand that is not yours to see">
      {seen ? `${seen} and another brand` : 'Another brand'}
    </span>
  );
}
