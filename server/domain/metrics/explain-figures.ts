import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import type { FigureName } from './dashboard-schema.ts';
import {
  type Column,
  countSum,
  type ExplainRow,
  moneySum,
  type TreeBasis,
  withRate,
} from './explain-tree.ts';
import { CONVERTED_DECIMALS } from './figures.ts';
import { RATIO_DECIMALS } from './rules.ts';

/** The reach that a platform gave for exactly these days, or why there is none. */
export interface ReachBasis {
  value: string | null;
  note: string;
  sources: number[];
}

export type StoredColumn =
  | 'spend'
  | 'conversion_value'
  | 'impressions'
  | 'clicks'
  | 'conversions'
  | 'video_views_25'
  | 'video_views_50'
  | 'video_views_75'
  | 'video_views_100';

interface FigureSpec {
  title: string;
  words: string;
  /** The columns of the stored rows that it is made of. */
  columns: readonly StoredColumn[];
  tree: (basis: TreeBasis, reach: ReachBasis) => Formula;
}

const spend: Column = { label: 'Spend', pick: ({ spend }) => spend };
const spendOfConversions: Column = {
  label: 'Spend of what tells its conversions',
  pick: ({ spend_of_conversions: value }) => value,
  untold: untold('untold_conversions'),
};
const spendOfValue: Column = {
  label: 'Spend of what tells its conversion value',
  pick: ({ spend_of_value: value }) => value,
  untold: untold('untold_value'),
};
const value: Column = {
  label: 'Conversion value',
  pick: ({ conversion_value: amount }) => amount,
  untold: untold('untold_value'),
};
const impressions: Column = { label: 'Impressions', pick: (row) => row.impressions };
const clicks: Column = { label: 'Clicks', pick: (row) => row.clicks };
const conversions: Column = {
  label: 'Conversions',
  pick: (row) => row.conversions,
  untold: untold('untold_conversions'),
};

function untold(field: 'untold_conversions' | 'untold_value') {
  return (row: ExplainRow) => row[field];
}

/** How each figure comes about: its twin in figures.ts computes it, and the two agree to the last digit. */
export const figureSpecs: Readonly<Record<FigureName, FigureSpec>> = {
  spend: {
    title: 'Spend',
    words: 'What the platforms say was spent, of every campaign and day',
    columns: ['spend'],
    tree: (basis) => moneySum(basis, spend, CONVERTED_DECIMALS),
  },
  impressions: count('Impressions', 'impressions', impressions),
  clicks: count('Clicks', 'clicks', clicks),
  conversions: {
    ...count('Conversions', 'conversions', conversions),
    words: 'What the platforms count as conversions, of every campaign and day that tells them',
  },
  conversionValue: {
    title: 'Conversion value',
    words: 'What the platforms say the conversions are worth, of every campaign and day that tells it',
    columns: ['conversion_value'],
    tree: (basis) => moneySum(basis, value, CONVERTED_DECIMALS),
  },
  reach: {
    title: 'Reach',
    words:
      'People who saw an ad at least once in exactly these days, as the platform counted them: never a sum',
    columns: [],
    tree: (_, reach) => reachLeaf(reach),
  },
  frequency: {
    title: 'Frequency',
    words: 'Impressions ÷ reach',
    columns: ['impressions'],
    tree: (basis, reach) => ratio('Frequency', 'RATIO', [countSum(basis, impressions), reachLeaf(reach)]),
  },
  cpm: {
    title: 'CPM, the cost of a thousand impressions',
    words: 'Spend × 1,000 ÷ impressions',
    columns: ['spend', 'impressions'],
    tree: (basis) => cost('CPM', basis, { dividend: spend, divisor: impressions, times: '1000' }),
  },
  cpc: {
    title: 'CPC, the cost of a click',
    words: 'Spend ÷ clicks',
    columns: ['spend', 'clicks'],
    tree: (basis) => cost('CPC', basis, { dividend: spend, divisor: clicks }),
  },
  ctr: {
    title: 'CTR, the click-through rate',
    words: 'Clicks ÷ impressions',
    columns: ['clicks', 'impressions'],
    tree: (basis) => ratio('CTR', 'PERCENT', [countSum(basis, clicks), countSum(basis, impressions)]),
  },
  cpa: {
    title: 'CPA, the cost of a conversion',
    words: 'Spend ÷ conversions, both of what tells its conversions',
    columns: ['spend', 'conversions'],
    tree: (basis) => cost('CPA', basis, { dividend: spendOfConversions, divisor: conversions }),
  },
  roas: {
    title: 'ROAS, the return on ad spend',
    words: 'Conversion value ÷ spend, both of what tells its conversion value',
    columns: ['conversion_value', 'spend'],
    tree: (basis) => {
      const own = withRate(basis);
      return ratio('ROAS', 'RATIO', [moneySum(own, value), moneySum(own, spendOfValue)]);
    },
  },
  videoViews25: videoViews('25', 'video_views_25'),
  videoViews50: videoViews('50', 'video_views_50'),
  videoViews75: videoViews('75', 'video_views_75'),
  videoViews100: videoViews('100', 'video_views_100'),
};

