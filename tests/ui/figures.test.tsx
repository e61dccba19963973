import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { metricExplainer } from '../../app/features/explanations/explain-address.ts';
import { deltaOf } from '../../app/features/metrics/deltas.ts';
import { drillHref, readAsked, toQuery } from '../../app/features/metrics/figure-address.ts';
import { toSeries } from '../../app/features/metrics/figure-chart.tsx';
import { figureColumns } from '../../app/features/metrics/figure-columns.tsx';
import { FigureChips } from '../../app/features/metrics/figure-filters.tsx';
import { figureSpecs, tableFigures } from '../../app/features/metrics/figure-specs.ts';
import { FigureTotals } from '../../app/features/metrics/figure-totals.tsx';
import { readAsOf } from '../../app/features/metrics/figures.server.ts';
import { throttled } from '../../app/features/metrics/use-live-figures.ts';
import { dashboardInput, figureNames } from '../../server/domain/metrics/dashboard-schema.ts';
import { dashboardOf, dayOf, dirhams, nothing, rowOf, some } from './figure-world.ts';

const html = renderToStaticMarkup;
const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const ID = '0192f3c1-7a00-7000-8000-000000000001';
const at = (search: string) => new URL(`https://agency.test/performance?${search}`);

describe('the address of a page of figures', () => {
  it('asks what it says, and says what was asked', () => {
    const query = `campaignIds=${ID}%2C${ID}&platform=META&isAttached=false&compare=YEAR&by=DAY&limit=500`;
    const asked = dashboardInput.parse(readAsked(at(`${query}&metric=roas&range=today`).searchParams));
    expect(asked).toMatchObject({ campaignIds: [ID, ID], isAttached: false, limit: 500, by: 'DAY' });
    expect(toQuery(readAsked(at(query).searchParams))).toBe(query);
  });

  it('leads from a row to the same page narrowed to it, one step finer', () => {
    const url = at('range=last_7_days&compare=YEAR&by=CAMPAIGN&limit=500');
    const href = drillHref(url, 'CAMPAIGN', { key: ID }) ?? '';
    expect(Object.fromEntries(new URL(href, url).searchParams)).toEqual({
      ...{ range: 'last_7_days', compare: 'YEAR', by: 'PLATFORM_CAMPAIGN', campaignIds: ID },
    });
  });

  it('leads from a day to that day alone, and nowhere from what no filter says', () => {
    const href = drillHref(at('range=last_7_days'), 'DAY', { key: '2026-03-01' }) ?? '';
    expect(href).toBe('/performance?by=PLATFORM&from=2026-03-01&to=2026-03-01');
    expect(drillHref(at(''), 'BRAND', { key: null })).toBeNull();
    expect(drillHref(at(''), 'CAMPAIGN', { key: null })).toBe(
      '/performance?by=PLATFORM_CAMPAIGN&isAttached=false',
    );
  });

  it('asks as of the end of a past day in the agency’s zone, and never of what is to come', () => {
    const of = { timeZone: 'Asia/Dubai', now: new Date('2026-11-23T08:00:00Z') };
    expect(readAsOf('2026-11-20', of)).toBe('2026-11-20T19:59:59.999Z');
    expect(readAsOf('2026-11-20T10:00:00Z', of)).toBe('2026-11-20T10:00:00.000Z');
    for (const wrong of [null, '2026-11-23', '2027-01-01', 'yesterday', '2026-02-30'])
      expect(readAsOf(wrong, of)).toBeNull();
  });
});

describe('a delta', () => {
  const { spend, cpa, roas } = figureSpecs;

  it('of a cost that rose is no good news, and of spend no news at all', () => {
    const before = { ...some, spend: dirhams('1000.00'), cpa: '80', roas: '3' };
    expect(deltaOf(spend, some, before)).toMatchObject({ text: '+5.0%', direction: 'up', tone: 'neutral' });
    expect(deltaOf(cpa, some, before)).toMatchObject({ text: '+9.4%', direction: 'up', tone: 'bad' });
    expect(deltaOf(roas, some, before)).toMatchObject({ text: '-20.0%', direction: 'down', tone: 'bad' });
  });

  it('is none where either is unknown or it was nothing', () => {
    expect(deltaOf(spend, some, nothing)).toBeNull();
    expect(deltaOf(spend, nothing, some)).toBeNull();
    expect(deltaOf(spend, some, { ...some, spend: dirhams('0') })).toBeNull();
  });

  it('stands beside a total in sign, word and figure of before', () => {
    const compared = { ...some, spend: dirhams('1000.00'), clicks: 0 };
    const dashboard = dashboardOf({ compared, comparedRange: { from: '2026-02-01', to: '2026-02-28' } });
    const shown = text(html(<FigureTotals dashboard={dashboard} explain={metricExplainer({})} />));
    expect(shown).toContain('+5.0% up from AED 1,000.00');
    expect(shown).toContain('Clicks 50 from 0');
  });
});

