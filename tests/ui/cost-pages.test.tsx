import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CostStackPanel } from '../../app/features/costs/cost-stack-panel.tsx';
import { askedBy } from '../../app/features/costs/margins-held.tsx';
import { toFraction, toPercent } from '../../app/features/costs/percents.ts';
import { ReturnPanels } from '../../app/features/costs/return-panels.tsx';
import { StackBar } from '../../app/features/costs/stack-bar.tsx';
import type { CostKind, CostLine, CostStack } from '../../server/domain/costs/schema.ts';

const aed = (amount: string) => ({ amount, currency: 'AED' });
const line = (kind: CostKind, amount: string | null, note: string | null = null): CostLine => ({
  kind,
  amount: amount === null ? null : aed(amount),
  committed: kind === 'CREATOR' ? aed('250') : null,
  share: null,
  note,
});

const stack: CostStack = {
  campaignIds: ['c'],
  range: { from: '2026-11-01', to: '2026-11-30' },
  currency: 'AED',
  lines: [line('MEDIA', '600'), line('CREATOR', null, 'Views are not told.'), line('MARGIN', '200')],
  margins: [],
  claimed: {
    conversions: '12',
    conversionValue: aed('2400'),
    roas: '3',
    cpa: '66.67',
    mediaRoas: '4',
    reason: null,
    platforms: ['META', 'GOOGLE'],
    overlapNote: 'Meta and Google claim conversions each for itself.',
  },
  truth: {
    conversions: null,
    conversionValue: null,
    roas: null,
    cpa: null,
    source: 'RESULTS',
    chosenBy: 'BRAND',
    origins: [],
    reason: 'No results were entered yet.',
  },
  fx: [],
  leftOut: [],
  notes: [],
  isSandbox: false,
};
const hrefOf = (figure: string) => `/explain?of=cost&figure=${figure}`;

describe('a stack of costs', () => {
  const page = renderToStaticMarkup(<CostStackPanel stack={stack} hrefOf={hrefOf} />);

  it('links every amount to what it is made of, also one that is unknown', () => {
    for (const figure of ['media', 'creators', 'creatorsCommitted', 'margin'])
      expect(page).toContain(`data-figure="${figure}"`);
    expect(page).toMatch(/data-figure="creators"[^>]*>—</);
    expect(page).toContain('Views are not told.');
  });

  it('is drawn without an inline style, and gives what is unknown no room', () => {
    expect(page).not.toContain('style=');
    const widths = [...page.matchAll(/<rect[^>]* width="([^"]+)"/g)].map(([, width]) => width);
    expect(widths).toEqual(['75%', '0%', '0%', '0%', '25%']);
  });

  it('is not drawn while nothing was spent', () => {
    expect(renderToStaticMarkup(<StackBar lines={[line('MEDIA', '0')]} />)).toBe('');
  });
});

describe('two returns beside each other', () => {
  const page = renderToStaticMarkup(<ReturnPanels stack={stack} hrefOf={hrefOf} resultsHref="/results" />);

  it('say what each counts, and why one is not known', () => {
    expect(page).toContain('As the platforms claim');
    expect(page).toContain('Meta and Google claim conversions each for itself.');
    expect(page).toContain('The agency’s own count, chosen for the brand');
    expect(page).toMatch(/data-figure="trueRoas"[^>]*>—</);
    expect(page).toContain('No results were entered yet.');
  });
});

describe('a margin rule in words', () => {
  it('has the digits that it was written with', () => {
    expect(askedBy({ kind: 'MARKUP', percent: '12.5', monthly: null })).toBe('12.5% markup on the cost');
    expect(askedBy({ kind: 'SHARE', percent: '20.0000', monthly: null })).toBe(
      '20% share of what the client pays',
    );
    expect(askedBy({ kind: 'FIXED', percent: null, monthly: aed('5000') })).toMatch(/5,000\.00 a month$/);
  });
});

describe('percent and share', () => {
  it('are each other’s, exactly', () => {
    const pairs = [
      ['10', '0.1'],
      ['12.5', '0.125'],
      ['0.5', '0.005'],
      ['99.99', '0.9999'],
      ['100', '1'],
    ] as const;
    for (const [percent, fraction] of pairs) {
      expect(toFraction(percent)).toBe(fraction);
      expect(toPercent(fraction)).toBe(percent);
    }
    expect(toFraction('10%')).toBe('0.1');
  });

  it('leave what is no number to the refusal’s words', () => {
    expect(toFraction('ten')).toBe('ten');
    expect(toFraction('-5')).toBe('-5');
  });
});
