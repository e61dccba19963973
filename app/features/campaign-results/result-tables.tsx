import { Form } from '@remix-run/react';
import type { CampaignResult, ResultTotals } from '../../../server/domain/campaign-results/schema.ts';
import { formatCount, formatDate, formatDateRange, formatDateTime, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

type Total = ResultTotals['byOrigin'][number] | ResultTotals['byCreator'][number];

export interface TotalsTableProps {
  title: string;
  /** What the first column names. */
  heading: string;
  rows: readonly (Omit<Total, 'origin'> & { name: string })[];
  timeZone: string;
}

/** What results come to; currencies stand beside each other and are not added. */
export function TotalsTable({ title, heading, rows, timeZone }: TotalsTableProps) {
  return (
    <Panel title={title} padded={false}>
      <Table label={title}>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col" className="end">
              Clicks
            </th>
            <th scope="col" className="end">
              Conversions
            </th>
            <th scope="col" className="end">
              Value
            </th>
            <th scope="col">Days</th>
            <th scope="col">Entered</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={`${at} ${row.name}`}>
              <th scope="row">{row.name}</th>
              <td className="end">{formatCount(row.clicks)}</td>
              <td className="end">{formatCount(row.conversions)}</td>
              <td className="end">
                {row.values.map((value) => formatMoney(value, 'code')).join(' + ') || '—'}
              </td>
              <td>
                {formatDateRange(row.firstDate, row.lastDate)} ({formatCount(row.days)})
              </td>
              <td>{formatDateTime(row.enteredAt, timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

export interface ResultTableProps {
  results: readonly CampaignResult[];
  canWrite: boolean;
  timeZone: string;
}

/** The results one by one, the newest day first. */
export function ResultTable({ results, canWrite, timeZone }: ResultTableProps) {
  return (
    <Panel title="Every result" padded={false}>
      <Table label="Results">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Whose count</th>
            <th scope="col">Creator</th>
            <th scope="col" className="end">
              Clicks
            </th>
            <th scope="col" className="end">
              Conversions
            </th>
            <th scope="col" className="end">
              Value
            </th>
            <th scope="col">Entered</th>
            {canWrite && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {results.map((one) => (
            <tr key={one.id} title={one.note ?? undefined}>
              <th scope="row">{formatDate(one.date)}</th>
              <td>{one.origin}</td>
              <td>{one.campaignCreatorId ? (one.creatorName ?? 'Not yours to see') : 'The campaign'}</td>
              <td className="end">{formatCount(one.clicks)}</td>
              <td className="end">{formatCount(one.conversions)}</td>
              <td className="end">{formatMoney(one.value, 'code')}</td>
              <td>
                {formatDateTime(one.updatedAt, timeZone)}
                {one.createdByName ? `, ${one.createdByName}` : ''}
              </td>
              {canWrite && (
                <td>
                  <Changes result={one} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Changes({
  result: { id, campaignId, date, origin, version, isActive },
}: {
  result: CampaignResult;
}) {
  const which = `${origin}, ${formatDate(date)}`;
  return (
    <Form method="post" className="flex gap-2">
      <input type="hidden" name="campaignResultId" value={id} />
      <input type="hidden" name="expectedVersion" value={version} />
      {isActive && (
        <LinkButton size="small" href={paths.campaignResult(campaignId, id)} aria-label={`Change ${which}`}>
          Change
        </LinkButton>
      )}
      <Button
        type="submit"
        name="intent"
        value={isActive ? 'archive' : 'restore'}
        size="small"
        variant="quiet"
        aria-label={`${isActive ? 'Take out' : 'Restore'} ${which}`}
      >
        {isActive ? 'Take out' : 'Restore'}
      </Button>
    </Form>
  );
}
