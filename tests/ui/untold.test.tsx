import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { figureCells } from '../../app/features/metrics/figure-cells.tsx';
import { MetricTotals } from '../../app/features/metrics/metric-totals.tsx';
import { OriginPanel } from '../../app/features/metrics/provenance.tsx';
import { RestatementTable } from '../../app/features/sync/restatement-table.tsx';
import type { CampaignMetrics, Figures, UntoldBy } from '../../server/domain/metrics/schema.ts';

const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const dirhams = (amount: string) => ({ amount, currency: 'AED' });
const TOLD: Figures = {
  ...{ spend: dirhams('1050.00'), impressions: 1000, clicks: 50, conversions: '12' },
  ...{ conversionValue: dirhams('360.00'), videoViews25: null, videoViews50: null, videoViews75: null },
  ...{ videoViews100: null, cpm: '1050', cpc: '21', ctr: '0.05', cpa: '87.5', roas: '2.4' },
  untold: ['conversionValue'],
};
const SILENT: Figures = { ...TOLD, conversionValue: null, roas: null };
const GULF: UntoldBy = {
  ...{ figure: 'conversionValue', adAccountId: 'a', name: 'Gulf', platform: 'TIKTOK' },
  ...{ campaignDays: 1, ofCampaignDays: 2, note: 'The note.' },
};

const metricsOf = (figures: Figures, untoldBy: UntoldBy[]): CampaignMetrics => ({
  ...{ campaignId: 'c', from: '2026-03-01', to: '2026-03-28', currency: 'AED', isSandbox: false },
  totals: { ...figures, reach: null, frequency: null },
  byCurrency: [{ ...figures, currency: 'AED' }],
  days: [{ ...figures, date: '2026-03-01', isPartial: false, byCurrency: [] }],
  ...{ platformCampaigns: [], adAccounts: [], fx: [], leftOut: [], untoldBy, freshness: [] },
});
const rowOf = (figures: Figures) => (
  <table>
    <tbody>
      <tr>{figureCells(figures, 'AED')}</tr>
    </tbody>
  </table>
);

describe('a figure that not every account tells', () => {
  it('is shown with whose days it is without, and so is its ratio', () => {
    const shown = text(renderToStaticMarkup(<MetricTotals metrics={metricsOf(TOLD, [GULF])} />));
    expect(shown).toContain('360.00 without part of Gulf');
    expect(shown).toContain('2.40 value per unit of spend, without part of Gulf');
    expect(shown.match(/without/g)).toHaveLength(2);
  });

  it('is a dash with whoever does not tell it, where nobody does', () => {
    const metrics = metricsOf(SILENT, [{ ...GULF, campaignDays: 2 }]);
    const shown = text(renderToStaticMarkup(<MetricTotals metrics={metrics} />));
    expect(shown).toContain('Conversion value — not told by Gulf');
    expect(shown).toContain('ROAS — not told by Gulf');
  });

  it('has an asterisk in a table, said in words too, and none where it is unknown or whole', () => {
    const marked = renderToStaticMarkup(rowOf(TOLD));
    expect(text(marked)).toContain('360.00 * of the days that tell it');
    expect(marked.match(/\*/g)).toHaveLength(2);
    expect(renderToStaticMarkup(rowOf(SILENT))).not.toContain('*');
    expect(renderToStaticMarkup(rowOf({ ...TOLD, untold: [] }))).not.toContain('*');
    expect(renderToStaticMarkup(rowOf(SILENT))).toContain('unknown, and not 0');
  });

  it('is named where the figures come from', () => {
    expect(renderToStaticMarkup(<OriginPanel metrics={metricsOf(TOLD, [GULF])} />)).toContain('The note.');
    expect(renderToStaticMarkup(<OriginPanel metrics={metricsOf(TOLD, [])} />)).not.toContain('asterisk');
  });
});

describe('a restated day', () => {
  const figures = { spend: '10.00', impressions: 1, clicks: 1, conversions: '0', conversionValue: '0' };
  const tableOf = (before: typeof figures | object, after: typeof figures | object) => {
    const item = {
      ...{ platformCampaignId: 'p', campaignName: 'Alpha', date: '2026-03-01', currency: 'AED' },
      before: { ...figures, ...before },
      after: { ...figures, ...after },
    };
    return renderToStaticMarkup(<RestatementTable items={[item]} total={1} />);
  };

  it('shows a zero that became unknown as a change, and unknown that stayed so as none', () => {
    const changed = tableOf({}, { conversions: null, conversionValue: null });
    expect(changed.match(/<del/g)).toHaveLength(2);
    expect(text(changed)).toContain('0 —');
    expect(tableOf({ conversions: null }, { conversions: null })).not.toContain('<del');
    expect(tableOf({ conversionValue: null }, { conversionValue: '0' })).toContain('<del');
  });
});
