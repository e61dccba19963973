import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import type { ResolvedRange } from '../../lib/date-range.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { DateRangePicker } from '../../ui/date-range-picker.tsx';
import { Toolbar } from '../../ui/page-header.tsx';
import { ViewSwitch } from '../../ui/tabs.tsx';
import { presetOptions, rangeLabel, rangeQuery } from './range.ts';

export interface RangeBarProps {
  metrics: CampaignMetrics;
  range: ResolvedRange;
  /** The newest day that can be asked for. */
  today: string;
  metric: string | null;
  reportingCurrency: string;
}

/** Which days, and in which currency: both stand in the address. */
export function RangeBar({ metrics, range, today, metric, reportingCurrency }: RangeBarProps) {
  const { campaignId, currency } = metrics;
  const path = paths.campaign(campaignId);
  const accountCurrencies = metrics.freshness.map((item) => item.currency);
  const currencies = [...new Set([reportingCurrency, ...accountCurrencies, currency])];
  const zones = [...new Set(metrics.freshness.map((item) => item.timeZone.replaceAll('_', ' ')))];
  return (
    <Toolbar>
      {currencies.length > 1 && (
        <ViewSwitch
          label="Currency"
          currentId={currency}
          tabs={currencies.map((code) => ({
            id: code,
            label: code === reportingCurrency ? `${code}, agency` : code,
            href: withQuery(path, { ...rangeQuery(range), currency: code, metric }),
          }))}
        />
      )}
      <div className="ml-auto">
        <DateRangePicker
          from={range.from}
          to={range.to}
          label={rangeLabel(range)}
          presets={presetOptions({ path, currency, metric })}
          currentPresetId={range.preset}
          action={path}
          keep={{ currency, ...(metric && { metric }) }}
          max={today}
          {...(zones.length > 0 && { note: `Days of the ad accounts’ own zones: ${zones.join(', ')}` })}
        />
      </div>
    </Toolbar>
  );
}
