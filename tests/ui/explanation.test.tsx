import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  explainedBy,
  explainHash,
  explainHref,
  metricExplainer,
  revalidatesPage,
} from '../../app/features/explanations/explain-address.ts';
import { ExplainLink } from '../../app/features/explanations/explain-link.tsx';
import {
  exactText,
  figureText,
  inWords,
  isShortened,
  sourceNumbers,
} from '../../app/features/explanations/figure-text.ts';
import { FormulaTree } from '../../app/features/explanations/formula-tree.tsx';
import { RestatementList } from '../../app/features/explanations/restatement-list.tsx';
import { SourceList } from '../../app/features/explanations/source-list.tsx';
import { leaf, node } from '../../server/domain/explanations/rules.ts';
import type { FigureSource, Restatement } from '../../server/domain/explanations/schema.ts';

const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const money = (amount: string, label = '2026-03-01', currency = 'AED') =>
  leaf({ label, unit: 'MONEY', currency }, amount, [0]);

describe('the address of an explanation', () => {
  const explain = metricExplainer({
    campaignIds: ['a', 'b'],
    from: '2026-03-01',
    to: '2026-03-02',
    isAttached: false,
  });
  const base = '/explain?of=metric&campaignIds=a%2Cb&from=2026-03-01&to=2026-03-02&isAttached=false';

  it('holds the page’s own filters and days, the figure, and the row', () => {
    expect(explain('spend')).toBe(`${base}&figure=spend`);
    expect(explain('cpc', { row: { by: 'PLATFORM', key: 'META' }, isCompared: true })).toBe(
      `${base}&figure=cpc&by=PLATFORM&key=META&isCompared=true`,
    );
    expect(explain('roas', { row: { by: 'CAMPAIGN', key: null } })).toBe(`${base}&figure=roas&by=CAMPAIGN`);
    expect(explainHref('fee', { campaignId: 'c', figure: 'earned' })).toBe(
      '/explain?of=fee&campaignId=c&figure=earned',
    );
  });

  it('is the hash of the page where the panel stands beside it', () => {
    const hash = explainHash('of=metric&figure=spend');
    expect(explainedBy(hash)).toBe('of=metric&figure=spend');
    expect(explainedBy('#row-1')).toBeNull();
    const at = (rest: string) => new URL(`https://a.test/performance${rest}`);
    const change = (from: string, to: string) =>
      revalidatesPage({ currentUrl: at(from), nextUrl: at(to), defaultShouldRevalidate: true });
    expect(change(hash, '')).toBe(false);
    expect(change('', '')).toBe(true);
    expect(change(hash, '?by=DAY')).toBe(true);
  });

  it('is left out of a figure that the reader may not ask for', () => {
    const link = renderToStaticMarkup(
      <ExplainLink href="/explain?of=metric" figure="spend" label="Spend">
        12
      </ExplainLink>,
    );
    expect(link).toContain('<a href="/explain?of=metric" data-figure="spend"');
    expect(text(link)).toBe('12 , Spend: how it is made');
    const bare = renderToStaticMarkup(
      <ExplainLink href={null} figure="spend">
        12
      </ExplainLink>,
    );
    expect(bare).toBe('<span data-figure="spend">12</span>');
  });
});

describe('a value', () => {
  it.each([
    [{ value: '1234.567891', unit: 'MONEY', currency: 'AED' }, 'AED 1,234.57', 'AED 1,234.567891'],
    [{ value: '-1234567', unit: 'COUNT', currency: null }, '-1,234,567', '-1,234,567'],
    [{ value: '0.0125', unit: 'PERCENT', currency: null }, '1.25%', '0.0125'],
    [{ value: '3.6725', unit: 'RATIO', currency: null }, '3.6725', '3.6725'],
    [{ value: '0.272294077603812117', unit: 'RATIO', currency: null }, '0.2723', '0.272294077603812117'],
    [{ value: null, unit: 'MONEY', currency: 'AED' }, '—', '—'],
  ] as const)('%j reads %s, and exactly %s', (measured, short, exact) => {
    expect(figureText(measured).replace(/\u00a0/g, ' ')).toBe(short);
    expect(exactText(measured)).toBe(exact);
    expect(isShortened(measured)).toBe(short !== exact);
  });

  it('of days names them', () => {
    expect(figureText({ value: '1', unit: 'DAYS', currency: null })).toBe('1 day');
    expect(figureText({ value: '12', unit: 'DAYS', currency: null })).toBe('12 days');
  });

  it('has days and months as people read them', () => {
    expect(inWords('Summer · 2026-03-02 – 2026-03-10')).toBe('Summer · 2–10 Mar 2026');
    expect(inWords('Published on 2026-03-02')).toBe('Published on 2 Mar 2026');
    expect(inWords('2026-03')).toBe('Mar 2026');
  });

  it('names its sources by runs of their numbers', () => {
    expect(sourceNumbers([0, 1, 2, 6])).toBe('1–3, 7');
    expect(sourceNumbers([4])).toBe('5');
  });
});

