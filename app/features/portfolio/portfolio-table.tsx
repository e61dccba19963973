import type {
  Portfolio,
  PortfolioCampaign,
  PortfolioSort,
  Rollup,
} from '../../../server/domain/portfolio/schema.ts';
import {
  formatCount,
  formatDay,
  formatMoney,
  formatMoneyExact,
  formatPercent,
  formatRatio,
  missing,
} from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Table } from '../../ui/table.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { datesOf } from '../campaigns/dates.ts';
import { campaignStatusLabels, campaignStatusTones, objectiveLabels } from '../campaigns/labels.ts';
import { explainHref } from '../explanations/explain-address.ts';
import { ExplainLink } from '../explanations/explain-link.tsx';
import { StateMark } from '../metrics/freshness-mark.tsx';
import { bandWords } from '../pacing/band-words.ts';
import { nextPortfolioSort, type PortfolioGroup } from './portfolio-query.ts';

export interface PortfolioTableProps {
  portfolio: Portfolio;
  group: PortfolioGroup | null;
  url: URL;
  picked: readonly string[];
  /** A client's login sees no budgets. */
  showsPlan: boolean;
}

/** The campaigns with their pace; the boxes belong to the form around it. */
export function PortfolioTable({ portfolio, group, url, picked, showsPlan }: PortfolioTableProps) {
  const columns = columnsOf(showsPlan);
  return (
    <Table label="Portfolio" height="viewport" hasSelection>
      <thead>
        <tr>
          <th scope="col" className="select-cell">
            <span className="sr-only">Add up</span>
          </th>
          {columns.map(({ label, sort, className }) => (
            <th key={label} scope="col" className={className} {...sortedBy(url, sort)}>
              {sort ? <a href={sortAddress(url, sort)}>{label}</a> : label}
            </th>
          ))}
        </tr>
      </thead>
      {groupsOf(portfolio, group).map(({ key, name, items, words }) => (
        <tbody key={key}>
          {group && (
            <tr className="table-group">
              <th colSpan={columns.length + 1} scope="rowgroup">
                {name} <span className="font-normal text-muted">{words}</span>
              </th>
            </tr>
          )}
          {items.map((item) => (
            <tr key={item.campaignId} data-record-id={item.campaignId}>
              <td className="select-cell">
                <label>
                  <input
                    type="checkbox"
                    className="checkbox"
                    name="pick"
                    value={item.campaignId}
                    defaultChecked={picked.includes(item.campaignId)}
                    aria-label={`Add up ${item.name}`}
                  />
                </label>
              </td>
              {columns.map(({ label, className, cell }, at) =>
                at === 0 ? (
                  <th key={label} scope="row">
                    {cell(item)}
                  </th>
                ) : (
                  <td key={label} className={className}>
                    {cell(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
}

interface Column {
  label: string;
  /** The server's name for its order, the first click's direction with it. */
  sort?: PortfolioSort;
  className?: string;
  cell: (item: PortfolioCampaign) => React.ReactNode;
}

function columnsOf(showsPlan: boolean): Column[] {
  const pace: Column = { label: 'Pacing', sort: 'pace', cell: paceCell };
  const plan: Column[] = [
    { label: 'Budget', sort: '-budget', className: 'end', cell: budgetCell },
    { label: 'Expected', className: 'end', cell: expectedCell },
    { label: 'At flight’s end', className: 'end', cell: projectionCell },
  ];
  return [
    { label: 'Campaign', sort: 'name', cell: nameCell },
    ...(showsPlan ? [pace] : []),
    { label: 'Spent', sort: '-spent', className: 'end', cell: spentCell },
    ...(showsPlan ? plan : []),
    { label: 'ROAS', sort: '-roas', className: 'end', cell: ({ roas }) => formatRatio(roas) },
    { label: 'Figures', cell: freshnessCell },
    {
      label: 'Status',
      sort: 'status',
      cell: ({ status }) =>
        StatusDot({ tone: campaignStatusTones[status], children: campaignStatusLabels[status] }),
    },
    {
      label: 'Platforms',
      className: 'quiet',
      cell: ({ platforms }) => platforms.map(platformLabel).join(', ') || missing,
    },
    { label: 'Owner', className: 'quiet', cell: ({ ownerName }) => ownerName ?? missing },
    { label: 'Flight', sort: 'endsOn', className: 'quiet', cell: datesOf },
    { label: 'Brand', sort: 'brand', cell: ({ brandName }) => brandName ?? missing },
  ];
}

function nameCell({ campaignId, name }: PortfolioCampaign) {
  return <a href={paths.campaign(campaignId)}>{name}</a>;
}

function budgetCell({ budget }: PortfolioCampaign) {
  return <span title={formatMoneyExact(budget)}>{formatMoney(budget)}</span>;
}

/** As its budget and its pace are written; in the sums' currency on hover. */
function spentCell({ spent, ownSpent, pacedSpent }: PortfolioCampaign) {
  const shown = pacedSpent ?? ownSpent ?? spent;
  const all =
    spent === null ? '' : `; to date, days outside of the flight with it: ${formatMoneyExact(spent)}`;
  return <span title={`${formatMoneyExact(shown)}${all}`}>{formatMoney(shown)}</span>;
}

function expectedCell({ campaignId, expected }: PortfolioCampaign) {
  return ExplainLink({
    href: expected && explainHref('pacing', { campaignId, figure: 'expected' }),
    figure: 'expected',
    title: formatMoneyExact(expected),
    children: formatMoney(expected),
  });
}

function paceCell({ campaignId, ratio, band, bandReason }: PortfolioCampaign) {
  if (band === null) return missing;
  const { label, tone } = bandWords[band];
  return (
    <>
      {ratio !== null &&
        ExplainLink({
          href: explainHref('pacing', { campaignId, figure: 'ratio' }),
          figure: 'ratio',
          className: 'pr-2',
          children: formatPercent(ratio, 0),
        })}
      {StatusDot({ tone, children: label, ...(bandReason && { title: bandReason }) })}
    </>
  );
}

function projectionCell({ campaignId, projection, budget }: PortfolioCampaign) {
  if (!projection || !budget) return missing;
  const { currency } = budget;
  const money = (amount: string) => formatMoney({ amount, currency });
  const range =
    projection.low !== null && projection.high !== null
      ? `Four of five times between ${money(projection.low)} and ${money(projection.high)}`
      : 'Too few days for an interval';
  return ExplainLink({
    href: explainHref('pacing', { campaignId, figure: 'flightEnd' }),
    figure: 'flightEnd',
    title: range,
    children: money(projection.amount),
  });
}

function freshnessCell({ state, stateReason, newestBusinessDate, campaignId }: PortfolioCampaign) {
  return (
    <>
      {StateMark({
        state,
        href: paths.campaign(campaignId),
        ...(stateReason !== null && { reason: stateReason }),
      })}
      {newestBusinessDate && <span className="quiet"> to {formatDay(newestBusinessDate)}</span>}
    </>
  );
}

interface Group {
  key: string;
  name: string;
  items: PortfolioCampaign[];
  words: string;
}

function groupsOf({ items, totals }: Portfolio, group: PortfolioGroup | null): Group[] {
  if (group === null) return [{ key: 'all', name: '', items, words: '' }];
  const groups = new Map<string, Group>();
  for (const item of items) {
    const { key, name } = placeOf(item, group);
    const there = groups.get(key);
    if (there) there.items.push(item);
    else groups.set(key, { key, name, items: [item], words: '' });
  }
  return [...groups.values()]
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((one) => ({ ...one, words: wordsOf(one, group, totals) }));
}

function placeOf(item: PortfolioCampaign, group: PortfolioGroup): { key: string; name: string } {
  switch (group) {
    case 'brand':
      return { key: item.brandId ?? '', name: item.brandName ?? 'No brand' };
    case 'owner':
      return { key: item.ownerId ?? '', name: item.ownerName ?? 'No owner' };
    case 'objective':
      return {
        key: item.objective ?? '',
        name: item.objective ? objectiveLabels[item.objective] : 'No objective',
      };
    case 'status':
      return { key: item.status, name: campaignStatusLabels[item.status] };
  }
}

/** A brand's sums come from the server; nothing is added here. */
function wordsOf({ key, items }: Group, group: PortfolioGroup, totals: Rollup): string {
  const count = items.length === 1 ? '1 campaign' : `${formatCount(items.length)} campaigns`;
  const sums = group === 'brand' ? totals.byBrand.find((brand) => brand.key === key) : undefined;
  if (!sums) return count;
  const pace = sums.ratio === null ? '' : ` · pacing ${formatPercent(sums.ratio, 0)}`;
  return `${count} · ${formatMoney(sums.spent)} spent${pace}`;
}

function sortAddress(url: URL, sort: PortfolioSort): string {
  return listHref(url, { sort: nextPortfolioSort(url.searchParams.get('sort'), sort) });
}

function sortedBy(url: URL, sort: string | undefined) {
  const current = url.searchParams.get('sort') ?? 'pace';
  if (!sort || current.replace(/^-/, '') !== sort.replace(/^-/, '')) return {};
  return { 'aria-sort': current.startsWith('-') ? ('descending' as const) : ('ascending' as const) };
}
