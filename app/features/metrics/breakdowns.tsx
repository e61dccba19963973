import type { ReactNode } from 'react';
import type {
  AdAccountMetrics,
  CampaignMetrics,
  CurrencyFigures,
  PlatformCampaignMetrics,
} from '../../../server/domain/metrics/schema.ts';
import { formatCount, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { nativeTone, nativeWord, platformLabel } from '../ad-accounts/labels.ts';
import { figureCells, figureHeads } from './figure-cells.tsx';

export interface PlatformCampaignBreakdownProps {
  metrics: CampaignMetrics;
  /** Whether each row offers to detach; a form stands around the table then. */
  canDetach: boolean;
}

/** The figures of each platform campaign, with the platform's own status and reach. */
export function PlatformCampaignBreakdown({ metrics, canDetach }: PlatformCampaignBreakdownProps) {
  const { platformCampaigns, currency } = metrics;
  const shown = { currency, canDetach, hasReach: platformCampaigns.some(({ reach }) => reach !== null) };
  return (
    <Table label="Figures by platform campaign">
      <thead>
        <tr>
          <th scope="col">Platform campaign</th>
          <th scope="col">Status there</th>
          {figureHeads()}
          {shown.hasReach && (
            <th scope="col" className="end" title="As the platform gave it for exactly these days">
              Reach
            </th>
          )}
          {canDetach && (
            <th scope="col">
              <span className="sr-only">Detach</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{platformCampaigns.map((item) => campaignRow(item, shown))}</tbody>
    </Table>
  );
}

interface Shown {
  currency: string;
  canDetach: boolean;
  /** Only where the platform was asked for exactly these days. */
  hasReach: boolean;
}

function campaignRow(item: PlatformCampaignMetrics, { currency, canDetach, hasReach }: Shown) {
  return (
    <tr key={item.platformCampaignId}>
      <th scope="row" className="clip" title={`${item.name} (${item.nativeId})`}>
        {item.name}
        <span className="block truncate pb-1 text-sm font-normal text-muted">{item.adAccountName}</span>
      </th>
      <td>
        <StatusDot tone={nativeTone(item.nativeStatus)} title={item.nativeStatus ?? ''}>
          {item.isGone ? 'No longer listed' : nativeWord(item.nativeStatus)}
        </StatusDot>
      </td>
      {figureCells(item, currency)}
      {hasReach && <td className="end">{formatCount(item.reach)}</td>}
      {canDetach && (
        <td className="end">
          <Button
            type="submit"
            size="small"
            variant="quiet"
            name="platformCampaignId"
            value={item.platformCampaignId}
            aria-label={`Detach ${item.name}`}
          >
            Detach
          </Button>
        </td>
      )}
    </tr>
  );
}

/** The figures of each ad account, and what it spent in its own currency. */
export function AdAccountBreakdown({ metrics }: { metrics: CampaignMetrics }) {
  const { adAccounts, currency } = metrics;
  if (adAccounts.length === 0) return null;
  const isForeign = adAccounts.some(({ byCurrency }) => byCurrency.some((own) => own.currency !== currency));
  return (
    <Panel title="Ad accounts" description={`Amounts in ${currency}`} padded={false}>
      <Table label="Figures by ad account">
        <thead>
          <tr>
            <th scope="col">Ad account</th>
            <th scope="col">Platform</th>
            {isForeign && (
              <th scope="col" className="end">
                Spend, own currency
              </th>
            )}
            {figureHeads()}
          </tr>
        </thead>
        <tbody>{adAccounts.map((item) => accountRow(item, currency, isForeign))}</tbody>
      </Table>
    </Panel>
  );
}

function accountRow(item: AdAccountMetrics, currency: string, isForeign: boolean): ReactNode {
  return (
    <tr key={item.adAccountId}>
      <th scope="row">
        <a className="link" href={paths.adAccount(item.adAccountId)}>
          {item.name}
        </a>
      </th>
      <td className="quiet">{platformLabel(item.platform)}</td>
      {isForeign && <td className="end">{ownSpend(item.byCurrency)}</td>}
      {figureCells(item, currency)}
    </tr>
  );
}

/** Amounts of two currencies stand beside each other; they are never added. */
function ownSpend(byCurrency: readonly CurrencyFigures[]): string {
  return byCurrency.map(({ spend }) => formatMoney(spend, 'code')).join(' + ') || '—';
}
