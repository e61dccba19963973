import { addMonths, dayOf, firstOfMonth } from '../world/calendar.ts';
import { accountMoment } from '../world/world.ts';
import { type Customer } from './customers.ts';
import { dateRangeError, queryError } from './failures.ts';
import { fieldOf, type NamedField, RESOURCES } from './fields.ts';
import { type Condition, type GaqlQuery } from './gaql.ts';

/** A question that makes sense, for the customer that it is asked of. */
export interface Plan {
  from: string;
  fields: readonly NamedField[];
  segments: readonly NamedField[];
  /** Whether figures are asked for, and with them only what has some. */
  hasFigures: boolean;
  metrics: readonly NamedField[];
  /** The days of the figures, both included; open where the query leaves them open. */
  range: { from: number; to: number };
  filters: readonly (Condition & { target: NamedField })[];
  orderBy: readonly { target: NamedField; isDescending: boolean }[];
  limit: number | null;
}

/** Days are kept for so long; months and longer for eleven years. Source: Google Ads API, data retention (2026-06-01). */
const RETENTION_MONTHS = 37;
/** Source: Metrics.unique_users. */
const MOST_REACH_DAYS = 92;
const REACH_METRICS = ['metrics.unique_users', 'metrics.average_impression_frequency_per_user'];
const DAILY_SEGMENTS = ['segments.date', 'segments.week', 'segments.day_of_week'];

/** A list is compared with CONTAINS and the like, which the sandbox does not know; it sorts by none. */
function notNames(field: NamedField): NamedField {
  if (field.kind !== 'names') return field;
  throw queryError('OPERATOR_FIELD_MISMATCH', `The sandbox only selects ${field.path}.`, field.path);
}

const dates = (days: readonly number[]) => ({ from: Math.min(...days), to: Math.max(...days) });

/** Source: Google Ads API, predefined date ranges. */
function during(name: string, today: number): { from: number; to: number } {
  const [, count] = /^LAST_(7|14|30)_DAYS$/.exec(name) ?? [];
  const month = firstOfMonth(today);
  if (count !== undefined) return { from: today - Number(count), to: today - 1 };
  if (name === 'TODAY') return dates([today]);
  if (name === 'YESTERDAY') return dates([today - 1]);
  if (name === 'THIS_MONTH') return { from: month, to: today };
  if (name === 'LAST_MONTH') return { from: addMonths(month, -1), to: month - 1 };
  throw queryError('INVALID_VALUE_WITH_DURING_OPERATOR', `Invalid date range ${name} with DURING.`, name);
}

function dayIn(text: string): number {
  const day = dayOf(text);
  if (day !== undefined) return day;
  throw queryError('INVALID_DATE_FORMAT', `Invalid date '${text}': use YYYY-MM-DD.`, text);
}

interface Bounds {
  from: number | null;
  to: number | null;
}

function narrow(bounds: Bounds, { operator, values }: Condition, today: number): Bounds {
  const low = (day: number) => Math.max(day, bounds.from ?? day);
  const high = (day: number) => Math.min(day, bounds.to ?? day);
  if (operator === 'DURING') {
    const range = during(values[0] ?? '', today);
    return { from: low(range.from), to: high(range.to) };
  }
  const days = values.map(dayIn);
  const [first = 0, last = first] = days;
  if (operator === '=' || operator === 'BETWEEN') return { from: low(first), to: high(last) };
  if (operator === '>=') return { ...bounds, from: low(first) };
  if (operator === '>') return { ...bounds, from: low(first + 1) };
  if (operator === '<=') return { ...bounds, to: high(first) };
  if (operator === '<') return { ...bounds, to: high(first - 1) };
  throw queryError('OPERATOR_FIELD_MISMATCH', `Operator ${operator} cannot be used with segments.date.`);
}

const isDate = ({ field }: Condition): boolean => field === 'segments.date';

