/**
 * One door for every figure, date and amount that a person reads. Null is an em dash: unknown is never zero.
 * Numbers arrive as decimal strings where they are exact, and Intl formats the string itself, so no digit passes
 * through a float. The output must not differ between Node's and the browser's ICU, or hydration would: dates are put
 * together from parts, and relative times from words of our own.
 */
const locale = 'en-US';
export const missing = '—';

export interface Money {
  /** Major units, decimal digits: "1234.50". */
  amount: string;
  /** ISO 4217. */
  currency: string;
}
export type Figure = string | number | bigint | null | undefined;
export type CurrencyDisplay = 'symbol' | 'code';

const formatters = new Map<string, Intl.NumberFormat>();

/** Formatters are dear to make and a list asks for thousands: each is made once, under a key that costs no work. */
function formatter(key: string, options: () => Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options());
  formatters.set(key, made);
  return made;
}

const moneyDigits = {
  minor: {},
  exact: { maximumFractionDigits: 20 },
  compact: { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

function moneyFormatter(currency: string, display: CurrencyDisplay, digits: keyof typeof moneyDigits) {
  return formatter(`${digits}:${display}:${currency}`, () => ({
    style: 'currency',
    currency,
    currencyDisplay: display,
    ...moneyDigits[digits],
  }));
}

const decimalPattern = /^[+-]?\d+(\.\d+)?$/;

/** Guards the cast: Intl takes any decimal string exactly, and TypeScript knows it as a numeric literal type. */
function isDecimal(value: string): value is `${number}` {
  return decimalPattern.test(value);
}

function print(value: Figure, format: Intl.NumberFormat): string {
  if (value === null || value === undefined) return missing;
  if (typeof value === 'number' && !Number.isFinite(value)) return missing;
  if (typeof value !== 'string') return format.format(value);
  if (!isDecimal(value)) throw new RangeError(`Not a decimal number: ${JSON.stringify(value)}`);
  return format.format(value);
}

/** "AED 1,234.50", "$1,234.50"; the currency's own minor digits, rounded half away from zero as numeric does. */
export function formatMoney(money: Money | null | undefined, display: CurrencyDisplay = 'symbol'): string {
  return money ? print(money.amount, moneyFormatter(money.currency, display, 'minor')) : missing;
}

/** Every digit that is stored, for a title or an export beside the rounded figure. */
export function formatMoneyExact(money: Money | null | undefined): string {
  return money ? print(money.amount, moneyFormatter(money.currency, 'code', 'exact')) : missing;
}

/** "AED 1.2M", for board columns and axes, where the full amount stands in the title. */
export function formatMoneyCompact(
  money: Money | null | undefined,
  display: CurrencyDisplay = 'symbol',
): string {
  return money ? print(money.amount, moneyFormatter(money.currency, display, 'compact')) : missing;
}

const countFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const compactCountFormat = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** "12,345"; a fractional count, as platforms give for conversions, keeps two digits. */
export function formatCount(value: Figure): string {
  return print(value, countFormat);
}

export function formatCountCompact(value: Figure): string {
  return print(value, compactCountFormat);
}

/** A name as it was written; one without a visible character has to be found and clicked all the same. */
export function formatName(name: string): string {
  return /[^\s\p{C}\p{Z}]/u.test(name) ? name : 'Unnamed';
}

const fixed = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "3.21": ROAS, frequency. Null is what a zero divisor gives. */
export function formatRatio(value: Figure, digits = 2): string {
  return print(
    value,
    formatter(`ratio:${digits}`, () => fixed(digits)),
  );
}

/** A share of one ("0.0123") as "1.23%". */
export function formatPercent(share: Figure, digits = 2): string {
  return print(
    share,
    formatter(`percent:${digits}`, () => ({ style: 'percent', ...fixed(digits) })),
  );
}

/** A change as a share of what was ("0.124") with its sign: "+12.4%", "-3.0%", "0.0%". */
export function formatChange(share: Figure): string {
  return print(
    share,
    formatter('change', () => ({ style: 'percent', signDisplay: 'exceptZero', ...fixed(1) })),
  );
}

/** A share of a hundred ("34.51") as "34.5%". */
export function formatPercentPoints(points: Figure, digits = 1): string {
  return print(
    points,
    formatter(`points:${digits}`, () => ({ style: 'unit', unit: 'percent', ...fixed(digits) })),
  );
}

const byteUnits = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** "12.4 kB"; decimal units, as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatCount(bytes)} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length);
  const unit = byteUnits[power - 1] ?? 'kilobyte';
  const format = formatter(unit, () => ({ style: 'unit', unit, maximumFractionDigits: 1 }));
  return format.format(bytes / 1000 ** power);
}

/** What a series or a column measures: enough to print its values, and plain data, so that a loader may send it. */
export type Measure =
  { kind: 'money'; currency: string } | { kind: 'count' } | { kind: 'ratio' } | { kind: 'percent' };

