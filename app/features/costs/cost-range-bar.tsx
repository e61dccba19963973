import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { type DateRange, presetRange } from '../../lib/date-range.ts';
import { formatDateRange } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { DateRangePicker } from '../../ui/date-range-picker.tsx';
import { Toolbar } from '../../ui/page-header.tsx';

export interface CostRangeBarProps {
  campaign: Pick<Campaign, 'id' | 'startsOn' | 'endsOn'>;
  /** What the address asks for. */
  days: Partial<DateRange>;
  /** The days that the answer is of. */
  range: DateRange | null;
  today: string;
}

/** Which days the costs are of: the whole campaign unless asked. */
export function CostRangeBar({ campaign, days, range, today }: CostRangeBarProps) {
  const path = paths.campaignCosts(campaign.id);
  const { startsOn, endsOn } = campaign;
  const known = [
    ...(startsOn && endsOn ? [{ id: 'flight', label: 'Flight', days: { from: startsOn, to: endsOn } }] : []),
    { id: 'this_month', label: 'This month', days: presetRange('this_month', today) },
    { id: 'last_month', label: 'Last month', days: presetRange('last_month', today) },
  ];
  const isAll = days.from === undefined || days.to === undefined;
  const current = isAll
    ? 'all'
    : known.find((preset) => preset.days.from === days.from && preset.days.to === days.to)?.id;
  const shown = range ?? { from: today, to: today };
  const words = range ? formatDateRange(range.from, range.to) : null;
  return (
    <Toolbar>
      <div className="ml-auto">
        <DateRangePicker
          from={days.from ?? shown.from}
          to={days.to ?? shown.to}
          label={[isAll && 'Whole campaign', words].filter(Boolean).join(' · ')}
          presets={[
            { id: 'all', label: 'Whole campaign', href: path },
            ...known.map(({ id, label, days: of }) => ({ id, label, href: withQuery(path, { ...of }) })),
          ]}
          currentPresetId={current ?? null}
          action={path}
        />
      </div>
    </Toolbar>
  );
}
