import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { metricExplainer } from '../../app/features/explanations/explain-address.ts';
import { figureColumns } from '../../app/features/metrics/figure-columns.tsx';
import { FigureTotals } from '../../app/features/metrics/figure-totals.tsx';
import { OriginPanel } from '../../app/features/metrics/origin-panel.tsx';
import { RestatementTable } from '../../app/features/sync/restatement-table.tsx';
import type { FigureSet } from '../../server/domain/metrics/dashboard-schema.ts';
import type { UntoldBy } from '../../server/domain/metrics/schema.ts';
import { dashboardOf, rowOf, some } from './figure-world.ts';

const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const TOLD: FigureSet = { ...some, untold: ['conversionValue'] };
const SILENT: FigureSet = { ...TOLD, conversionValue: null, roas: null };
const GULF: UntoldBy = {
  ...{ figure: 'conversionValue', adAccountId: 'a', name: 'Gulf', platform: 'TIKTOK' },
  ...{ campaignDays: 1, ofCampaignDays: 2, note: 'The note.' },
};
const explain = metricExplainer({});

const totalsOf = (totals: FigureSet, untoldBy: UntoldBy[]) =>
  text(
    renderToStaticMarkup(<FigureTotals dashboard={dashboardOf({ totals, untoldBy })} explain={explain} />),
  );
const cellsOf = (figures: FigureSet) => {
  const row = rowOf('META', figures);
  const columns = figureColumns({ dashboard: dashboardOf({ rows: [row] }), explain, hrefOf: () => null });
  return renderToStaticMarkup(
    <>
      {columns.map(({ id, cell }) => (
        <p key={id}>{cell(row)}</p>
      ))}
    </>,
  );
};

describe('a figure that not every account tells', () => {
  it('is shown with whose days it is without, and so is its ratio', () => {
    const shown = totalsOf(TOLD, [GULF]);
    expect(shown).toContain('360.00 without part of Gulf');
    expect(shown).toContain('2.40 value per unit of spend, without part of Gulf');
    expect(shown.match(/without/g)).toHaveLength(2);
  });

  it('is a dash with whoever does not tell it, where nobody does', () => {
    const shown = totalsOf(SILENT, [{ ...GULF, campaignDays: 2 }]);
    expect(shown).toContain('Conversion value — not told by Gulf');
    expect(shown).toContain('ROAS — not told by Gulf');
  });

  it('has an asterisk in a table, said in words too, and none where it is unknown or whole', () => {
    const marked = cellsOf(TOLD);
    expect(text(marked)).toContain('360.00 * of the days that tell it');
    expect(marked.match(/\*/g)).toHaveLength(2);
    expect(cellsOf(SILENT)).not.toContain('*');
    expect(cellsOf(some)).not.toContain('*');
    expect(cellsOf(SILENT)).toContain('unknown, and not 0');
  });

  it('is named where the figures come from', () => {
    const panelOf = (untoldBy: UntoldBy[]) =>
      renderToStaticMarkup(<OriginPanel dashboard={dashboardOf({ untoldBy })} />);
    expect(panelOf([GULF])).toContain('The note.');
    expect(panelOf([])).not.toContain('asterisk');
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
