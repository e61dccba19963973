import { useMemo } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { CampaignSummary } from '../../../server/domain/metrics/schema.ts';
import type { PortfolioCampaign } from '../../../server/domain/portfolio/schema.ts';
import { formatDateRange, formatMoney, formatRatio, missing } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { type Sort, sortHref } from '../../table/sort.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { SandboxBadge } from '../ad-accounts/sandbox-badge.tsx';
import { bandWords } from '../pacing/band-words.ts';
import { datesOf } from './dates.ts';
import { campaignStatusLabels, campaignStatusTones, objectiveLabels } from './labels.ts';

export const campaignSortKeys = ['name', 'createdAt', 'updatedAt'] as const;

/** A campaign's pace, as the portfolio reckons it. */
export type CampaignPace = Pick<PortfolioCampaign, 'campaignId' | 'band' | 'bandReason' | 'ratio'>;

export interface CampaignTableProps {
  campaigns: readonly Campaign[];
  /** The last 28 days of those that have figures. */
  summaries: readonly CampaignSummary[];
  /** How each keeps its pace; null for a client's own login, which reads no budgets. */
  paces: readonly CampaignPace[] | null;
  /** Brand id to name. */
  brands: Readonly<Record<string, string>>;
  url: URL;
  sort: Sort | null;
}

export function CampaignTable({ campaigns, summaries, paces, brands, url, sort }: CampaignTableProps) {
  const columns = useMemo(() => columnsOf({ summaries, paces, brands }), [summaries, paces, brands]);
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={campaigns}
      rowId={(campaign) => campaign.id}
      rowHref={(campaign) => paths.campaign(campaign.id)}
      sort={sort}
      hrefForSort={(next) => sortHref(url, next)}
    />
  );
}

type Known = Pick<CampaignTableProps, 'summaries' | 'paces' | 'brands'>;

function columnsOf({ summaries, paces, brands }: Known): DataColumn<Campaign>[] {
  const byId = new Map(summaries.map((summary) => [summary.campaignId, summary]));
  const summaryOf = ({ id }: Campaign) => byId.get(id);
  return [
    { id: 'name', header: 'Name', cell: (campaign) => campaign.name, sortKey: 'name' },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => (
        <StatusDot tone={campaignStatusTones[status]}>{campaignStatusLabels[status]}</StatusDot>
      ),
    },
    { id: 'brand', header: 'Brand', cell: ({ brandId }) => (brandId && brands[brandId]) || missing },
    {
      id: 'objective',
      header: 'Objective',
      className: 'quiet',
      cell: ({ objective }) => (objective ? objectiveLabels[objective] : missing),
    },
    { id: 'dates', header: 'Runs', cell: datesOf },
    ...(paces ? [paceColumn(paces)] : []),
    { id: 'budget', header: 'Budget', className: 'end', cell: ({ budget }) => formatMoney(budget) },
    {
      id: 'spend',
      header: 'Spend, 28 days',
      className: 'end',
      cell: (campaign) => spendCell(summaryOf(campaign)),
    },
    {
      id: 'roas',
      header: 'ROAS',
      className: 'end',
      cell: (campaign) => formatRatio(summaryOf(campaign)?.roas),
    },
  ];
}

function paceColumn(paces: readonly CampaignPace[]): DataColumn<Campaign> {
  const byId = new Map(paces.map((pace) => [pace.campaignId, pace]));
  return { id: 'pace', header: 'Pace', cell: ({ id }) => paceCell(byId.get(id)) };
}

/** The verdict in a word with its ratio; why, on hover. */
function paceCell(pace: CampaignPace | undefined) {
  if (!pace?.band) return missing;
  const { label, tone } = bandWords[pace.band];
  return (
    <StatusDot tone={tone} title={pace.bandReason ?? label}>
      {pace.ratio === null ? label : `${label}, ${formatRatio(pace.ratio)}`}
    </StatusDot>
  );
}

/** Spend of the last days that are covered, and a mark where it is invented. */
function spendCell(summary: CampaignSummary | undefined) {
  if (!summary) return missing;
  if (!summary.isSandbox) return spendOf(summary);
  return (
    <>
      <SandboxBadge /> {spendOf(summary)}
    </>
  );
}

/** Where nothing had a rate, that is what stands here. */
function spendOf(summary: CampaignSummary) {
  const { spend, leftOut } = summary;
  const days = formatDateRange(summary.from, summary.to);
  if (leftOut.length === 0) return <span title={days}>{formatMoney(spend)}</span>;
  const currencies = leftOut.join(', ');
  if (!spend) return <span title={days}>No rate for {currencies}</span>;
  return (
    <span title={`${days}; without ${currencies}, which had no rate`}>
      {formatMoney(spend)} without {currencies}
    </span>
  );
}
