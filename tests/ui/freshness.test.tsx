import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  FreshnessMark,
  FreshnessOfAll,
  runHref,
  StateMark,
} from '../../app/features/metrics/freshness-mark.tsx';
import { freshnessWords } from '../../app/features/metrics/freshness-words.ts';
import { type FreshnessMark as Mark, freshnessStates } from '../../server/domain/metrics/dashboard-schema.ts';

const reader = { timeZone: 'Asia/Dubai', now: '2026-11-23T08:00:00.000Z' };
const RUN = '01930000-0000-7000-8000-000000000001';
const GULF: Mark = {
  ...{ adAccountId: 'a', name: 'Gulf', platform: 'META', currency: 'AED', timeZone: 'Asia/Dubai' },
  ...{ state: 'SETTLING', reason: 'Days since 26 Oct may still change.', syncRunId: RUN, isSyncing: false },
  ...{ lastSyncedAt: '2026-11-23T06:32:00.000Z', newestBusinessDate: '2026-11-21' },
};
const NILE: Mark = {
  ...GULF,
  ...{ adAccountId: 'b', name: 'Nile', state: 'FINAL', lastSyncedAt: '2026-11-21T20:05:00.000Z' },
  ...{ newestBusinessDate: '2025-12-31', syncRunId: null },
};
const html = renderToStaticMarkup;

describe('a mark of freshness', () => {
  it('says its state and both clocks, on the reader’s own clock', () => {
    expect(html(<FreshnessMark mark={GULF} {...reader} />)).toContain(
      '>Settling · Synced 10:32 · figures to 21 Nov<',
    );
  });

  it('names the day of a sync before today, and the year of figures before this one', () => {
    expect(html(<FreshnessMark mark={NILE} {...reader} />)).toContain(
      '>Final · Synced 22 Nov, 00:05 · figures to 31 Dec 2025<',
    );
  });

  it('leads to the run, and is no link where there is none', () => {
    expect(html(<FreshnessMark mark={GULF} {...reader} />)).toContain(`<a href="/sync/${RUN}"`);
    expect(html(<FreshnessMark mark={NILE} {...reader} />)).toMatch(/^<span/);
  });

  it('says that a sync runs, and that none ever did', () => {
    const running = { ...GULF, isSyncing: true };
    expect(html(<FreshnessMark mark={running} {...reader} />)).toContain('figures to 21 Nov · syncing now<');
    const never: Mark = { ...GULF, state: 'NONE', lastSyncedAt: null, newestBusinessDate: null };
    expect(html(<FreshnessMark mark={never} {...reader} />)).toContain('>Never synced<');
  });

  it('has a word and a sentence of its own for each state', () => {
    const words = freshnessStates.map((state) => freshnessWords[state].label);
    expect(new Set(words).size).toBe(freshnessStates.length);
    for (const state of freshnessStates) {
      expect(html(<StateMark state={state} />)).toContain(`title="${freshnessWords[state].meaning}"`);
    }
  });
});

describe('the mark of several accounts', () => {
  it('shows the slowest of their clocks and leads to the worst’s run', () => {
    const shown = html(<FreshnessOfAll marks={[GULF, NILE]} state="SETTLING" {...reader} />);
    expect(shown).toContain('>Settling · Synced 22 Nov, 00:05 · figures to 31 Dec 2025<');
    expect(shown).toContain(`href="/sync/${RUN}"`);
    expect(shown).toContain('2 ad accounts');
  });

  it('says how many of them never synced, and nothing where there is none', () => {
    const never: Mark = { ...NILE, lastSyncedAt: null, newestBusinessDate: null };
    const shown = html(<FreshnessOfAll marks={[GULF, never]} state="SETTLING" {...reader} />);
    expect(shown).toContain('>Settling · Synced 10:32 · figures to 21 Nov · 1 of 2 never synced<');
    expect(html(<FreshnessOfAll marks={[]} state="NONE" {...reader} />)).toBe('');
  });

  it('leads a row to the run of the one account that can be meant, else to the list of marks', () => {
    expect(runHref([GULF, NILE], 'SETTLING')).toBe(`/sync/${RUN}`);
    expect(runHref([GULF, NILE], 'FINAL')).toBe('#freshness');
    expect(runHref([GULF, { ...GULF, adAccountId: 'c' }], 'SETTLING')).toBe('#freshness');
    expect(runHref([GULF], 'FINAL')).toBe(`/sync/${RUN}`);
  });
});
