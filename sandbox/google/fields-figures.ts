import { addMonths, firstOfMonth, isoDay, monthOf, weekdayOf } from '../world/calendar.ts';
import { type DayFigures } from '../world/figures.ts';
import { type Field, type Value } from './row.ts';

const MICROS = 1_000_000;

function ofTotals(kind: Field['kind'], read: (totals: DayFigures) => Value | undefined): Field {
  return { kind, read: ({ totals }) => (totals === null ? undefined : read(totals)) };
}

const count = (read: (totals: DayFigures) => number): Field =>
  ofTotals('int64', (totals) => String(read(totals)));
const double = (read: (totals: DayFigures) => number): Field => ofTotals('double', read);
/** A ratio; not set where there is nothing to divide by. */
const ratio = (over: (totals: DayFigures) => number, under: (totals: DayFigures) => number): Field =>
  ofTotals('double', (totals) => (under(totals) === 0 ? undefined : over(totals) / under(totals)));

const conversions = ({ conversionMicros }: DayFigures): number => conversionMicros / MICROS;
const value = ({ conversionValueMicros }: DayFigures): number => conversionValueMicros / MICROS;
const impressions = (totals: DayFigures): number => totals.impressions;
const clicks = ({ linkClicks }: DayFigures): number => linkClicks;
const cost = ({ spendMicros }: DayFigures): number => spendMicros;

/**
 * Which are texts and which are numbers: Metrics, discovery document of v25. Conversions are fractions; of videos there
 * are shares of the impressions and no counts; averages of money are micros too, as doubles.
 */
export const METRIC_FIELDS: Readonly<Record<string, Field>> = {
  impressions: count(impressions),
  clicks: count(clicks),
  interactions: count((totals) => totals.clicks),
  engagements: count(({ videoPlays }) => videoPlays),
  cost_micros: count(cost),
  conversions: double(conversions),
  conversions_value: double(value),
  all_conversions: double(({ allConversionMicros }) => allConversionMicros / MICROS),
  all_conversions_value: double(({ conversionValueMicros }) => {
    return (conversionValueMicros + Math.floor(conversionValueMicros * 0.12)) / MICROS;
  }),
  view_through_conversions: count(({ viewThroughs }) => viewThroughs),
  ctr: ratio(clicks, impressions),
  average_cpc: ratio(cost, clicks),
  average_cpm: ratio((totals) => cost(totals) * 1000, impressions),
  cost_per_conversion: ratio(cost, conversions),
  value_per_conversion: ratio(value, conversions),
  conversions_value_per_cost: ratio((totals) => totals.conversionValueMicros, cost),
  video_trueview_views: count(({ videoPlays }) => videoPlays),
  video_trueview_view_rate: ratio(({ videoPlays }) => videoPlays, impressions),
  video_quartile_p25_rate: ratio(({ videoViews25 }) => videoViews25, impressions),
  video_quartile_p50_rate: ratio(({ videoViews50 }) => videoViews50, impressions),
  video_quartile_p75_rate: ratio(({ videoViews75 }) => videoViews75, impressions),
  video_quartile_p100_rate: ratio(({ videoViews100 }) => videoViews100, impressions),
  unique_users: {
    kind: 'int64',
    read: ({ uniqueUsers }) => (uniqueUsers === null ? undefined : String(uniqueUsers)),
  },
  average_impression_frequency_per_user: {
    kind: 'double',
    read: ({ uniqueUsers, totals }) => (uniqueUsers && totals ? totals.impressions / uniqueUsers : undefined),
  },
};

const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

function ofDay(kind: Field['kind'], read: (day: number) => Value): Field {
  return { kind, read: ({ day }) => (day === null ? undefined : read(day)) };
}

/** Days are the customer's own. A week begins on Monday. */
export const SEGMENT_FIELDS: Readonly<Record<string, Field>> = {
  date: ofDay('date', isoDay),
  week: ofDay('date', (day) => isoDay(day - ((weekdayOf(day) + 6) % 7))),
  month: ofDay('date', (day) => isoDay(firstOfMonth(day))),
  quarter: ofDay('date', (day) => isoDay(addMonths(firstOfMonth(day), -(monthOf(day) % 3)))),
  year: ofDay('int32', (day) => Number(isoDay(day).slice(0, 4))),
  day_of_week: ofDay('enum', (day) => DAYS[weekdayOf(day)] ?? 'UNSPECIFIED'),
};
