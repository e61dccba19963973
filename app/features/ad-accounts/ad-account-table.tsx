import { useMemo } from 'react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDate, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { type Sort, sortHref } from '../../table/sort.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { accountState, platformLabels } from './labels.ts';

export interface AdAccountTableProps {
  adAccounts: readonly AdAccount[];
  /** Brand id to name. */
  brands: Readonly<Record<string, string>>;
  url: URL;
  sort: Sort | null;
  now: string;
}

export const adAccountSortKeys = ['name', 'createdAt', 'updatedAt'] as const;

export function AdAccountTable({ adAccounts, brands, url, sort, now }: AdAccountTableProps) {
  const columns = useMemo(() => columnsOf(brands, now), [brands, now]);
  return (
    <DataTable
      label="Ad accounts"
      columns={columns}
      rows={adAccounts}
      rowId={(account) => account.id}
      rowHref={(account) => paths.adAccount(account.id)}
      sort={sort}
      hrefForSort={(next) => sortHref(url, next)}
    />
  );
}

const columnsOf = (brands: Readonly<Record<string, string>>, now: string): DataColumn<AdAccount>[] => [
  { id: 'name', header: 'Name', cell: (account) => account.name, sortKey: 'name' },
  { id: 'status', header: 'Status', cell: statusCell },
  { id: 'platform', header: 'Platform', cell: (account) => <PlatformName account={account} /> },
  { id: 'synced', header: 'Last success', cell: (account) => formatRelative(account.lastSyncedAt, now) },
  { id: 'newest', header: 'Newest day', cell: newestCell },
  { id: 'brand', header: 'Brand', cell: (account) => (account.brandId && brands[account.brandId]) || '—' },
  { id: 'currency', header: 'Currency', className: 'quiet', cell: (account) => account.currency },
  {
    id: 'zone',
    header: 'Time zone',
    className: 'quiet',
    cell: (account) => account.timeZone.replaceAll('_', ' '),
  },
  { id: 'native', header: 'Platform’s id', className: 'quiet', cell: (account) => account.nativeId },
];

/** The platform, and whether a stand-in plays it. */
function PlatformName({ account }: { account: AdAccount }) {
  return (
    <>
      {platformLabels[account.platform]}
      {account.isSandbox && (
        <span className="pl-2">
          <SandboxBadge />
        </span>
      )}
    </>
  );
}

export function SandboxBadge() {
  return (
    <Badge tone="warning" title="Invented figures of the sandbox, not of a real platform">
      Sandbox
    </Badge>
  );
}

function statusCell(account: AdAccount) {
  const { label, tone } = accountState(account);
  return (
    <StatusDot tone={tone} {...(account.syncError && { title: account.syncError })}>
      {label}
    </StatusDot>
  );
}

/** The newest business day that the figures cover; the account's own today is partial. */
export function newestDay({ newestBusinessDate, today }: AdAccount): string {
  const day = formatDate(newestBusinessDate);
  return newestBusinessDate === today ? `${day}, partial` : day;
}

/** In a list most accounts cover their own today: that word is shorter than its date. */
function newestCell(account: AdAccount) {
  if (account.newestBusinessDate !== account.today) return newestDay(account);
  return <span title={`${formatDate(account.today)} in its own zone`}>Today, partial</span>;
}