describe('every figure that is shown', () => {
  const explain = metricExplainer({ brandId: ID, currency: 'AED' });

  it('of the totals leads to its explanation', () => {
    const shown = html(<FigureTotals dashboard={dashboardOf()} explain={explain} />);
    for (const name of figureNames) expect(shown).toContain(`data-figure="${name}"`);
    expect(shown).toContain(`brandId=${ID}`);
  });

  it('of a row leads to the explanation of that row, the row of what belongs to none too', () => {
    const rows = [rowOf(ID), rowOf(null)];
    const columns = figureColumns({
      dashboard: dashboardOf({ by: 'CAMPAIGN', rows }),
      explain,
      hrefOf: () => '/there',
    });
    const [first, none] = rows.map((row) =>
      html(
        <>
          {columns.map(({ id, cell }) => (
            <p key={id}>{cell(row)}</p>
          ))}
        </>,
      ),
    );
    expect(first?.match(new RegExp(`by=CAMPAIGN&amp;key=${ID}`, 'g'))).toHaveLength(tableFigures.length);
    expect(none?.match(/by=CAMPAIGN/g)).toHaveLength(tableFigures.length);
    expect(none).not.toContain('key=');
  });

  it('of a row in other currencies has each of them beneath', () => {
    const ownSpend = [dirhams('10'), { amount: '3', currency: 'KWD' }];
    const columns = figureColumns({ dashboard: dashboardOf(), explain, hrefOf: () => null });
    const spend = columns.find(({ id }) => id === 'spend');
    expect(text(html(<>{spend?.cell(rowOf('META', { ownSpend }))}</>))).toContain('AED 10.00 + KWD 3.000');
  });
});

describe('the chart of a dashboard', () => {
  const days = [
    dayOf('2026-03-01', { compared: { ...some, clicks: 7 } }),
    dayOf('2026-03-03', { state: 'PARTIAL' }),
  ];
  const range = { from: '2026-03-01', to: '2026-03-03' };

  it('has a gap where nothing was delivered, and begins to dash where days still move', () => {
    const { series, provisionalFrom } = toSeries(
      dashboardOf({ range, days }),
      figureSpecs.clicks,
      metricExplainer({}),
    );
    expect(series.map(({ values }) => values)).toEqual([
      ['1050.00', null, '1050.00'],
      ['50', null, '50'],
    ]);
    expect(provisionalFrom).toBe('2026-03-03');
  });

  it('draws the other range beneath, day by day in its place', () => {
    const comparedRange = { from: '2026-02-01', to: '2026-02-03' };
    const { series } = toSeries(
      dashboardOf({ range, days, comparedRange }),
      figureSpecs.clicks,
      metricExplainer({}),
    );
    expect(series.at(-1)).toMatchObject({
      id: 'before',
      axis: 'right',
      isFaint: true,
      values: ['7', null, null],
    });
    expect(series.map(({ hrefOf }) => hrefOf?.('2026-03-01'))).toEqual([
      '/explain?of=metric&figure=spend&by=DAY&key=2026-03-01',
      '/explain?of=metric&figure=clicks&by=DAY&key=2026-03-01',
      '/explain?of=metric&figure=clicks&by=DAY&key=2026-03-01&isCompared=true',
    ]);
    const ofSpend = toSeries(
      dashboardOf({ range, days, comparedRange }),
      figureSpecs.spend,
      metricExplainer({}),
    );
    expect(ofSpend.series.map(({ id }) => id)).toEqual(['spend', 'before']);
  });
});

describe('what a page is narrowed to', () => {
  const input = dashboardInput.parse({ platform: 'META', campaignIds: [ID], isAttached: true });

  it('is named, each with the way out of it', () => {
    const url = at(`platform=META&campaignIds=${ID}&isAttached=true&range=today`);
    const shown = html(<FigureChips url={url} input={input} names={{ [ID]: 'Ramadan' }} />);
    expect(text(shown)).toBe('Campaign: Ramadan Platform: Meta With a campaign Clear all');
    expect(shown).toContain(`href="/performance?platform=META&amp;isAttached=true&amp;range=today"`);
    expect(shown).toContain('href="/performance?range=today"');
  });

  it('is not what the page itself is of', () => {
    const shown = html(
      <FigureChips
        url={at('')}
        input={dashboardInput.parse({ campaignIds: [ID] })}
        names={{}}
        fixed={['campaignIds']}
      />,
    );
    expect(shown).toBe('');
  });
});

describe('a page that loads again by itself', () => {
  it('does so at once, and then at most once a pause, as long as something moves', () => {
    vi.useFakeTimers();
    try {
      const work = vi.fn();
      const { run, stop } = throttled(work);
      for (let count = 0; count < 5; count += 1) run();
      expect(work).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(3_000);
      expect(work).toHaveBeenCalledTimes(2);
      vi.advanceTimersByTime(9_000);
      expect(work).toHaveBeenCalledTimes(2);
      run();
      run();
      stop();
      vi.advanceTimersByTime(9_000);
      expect(work).toHaveBeenCalledTimes(3);
    } finally {
      vi.useRealTimers();
    }
  });
});
