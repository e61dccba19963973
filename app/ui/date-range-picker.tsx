import { CalendarDays } from 'lucide-react';
import { useId } from 'react';
import { Button } from './button.tsx';
import { Input } from './input.tsx';
import { Menu, MenuLink } from './menu.tsx';

export interface DateRangeOption {
  id: string;
  label: string;
  href: string;
}

export interface DateRangePickerProps {
  /** The chosen days, YYYY-MM-DD, both included. */
  from: string;
  to: string;
  /** What the trigger shows: "Last 28 days · 25 Oct – 21 Nov 2026". */
  label: string;
  presets: readonly DateRangeOption[];
  /** Null while a range typed by hand is chosen. */
  currentPresetId: string | null;
  /** Where the typed range goes: a GET with `from` and `to`. */
  action: string;
  /** What else stands in the address and must stay: filters, currency. Not `from`, `to` or `range`. */
  keep?: Readonly<Record<string, string>>;
  /** The newest day that can be asked for. */
  max?: string;
  /** Whose days these are: "Days of the ad account, Asia/Dubai". */
  note?: string;
}

/** Presets are links and a typed range is a GET form, so that every choice has an address and needs no script. */
export function DateRangePicker({ label, presets, currentPresetId, ...form }: DateRangePickerProps) {
  return (
    <Menu
      align="end"
      label={`Date range: ${label}`}
      trigger={
        <>
          <CalendarDays aria-hidden="true" />
          <span className="figures">{label}</span>
        </>
      }
    >
      <div className="grid sm:grid-cols-[10rem_13rem]">
        <div className="grid grid-cols-2 content-start sm:grid-cols-1 sm:border-r sm:border-line sm:pr-1">
          {presets.map(({ id, label: text, href }) => (
            <MenuLink key={id} href={href} isCurrent={id === currentPresetId}>
              {text}
              {id === currentPresetId && (
                <span aria-hidden="true" className="ml-auto size-1.5 rounded-full bg-accent-ink" />
              )}
            </MenuLink>
          ))}
        </div>
        <TypedRange {...form} />
      </div>
    </Menu>
  );
}

type TypedRangeProps = Omit<DateRangePickerProps, 'label' | 'presets' | 'currentPresetId'>;

function TypedRange({ from, to, action, keep = {}, max, note }: TypedRangeProps) {
  const limit = max === undefined ? {} : { max };
  return (
    <form method="get" action={action} className="grid content-start gap-2 p-2.5" data-keep-open>
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <DayInput name="from" label="From" defaultValue={from} {...limit} />
      <DayInput name="to" label="To" defaultValue={to} {...limit} />
      <Button type="submit" variant="primary">
        Show these days
      </Button>
      {note && <p className="text-sm text-muted">{note}</p>}
    </form>
  );
}

function DayInput({ label, ...input }: { label: string; name: string; defaultValue: string; max?: string }) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <Input id={id} type="date" required {...input} />
    </div>
  );
}
