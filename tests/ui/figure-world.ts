import type {
  BreakdownRow,
  Dashboard,
  DashboardDay,
  FigureSet,
} from '../../server/domain/metrics/dashboard-schema.ts';

/** A dashboard for tests of its pages: nothing was delivered, until a test says what was. */

export const nothing: FigureSet = {
  ...{ spend: null, impressions: null, clicks: null, conversions: null, conversionValue: null },
  ...{ reach: null, frequency: null, cpm: null, cpc: null, ctr: null, cpa: null, roas: null },
  ...{ videoViews25: null, videoViews50: null, videoViews75: null, videoViews100: null, untold: [] },
};

export const dirhams = (amount: string) => ({ amount, currency: 'AED' });

export const some: FigureSet = {
  ...nothing,
  ...{ spend: dirhams('1050.00'), impressions: 1000, clicks: 50, conversions: '12' },
  ...{ conversionValue: dirhams('360.00'), cpm: '1050', cpc: '21', ctr: '0.05', cpa: '87.5', roas: '2.4' },
};

export const dayOf = (date: string, of: Partial<DashboardDay> = {}): DashboardDay => ({
  ...some,
  ...{ date, state: 'FINAL', comparedWith: null, compared: null },
  ...of,
});

export const rowOf = (key: string | null, of: Partial<BreakdownRow> = {}): BreakdownRow => ({
  ...some,
  ...{ key, name: key ?? 'No campaign', detail: null, platform: null, status: null, campaignId: null },
  ...{ state: 'FINAL', ownSpend: [], compared: null },
  ...of,
});

const base: Dashboard = {
  ...{ range: { from: '2026-03-01', to: '2026-03-28' }, comparedRange: null, currency: 'AED', asOf: null },
  ...{ totals: some, compared: null, days: [dayOf('2026-03-01')], rows: [], moreRows: 0 },
  ...{
    fx: [],
    leftOut: [],
    comparedLeftOut: [],
    untoldBy: [],
    freshness: [],
    hasOverlap: false,
    isSandbox: false,
  },
  by: 'PLATFORM',
  state: 'FINAL',
};
export const dashboardOf = (of: Partial<Dashboard> = {}): Dashboard => ({ ...base, ...of });
