import { stringify } from 'csv-stringify/sync';
import type { TenantTx } from '../../../db/tenant.ts';
import { BYTE_ORDER_MARK, cell } from '../exports/rules.ts';
import { type DashboardContext, getDashboard } from './dashboard.ts';
import { decimalOf } from './dashboard-assemble.ts';
import {
  type Breakdown,
  type BreakdownRow,
  type Dashboard,
  type ExportDashboardInput,
  type ExportedDashboard,
  type FigureName,
  figureNames,
  type FigureSet,
} from './dashboard-schema.ts';

/** More rows than an agency has platform campaigns: a file has them all. */
const ALL_ROWS = 1_000_000;

/**
 * The rows of a dashboard and their total as CSV (RFC 4180). Figures are the dashboard's own, exact and not rounded for
 * display; every line says its days, its currency and as of when it is. Errors: those of the dashboard.
 */
export async function exportDashboard(
  tx: TenantTx,
  context: DashboardContext,
  input: ExportDashboardInput,
): Promise<ExportedDashboard> {
  const answer = await getDashboard(tx, context, { ...input, limit: ALL_ROWS });
  const columns = columnsOf(answer);
  const lines = [...answer.rows.map(toLine), totalLine(answer)];
  const table = lines.map((line) => columns.map(({ textOf }) => cell(textOf(line))));
  const { from, to } = answer.range;
  return {
    fileName: `performance-by-${answer.by.toLowerCase().replaceAll('_', '-')}-${from}-to-${to}.csv`,
    csv:
      BYTE_ORDER_MARK +
      stringify([columns.map(({ header }) => header), ...table], { record_delimiter: '\r\n' }),
  };
}

interface Line {
  words: Pick<BreakdownRow, 'key' | 'name' | 'detail' | 'platform' | 'status' | 'state' | 'ownSpend'>;
  figures: FigureSet;
  compared: FigureSet | null;
}

interface Column {
  header: string;
  textOf: (line: Line) => string;
}

function toLine(row: BreakdownRow): Line {
  return { words: row, figures: row, compared: row.compared };
}

function totalLine({ totals, compared, state }: Dashboard): Line {
  const words = { key: null, name: 'Total', detail: null, platform: null, status: null, state, ownSpend: [] };
  return { words, figures: totals, compared };
}

function columnsOf(answer: Dashboard): Column[] {
  const { by, range, comparedRange, currency, asOf } = answer;
  const always = (header: string, text: string): Column => ({ header, textOf: () => text });
  const compared = comparedRange
    ? [
        always('Compared from', comparedRange.from),
        always('Compared to', comparedRange.to),
        ...figureColumns('Compared ', (line) => line.compared),
      ]
    : [];
  return [
    ...wordColumns(by),
    always('From', range.from),
    always('To', range.to),
    always('Currency', currency),
    always('As of', asOf ?? ''),
    ...figureColumns('', (line) => line.figures),
    { header: 'Not told by all', textOf: ({ figures }) => figures.untold.map(labelOf).join('; ') },
    { header: 'Freshness', textOf: ({ words }) => words.state },
    {
      header: 'Spend in own currency',
      textOf: ({ words }) => words.ownSpend.map((own) => `${own.amount} ${own.currency}`).join('; '),
    },
    ...compared,
  ];
}

const rowLabels: Readonly<Record<Breakdown, string>> = {
  DAY: 'Day',
  PLATFORM: 'Platform',
  AD_ACCOUNT: 'Ad account',
  BRAND: 'Brand',
  CAMPAIGN: 'Campaign',
  PLATFORM_CAMPAIGN: 'Platform campaign',
  CREATOR: 'Creator',
};

function wordColumns(by: Breakdown): Column[] {
  const name = { header: rowLabels[by], textOf: ({ words }: Line) => words.name };
  if (by === 'DAY') return [name];
  return [
    name,
    { header: 'Id', textOf: ({ words }) => words.key ?? '' },
    { header: 'Detail', textOf: ({ words }) => words.detail ?? '' },
    // A platform's row has its platform as its name.
    ...(by === 'PLATFORM'
      ? []
      : [{ header: 'On platform', textOf: ({ words }: Line) => words.platform ?? '' }]),
    { header: 'Status', textOf: ({ words }) => words.status ?? '' },
  ];
}

const figureLabels: Readonly<Record<FigureName, string>> = {
  spend: 'Spend',
  impressions: 'Impressions',
  clicks: 'Clicks',
  conversions: 'Conversions',
  conversionValue: 'Conversion value',
  reach: 'Reach',
  frequency: 'Frequency',
  cpm: 'CPM',
  cpc: 'CPC',
  ctr: 'CTR',
  cpa: 'CPA',
  roas: 'ROAS',
  videoViews25: 'Video views 25%',
  videoViews50: 'Video views 50%',
  videoViews75: 'Video views 75%',
  videoViews100: 'Video views 100%',
};

function labelOf(figure: FigureName): string {
  return figureLabels[figure];
}

function figureColumns(prefix: string, of: (line: Line) => FigureSet | null): Column[] {
  return figureNames.map((figure) => ({
    header: `${prefix}${labelOf(figure)}`,
    textOf: (line) => {
      const figures = of(line);
      return (figures && decimalOf(figures, figure)) ?? '';
    },
  }));
}
