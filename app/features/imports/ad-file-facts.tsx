import type { AdFile, AdReport, Import } from '../../../server/domain/imports/schema.ts';
import {
  formatBytes,
  formatCapped,
  formatCount,
  formatDateRange,
  formatMoneyExact,
} from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { adFieldLabels, coverageLabels, dateOrderLabels, decimalLabels, delimiterLabels } from './labels.ts';

const money = (amount: string, currency: string | null) =>
  currency === null ? amount : formatMoneyExact({ amount, currency });

/** The file's own figures: what a person holds against the ad manager's page before anything is written. */
export function AdTotals({ report }: { report: AdReport }) {
  const { totals, currency } = report;
  return (
    <StatRow>
      <Stat label="Spend" value={money(totals.spend, currency)} />
      <Stat label="Impressions" value={formatCount(totals.impressions)} />
      <Stat label="Clicks" value={formatCount(totals.clicks)} />
      <Stat label="Conversions" value={totals.conversions ?? '—'} />
      <Stat
        label="Conversion value"
        value={totals.conversionValue === null ? '—' : money(totals.conversionValue, currency)}
      />
    </StatRow>
  );
}

/** What the import changes, in campaigns' days: ahead of it what would happen, after it what did. */
export function AdChange({ record, report }: { record: Import; report: AdReport }) {
  const { change } = report;
  if (!change) return null;
  const isAhead = record.startedAt === null;
  const lost = change.removedCampaigns.join(', ');
  return (
    <Panel
      title={isAhead ? 'What it would change' : 'What it changed'}
      description="Counted in campaigns' days: one campaign on one day."
    >
      <div className="grid gap-3">
        <StatRow>
          <Stat label="New" value={formatCount(change.created)} />
          <Stat label={isAhead ? 'To restate' : 'Restated'} value={formatCount(change.restated)} />
          <Stat label={isAhead ? 'To remove' : 'Removed'} value={formatCount(change.removed)} />
          <Stat label="As they are" value={formatCount(change.same)} />
        </StatRow>
        {lost !== '' && isAhead && (
          <p>
            Campaigns that the file does not name lose their figures of these days: {lost}. If it does not
            hold all campaigns, say so below.
          </p>
        )}
        <p className="text-muted">What a day said before is kept beside it, with the file that changed it.</p>
      </div>
    </Panel>
  );
}

/** Whose figures they are and how the file was read. */
export function AdFileReading({ record, file, by }: { record: Import; file: AdFile; by: string | null }) {
  const { report, account, settings, syncRunId } = file;
  const platform = report?.platform ?? account?.platform;
  return (
    <Panel title="File">
      <DetailList
        details={[
          {
            term: 'Ad account',
            value: account ? (
              <a className="link" href={paths.adAccount(account.id)}>
                {account.name}
              </a>
            ) : (
              newAccountOf(settings)
            ),
          },
          { term: 'Report', value: report?.presetName ?? null },
          { term: 'Platform', value: platform ? platformLabels[platform] : null },
          { term: 'Days', value: daysOf(report) },
          { term: 'Campaigns', value: report ? formatCount(report.campaigns) : null },
          { term: 'Currency', value: report?.currency ?? null },
          { term: 'Rows', value: report ? rowsOf(report) : null },
          { term: 'Replaces', value: report && coverageLabels[settings.holdsAllCampaigns ? 'all' : 'named'] },
          { term: 'Decimals', value: report?.decimal ? decimalLabels[report.decimal] : null },
          { term: 'Dates', value: report ? dateOrderLabels[report.dateOrder] : null },
          { term: 'Columns', value: tableOf(report) },
          { term: 'Size', value: formatBytes(record.fileBytes) },
          { term: 'Uploaded by', value: by },
          ...(syncRunId === null
            ? []
            : [
                {
                  term: 'Run',
                  value: (
                    <a className="link" href={paths.syncRun(syncRunId)}>
                      What it wrote
                    </a>
                  ),
                },
              ]),
          // Of a file that could not be read there is little to say.
        ].filter(({ value }) => report !== null || value !== null)}
      />
    </Panel>
  );
}

function newAccountOf({ newAccount }: AdFile['settings']): string | null {
  return newAccount ? `${newAccount.name}, which is made` : null;
}

function daysOf(report: AdReport | null): string | null {
  if (!report?.firstDay || !report.lastDay) return null;
  const range = formatDateRange(report.firstDay, report.lastDay);
  // A file that sums its period has no day of its own.
  if (report.firstDay === report.lastDay || report.days === 0) return range;
  return `${range}, ${formatCount(report.days)} with delivery`;
}

function rowsOf({ dataRows, totalRows, foreignRows }: AdReport): string {
  const parts = [`${formatCount(dataRows)} read`];
  if (totalRows > 0) parts.push(`${formatCapped(totalRows, 'total', 'totals', Infinity)} left out`);
  if (foreignRows > 0) parts.push(`${formatCount(foreignRows)} of other accounts`);
  return parts.join(', ');
}

function tableOf(report: AdReport | null): string | null {
  if (!report) return null;
  const delimiter = (delimiterLabels as Readonly<Record<string, string>>)[report.delimiter ?? ''];
  const where =
    report.sheet === null ? `Parted by ${delimiter?.toLowerCase() ?? 'a sign'}` : `Sheet ${report.sheet}`;
  return `${where}, named on line ${formatCount(report.headerLine)}`;
}

/** Each column of the report and what it becomes. */
export function AdColumns({ report }: { report: AdReport }) {
  return (
    <Panel title="Columns" padded={false}>
      <Table label="Columns">
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {report.columns.map(({ name, field }, index) => (
            <tr key={`${index}:${name}`}>
              <th scope="row" className="clip">
                {name === '' ? `Column ${index + 1}` : name}
              </th>
              <td>{field === null ? 'Left out' : adFieldLabels[field]}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