/** The days that the query names. Errors: a segment without a finite range, and days that are no longer kept. */
function rangeOf(query: GaqlQuery, segments: readonly NamedField[], customer: Customer, at: Date) {
  const { account } = customer;
  const today = account ? accountMoment(account, at).day : Math.floor(at.getTime() / 86_400_000);
  const bounds = query.where
    .filter(isDate)
    .reduce<Bounds>((known, condition) => narrow(known, condition, today), { from: null, to: null });
  const { from, to } = bounds;
  const isFinite = from !== null && to !== null;
  if (!isFinite && (segments.length > 0 || from !== to)) {
    throw queryError(
      'EXPECTED_FILTERS_ON_DATE_RANGE',
      'Segments of dates need a finite range of dates in the WHERE clause.',
    );
  }
  const isDaily = segments.some(({ path }) => DAILY_SEGMENTS.includes(path));
  if (from !== null && isDaily && from < addMonths(today, -RETENTION_MONTHS)) {
    throw dateRangeError(
      'INVALID_DATE',
      `The requested dates are further back than ${RETENTION_MONTHS} months.`,
    );
  }
  return { from: from ?? account?.createdDay ?? today, to: Math.min(to ?? today, today), isFinite };
}

function checkReach(fields: readonly NamedField[], from: string, range: { from: number; to: number }): void {
  const asked = fields.find(({ path }) => REACH_METRICS.includes(path));
  if (!asked) return;
  if (from !== 'campaign') {
    throw queryError(
      'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE',
      `Cannot select or filter on ${asked.path} with ${from}.`,
      asked.path,
    );
  }
  if (range.to - range.from >= MOST_REACH_DAYS) {
    throw queryError('DATE_RANGE_TOO_WIDE', `${asked.path} is counted over ${MOST_REACH_DAYS} days at most.`);
  }
}

const isResource = ({ table }: NamedField): boolean => table !== 'metrics' && table !== 'segments';

function checkTables(from: string, fields: readonly NamedField[], customer: Customer): void {
  const tables = RESOURCES[from];
  if (!tables)
    throw queryError('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `Error in query: invalid resource '${from}'.`, from);
  const stranger = fields.find((field) => isResource(field) && !tables.includes(field.table));
  if (stranger) {
    throw queryError(
      'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE',
      `Cannot select from resource ${stranger.table} with ${from}.`,
      stranger.path,
    );
  }
  const figure = fields.find((field) => !isResource(field));
  if (figure && from === 'customer_client') {
    throw queryError(
      'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE',
      `Cannot select or filter on ${figure.path} with ${from}.`,
      figure.path,
    );
  }
  if (figure?.table === 'metrics' && customer.manager) {
    throw queryError(
      'REQUESTED_METRICS_FOR_MANAGER',
      'Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests against each client account under the manager account.',
    );
  }
}

/** A segment that is filtered must be selected too; the date alone need not be. */
function checkReferenced({ select, where, orderBy }: GaqlQuery): void {
  const named = [...where.filter((condition) => !isDate(condition)), ...orderBy].map(({ field }) => field);
  const missing = named.find((path) => path.startsWith('segments.') && !select.includes(path));
  if (missing === undefined) return;
  throw queryError(
    'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
    `The following field must be present in SELECT clause: '${missing}'.`,
    missing,
  );
}

/** Checks a question and finds out what it asks for. Errors: AdsFailure of queryError or dateRangeError. */
export function planQuery(query: GaqlQuery, customer: Customer, at: Date): Plan {
  const fields = [...new Set(query.select)].map(fieldOf);
  const filters = query.where
    .filter((condition) => !isDate(condition))
    .map((condition) => {
      return { ...condition, target: notNames(fieldOf(condition.field)) };
    });
  const orderBy = query.orderBy.map(({ field, isDescending }) => ({
    target: notNames(fieldOf(field)),
    isDescending,
  }));
  const all = [...fields, ...filters.map(({ target }) => target), ...orderBy.map(({ target }) => target)];
  checkTables(query.from, all, customer);
  checkReferenced(query);
  const segments = fields.filter(({ table }) => table === 'segments');
  const { isFinite, ...range } = rangeOf(query, segments, customer, at);
  checkReach(all, query.from, range);
  const metrics = all.filter(({ table }) => table === 'metrics');
  const hasFigures = metrics.length > 0 || segments.length > 0 || isFinite;
  return {
    from: query.from,
    fields,
    segments,
    metrics,
    hasFigures,
    range,
    filters,
    orderBy,
    limit: query.limit,
  };
}