describe('a formula', () => {
  const rate = leaf({ label: '1 USD in AED', unit: 'RATIO', note: 'By parity' }, '3.6725');
  const day = node({ label: '2026-03-02', unit: 'MONEY', currency: 'AED' }, 'PRODUCT', {
    parts: [money('10', 'Dollars', 'USD'), rate],
  });
  const sum = node({ label: 'Spend', unit: 'MONEY', currency: 'AED' }, 'SUM', {
    parts: [money('5'), day],
    decimals: 6,
  });
  const clicks = leaf({ label: 'Clicks', unit: 'COUNT' }, '7', [0]);
  const cpc = node({ label: 'CPC', unit: 'MONEY', currency: 'AED' }, 'DIVIDE', {
    parts: [sum, clicks],
    decimals: 6,
  });

  it('shows its parts with their operation, and each day with what it is made of', () => {
    const shown = text(renderToStaticMarkup(<FormulaTree formula={cpc} isLazy={false} />)).replace(
      /\u00a0/g,
      ' ',
    );
    expect(shown).toContain('Spend AED 41.73 the sum of 2 parts, rounded to 6 decimals');
    expect(shown).toContain(
      '2 Mar 2026 AED 36.73 USD 10.00 Dollars source 1 × 3.6725 1 USD in AED By parity',
    );
    expect(shown).toContain('÷ Clicks 7 source 1');
  });

  it('holds every value in full for whoever reads the page by machine', () => {
    const markup = renderToStaticMarkup(<FormulaTree formula={cpc} isLazy={false} />);
    expect([...markup.matchAll(/<data [^>]*value="([^"]*)"/g)].map(([, value]) => value)).toEqual([
      ...['41.725', '5', '36.725', '10', '3.6725', '7'],
    ]);
  });

  it('folds months, and makes what is folded once it is unfolded', () => {
    const months = ['2026-01', '2026-02'].map((label) =>
      node({ label, unit: 'MONEY', currency: 'AED' }, 'SUM', {
        parts: [node({ label: `${label}-01`, unit: 'MONEY', currency: 'AED' }, 'SUM', { parts: [day, day] })],
      }),
    );
    const year = node({ label: 'Spend', unit: 'MONEY', currency: 'AED' }, 'SUM', { parts: months });
    const all = renderToStaticMarkup(<FormulaTree formula={year} isLazy={false} />);
    expect(text(all)).toContain('Jan 2026');
    expect(all).not.toContain('style=');
  });

  it('of no row says so', () => {
    const none = node({ label: 'Clicks', unit: 'COUNT' }, 'SUM', { parts: [] });
    expect(text(renderToStaticMarkup(<FormulaTree formula={none} isLazy={false} />))).toBe(
      'Nothing was delivered in these days.',
    );
  });
});

describe('what stands behind a figure', () => {
  const source: FigureSource = {
    ...{ name: 'Meta', adAccountId: 'a1', adAccountName: 'Dirhams', timeZone: 'Asia/Dubai' },
    ...{ attributionSetting: '7d_click', syncRunId: 'r1', rows: 1, isSandbox: true },
    ...{ fetchedFrom: '2026-03-01T00:00:00Z', fetchedTo: '2026-03-02T00:00:00Z' },
  };
  const restated: Restatement = {
    ...{ label: 'Spend', date: '2026-03-01', adAccountName: 'Dirhams', platformCampaignName: 'Shop' },
    ...{ unit: 'MONEY', currency: 'AED', before: '1204.5', after: null },
    ...{ changedAt: '2026-03-03T04:00:00.000Z', syncRunId: null },
  };

  it('leads to the account and the run, in the reader’s own time', () => {
    const markup = renderToStaticMarkup(<SourceList sources={[source]} timeZone="Asia/Dubai" />);
    expect(markup).toContain('href="/ad-accounts/a1"');
    expect(markup).toContain('href="/sync/r1"');
    expect(text(markup)).toContain(
      '1 stored row · read from 1 Mar 2026, 04:00 to 2 Mar 2026, 04:00 · days of Asia/Dubai · attribution 7d_click',
    );
  });

  it('is told with its day, old and new, and leads to the figure as it stood', () => {
    const list = (restatementCount: number) =>
      renderToStaticMarkup(
        <RestatementList
          explanation={{ restatements: restatementCount === 0 ? [] : [restated], restatementCount }}
          asOfHref={(moment) => `/explain?asOf=${moment}`}
          timeZone="UTC"
        />,
      );
    expect(text(list(3)).replace(/\u00a0/g, ' ')).toBe(
      'Until 3 Mar 2026, 04:00 the spend of 1 Mar 2026 said AED 1,204.50 ; since then nothing . Shop, Dirhams The figure as it stood before And 2 older ones. A narrower range shows them.',
    );
    expect(list(3)).toContain('/explain?asOf=2026-03-03T03:59:59.999Z');
    expect(text(list(0))).toMatch(/^Nothing behind this figure was changed/);
  });
});
