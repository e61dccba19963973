import { ChevronDown } from 'lucide-react';
import type { Dashboard, DashboardInput } from '../../../server/domain/metrics/dashboard-schema.ts';
import { type DateRange, FLIGHT, rangePresets, type ResolvedRange } from '../../lib/date-range.ts';
import { formatDate, formatDateRange } from '../../lib/format.ts';
import { listHref, listParams } from '../../lib/list-url.ts';
import { Button } from '../../ui/button.tsx';
import { DateRangePicker } from '../../ui/date-range-picker.tsx';
import { Input } from '../../ui/input.tsx';
import { Menu, MenuLink, MenuRule } from '../../ui/menu.tsx';
import { Toolbar } from '../../ui/page-header.tsx';
import { ViewSwitch } from '../../ui/tabs.tsx';
import { zoneWords } from '../sync/labels.ts';
import { rangeLabel } from './range.ts';

export interface FigureToolbarProps {
  url: URL;
  dashboard: Dashboard;
  input: DashboardInput;
  range: ResolvedRange;
  /** The newest day that can be asked for. */
  today: string;
  /** The agency's own currency, and the campaign's where the page is of one. */
  currencies: readonly { code: string; whose: string }[];
  flight?: DateRange | null;
}

/** In which currency, over which days, beside which others, and as they stood when: all of it in the address. */
export function FigureToolbar(props: FigureToolbarProps) {
  const { url, dashboard, range, today, flight } = props;
  const zones = [...new Set(dashboard.freshness.map(({ timeZone }) => zoneWords(timeZone)))];
  return (
    <Toolbar>
      <CurrencyChoice {...props} />
      <div className="ml-auto flex flex-wrap justify-end gap-2">
        <AsOfMenu url={url} asOf={dashboard.asOf} today={today} />
        <CompareMenu {...props} />
        <DateRangePicker
          from={range.from}
          to={range.to}
          label={rangeLabel(range)}
          presets={[...rangePresets, ...(flight ? [{ id: FLIGHT, label: 'Flight' }] : [])].map(
            ({ id, label }) => ({ id, label, href: listHref(url, { range: id, from: null, to: null }) }),
          )}
          currentPresetId={range.preset}
          action={url.pathname}
          keep={keepOf(url, ['range', 'from', 'to'])}
          max={today}
          {...(zones.length > 0 && { note: `Days of the ad accounts’ own zones: ${zones.join(', ')}` })}
        />
      </div>
    </Toolbar>
  );
}

/** The rest of the address, for a form that changes these. */
function keepOf(url: URL, changed: readonly string[]): Record<string, string> {
  return Object.fromEntries(listParams(url).filter(([name]) => !changed.includes(name)));
}

const FEW = 4;

function CurrencyChoice({ url, dashboard, currencies }: FigureToolbarProps) {
  const { currency, freshness } = dashboard;
  const whose = new Map(currencies.map(({ code, whose: words }) => [code, `${code}, ${words}`]));
  const codes = [...new Set([...whose.keys(), ...freshness.map((mark) => mark.currency), currency])];
  if (codes.length < 2) return null;
  const tabs = codes.map((code) => ({
    id: code,
    label: whose.get(code) ?? code,
    href: listHref(url, { currency: code }),
  }));
  if (tabs.length <= FEW) return <ViewSwitch label="Currency" currentId={currency} tabs={tabs} />;
  return (
    <Menu
      label={`Currency: ${currency}`}
      trigger={
        <>
          {whose.get(currency) ?? currency}
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      {tabs.map(({ id, label, href }) => (
        <MenuLink key={id} href={href} isCurrent={id === currency}>
          {label}
        </MenuLink>
      ))}
    </Menu>
  );
}

const comparisons = [
  { id: null, label: 'No comparison' },
  { id: 'PREVIOUS', label: 'The days before' },
  { id: 'YEAR', label: 'A year before' },
] as const;

/** The same weekdays of before, of a year before, or from a day of one's own. */
function CompareMenu({ url, input, dashboard }: FigureToolbarProps) {
  const { comparedRange } = dashboard;
  const current = comparedRange ? (input.compare ?? null) : null;
  const days = comparedRange && formatDateRange(comparedRange.from, comparedRange.to);
  return (
    <Menu
      align="end"
      label={days ? `Compared with ${days}` : 'Compare with other days'}
      trigger={
        <>
          <span className="figures">{days ? `vs ${days}` : 'Compare'}</span>
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      {comparisons.map(({ id, label }) => (
        <MenuLink
          key={label}
          href={listHref(url, { compare: id, compareFrom: null })}
          isCurrent={id === current}
        >
          {label}
        </MenuLink>
      ))}
      <MenuRule />
      <DayForm
        url={url}
        name="compareFrom"
        label="From a day of your own"
        value={comparedRange?.from ?? ''}
        button="Compare from this day"
        extra={{ compare: 'CUSTOM' }}
        note="As many days, side by side with these."
      />
    </Menu>
  );
}

/** The page as it stood when a past day ended. */
function AsOfMenu({ url, asOf, today }: { url: URL; asOf: string | null; today: string }) {
  const asked = url.searchParams.get('asOf') ?? '';
  const day = asOf === null ? '' : asked.slice(0, 10);
  return (
    <Menu
      align="end"
      label={day ? `As of ${formatDate(day)}` : 'As of now'}
      trigger={
        <>
          <span className="figures">{day ? `As of ${formatDate(day)}` : 'As of now'}</span>
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      {day && <MenuLink href={listHref(url, { asOf: null })}>Back to now</MenuLink>}
      <DayForm
        url={url}
        name="asOf"
        label="As it stood when this day ended"
        value={day}
        button="Show it so"
        max={today}
        note="Platforms restate their figures for weeks; what they said before is kept."
      />
    </Menu>
  );
}

interface DayFormProps {
  url: URL;
  name: string;
  label: string;
  value: string;
  button: string;
  note: string;
  max?: string;
  extra?: Readonly<Record<string, string>>;
}

function DayForm({ url, name, label, value, button, note, max, extra = {} }: DayFormProps) {
  const kept = { ...keepOf(url, [name, ...Object.keys(extra)]), ...extra };
  const id = `figures-${name}`;
  return (
    <form method="get" action={url.pathname} className="grid w-56 gap-2 p-2.5" data-keep-open>
      {Object.entries(kept).map(([key, text]) => (
        <input key={key} type="hidden" name={key} value={text} />
      ))}
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <Input
        key={value}
        id={id}
        type="date"
        name={name}
        required
        defaultValue={value}
        {...(max && { max })}
      />
      <Button type="submit">{button}</Button>
      <p className="text-sm text-muted">{note}</p>
    </form>
  );
}