/** A measured value in full, as a table cell or a tooltip shows it. */
export function formatMeasure(value: Figure, measure: Measure): string {
  if (measure.kind === 'money') return print(value, moneyFormatter(measure.currency, 'symbol', 'minor'));
  if (measure.kind === 'percent') return formatPercent(value);
  return measure.kind === 'ratio' ? formatRatio(value) : formatCount(value);
}

/** The same, short enough for an axis. */
export function formatMeasureCompact(value: number, measure: Measure): string {
  if (measure.kind === 'money') return print(value, moneyFormatter(measure.currency, 'symbol', 'compact'));
  if (measure.kind === 'percent') return formatPercent(value, 1);
  return measure.kind === 'ratio' ? formatRatio(value, 1) : formatCountCompact(value);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

interface DayParts {
  year: number;
  month: number;
  day: number;
}

/** Null where the text is no day: what is stored is shown as it is, and never brings a page down. */
function toDayParts(date: string): DayParts | null {
  const match = dayPattern.exec(date);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  return match && isRealDay(date) ? { year, month, day } : null;
}

/** Date.parse reads a year below 100 as it stands; Date.UTC takes it for one of the last century. */
function isRealDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

const toMonthName = (month: number): string => months[month - 1] ?? '';

/** A business day, "22 Nov 2026". It is a label of the account's own calendar: no time zone shifts it. */
export function formatDate(date: string | null | undefined): string {
  if (!date) return missing;
  const parts = toDayParts(date);
  return parts ? `${parts.day} ${toMonthName(parts.month)} ${parts.year}` : date;
}

/** "Sun 22 Nov", for axes and daily rows whose year is clear. */
export function formatDay(date: string | null | undefined): string {
  if (!date) return missing;
  const parts = toDayParts(date);
  if (!parts) return date;
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${parts.day} ${toMonthName(parts.month)}`;
}

/** "1–28 Nov 2026", "28 Oct – 24 Nov 2026", "1 Dec 2025 – 3 Jan 2026". */
export function formatDateRange(from: string, to: string): string {
  if (from === to) return formatDate(from);
  const [start, end] = [toDayParts(from), toDayParts(to)];
  if (!start || !end) return `${from} – ${to}`;
  if (start.year !== end.year) return `${formatDate(from)} – ${formatDate(to)}`;
  if (start.month !== end.month) return `${start.day} ${toMonthName(start.month)} – ${formatDate(to)}`;
  return `${start.day}–${formatDate(to)}`;
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  zoneFormats.set(timeZone, made);
  return made;
}

/** A moment (ISO 8601) on a zone's wall clock: "22 Nov 2026, 14:05". Throws RangeError on a bad moment or zone. */
export function formatDateTime(iso: string | null | undefined, timeZone: string): string {
  if (!iso) return missing;
  const parts = new Map(
    zoneFormat(timeZone)
      .formatToParts(new Date(iso))
      .map((part) => [part.type, part.value]),
  );
  const month = toMonthName(Number(parts.get('month')));
  return `${parts.get('day') ?? ''} ${month} ${parts.get('year') ?? ''}, ${parts.get('hour') ?? ''}:${parts.get('minute') ?? ''}`;
}

/** The day of a moment on a zone's calendar: "22 Nov 2026". */
export function formatDateIn(iso: string | null | undefined, timeZone: string): string {
  return formatDateTime(iso, timeZone).split(', ')[0] ?? missing;
}

const steps = [
  { limitSeconds: 3600, seconds: 60, unit: 'min' },
  { limitSeconds: 86_400, seconds: 3600, unit: 'h' },
  { limitSeconds: 30 * 86_400, seconds: 86_400, unit: 'd' },
] as const;

/**
 * "just now", "3 min ago", "in 2 h", and the UTC date beyond thirty days. `now` comes from the loader, so that the
 * server's words and the browser's first render are the same.
 */
export function formatRelative(iso: string | null | undefined, now: string): string {
  if (!iso) return missing;
  const seconds = Math.round((Date.parse(iso) - Date.parse(now)) / 1000);
  if (Number.isNaN(seconds)) throw new RangeError(`Not a moment: ${JSON.stringify([iso, now])}`);
  const distance = Math.abs(seconds);
  if (distance < 60) return 'just now';
  const step = steps.find(({ limitSeconds }) => distance < limitSeconds);
  if (!step) return formatDate(new Date(iso).toISOString().slice(0, 10));
  const words = `${Math.floor(distance / step.seconds)} ${step.unit}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** "1 company", "8,800 deals", "10,000+ contacts": a count that stops at ten thousand. */
export function formatCapped(count: number, one: string, many: string, cap = 10_000): string {
  if (count > cap) return `${formatCount(cap)}+ ${many}`;
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