/** What is in a column's words and unit, for what it said before a restatement. */
export const storedColumns: Readonly<Record<StoredColumn, { label: string; unit: 'MONEY' | 'COUNT' }>> = {
  spend: { label: 'Spend', unit: 'MONEY' },
  conversion_value: { label: 'Conversion value', unit: 'MONEY' },
  impressions: { label: 'Impressions', unit: 'COUNT' },
  clicks: { label: 'Clicks', unit: 'COUNT' },
  conversions: { label: 'Conversions', unit: 'COUNT' },
  video_views_25: { label: 'Video views to 25%', unit: 'COUNT' },
  video_views_50: { label: 'Video views to 50%', unit: 'COUNT' },
  video_views_75: { label: 'Video views to 75%', unit: 'COUNT' },
  video_views_100: { label: 'Video views to 100%', unit: 'COUNT' },
};

function count(title: string, column: StoredColumn, of: Column): FigureSpec {
  const words = `What the platforms count as ${title.toLowerCase()}, of every campaign and day`;
  return { title, words, columns: [column], tree: (basis) => countSum(basis, of) };
}

function videoViews(percent: string, column: StoredColumn & `video_views_${string}`): FigureSpec {
  const label = `Video views to ${percent}%`;
  return {
    title: label,
    words: `Views that reached ${percent}% of the video, of every campaign and day; unknown where one of them does not tell`,
    columns: [column],
    tree: (basis) => countSum(basis, { label, pick: (row) => row[column], isWhole: true }),
  };
}

interface Cost {
  dividend: Column;
  divisor: Column;
  times?: string;
}

/** A cost and its divisor speak of the same rows: those that have a rate. */
function cost(label: string, basis: TreeBasis, { dividend, divisor, times }: Cost): Formula {
  const own = withRate(basis);
  const amount = moneySum(own, dividend);
  const { currency } = basis;
  const of =
    times === undefined
      ? amount
      : node({ label: `${dividend.label} × 1,000`, unit: 'MONEY', currency }, 'PRODUCT', {
          parts: [amount, leaf({ label: 'Per thousand', unit: 'COUNT' }, times)],
        });
  return node({ label, unit: 'MONEY', currency }, 'DIVIDE', {
    parts: [of, countSum(own, divisor)],
    decimals: RATIO_DECIMALS,
  });
}

function ratio(label: string, unit: 'RATIO' | 'PERCENT', parts: [Formula, Formula]): Formula {
  return node({ label, unit }, 'DIVIDE', { parts, decimals: RATIO_DECIMALS });
}

function reachLeaf({ value, note, sources }: ReachBasis): Formula {
  return leaf({ label: 'Reach', unit: 'COUNT', note }, value, sources);
}
