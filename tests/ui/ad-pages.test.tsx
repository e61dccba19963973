import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { pickState } from '../../app/features/ad-accounts/account-picker.tsx';
import { PlatformOff } from '../../app/features/ad-accounts/connect-platforms.tsx';
import { toFoundLines } from '../../app/features/ad-accounts/found-tree.ts';
import { accountState, nativeTone, nativeWord } from '../../app/features/ad-accounts/labels.ts';
import { platformWords } from '../../app/features/campaigns/platform-words.ts';
import { datesOf } from '../../app/features/campaigns/dates.ts';
import { chartFigure, figureSpecs, printBare, printFigure } from '../../app/features/metrics/figure-specs.ts';
import { daysOf, rangeLabel, todayIn } from '../../app/features/metrics/range.ts';
import { durationOf } from '../../app/features/sync/labels.ts';
import { nothing } from './figure-world.ts';

describe('a figure', () => {
  it('that is unknown is a dash and no zero', () => {
    for (const spec of Object.values(figureSpecs)) {
      expect(printFigure(spec, nothing, 'AED')).toBe('—');
      expect(printBare(spec, nothing, 'AED')).toBe('—');
    }
  });

  it('that is zero is a zero', () => {
    const none = { ...nothing, clicks: 0, conversions: '0', spend: { amount: '0', currency: 'AED' } };
    expect(printFigure(figureSpecs.clicks, none, 'AED')).toBe('0');
    expect(printFigure(figureSpecs.conversions, none, 'AED')).toBe('0');
    expect(printBare(figureSpecs.spend, none, 'AED')).toBe('0.00');
  });

  it('of money has its currency’s own decimals, also where the table names the currency', () => {
    const spent = (amount: string, currency: string) => ({ ...nothing, spend: { amount, currency } });
    expect(printBare(figureSpecs.spend, spent('1234.5', 'KWD'), 'KWD')).toBe('1,234.500');
    expect(printBare(figureSpecs.spend, spent('1234.5', 'AED'), 'AED')).toBe('1,234.50');
    expect(printBare(figureSpecs.spend, spent('1234', 'JPY'), 'JPY')).toBe('1,234');
  });

  it('that the address makes up is clicks', () => {
    expect(chartFigure('constructor')).toBe(figureSpecs.clicks);
    expect(chartFigure('reach')).toBe(figureSpecs.clicks);
    expect(chartFigure('roas')).toBe(figureSpecs.roas);
  });
});

describe('the days of a page', () => {
  it('begin and end with the zone’s own midnight', () => {
    const now = new Date('2026-03-29T22:30:00Z');
    expect(todayIn('Asia/Dubai', now)).toBe('2026-03-30');
    expect(todayIn('America/Los_Angeles', now)).toBe('2026-03-29');
    expect(todayIn('Pacific/Kiritimati', now)).toBe('2026-03-30');
  });

  it('are all of a range, over a change of the clocks and a leap day', () => {
    expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(daysOf({ from: '2026-03-28', to: '2026-03-30' })).toHaveLength(3);
  });

  it('carry the name of their preset', () => {
    const range = { from: '2026-11-01', to: '2026-11-28' };
    expect(rangeLabel({ ...range, preset: 'last_28_days' })).toBe('Last 28 days · 1–28 Nov 2026');
    expect(rangeLabel({ ...range, preset: null })).toBe('1–28 Nov 2026');
  });

  it('of a campaign may be open at either end', () => {
    expect(datesOf({ startsOn: null, endsOn: null })).toBe('—');
    expect(datesOf({ startsOn: '2026-11-01', endsOn: null })).toBe('From 1 Nov 2026');
    expect(datesOf({ startsOn: null, endsOn: '2026-11-01' })).toBe('Until 1 Nov 2026');
  });
});

describe('an ad account', () => {
  const healthy = {
    syncStatus: 'SUCCESS',
    connectionState: 'CONNECTED',
    connectionId: 'c',
    source: 'API',
  } as const;

  it('whose access has ended is not connected, whatever its last sync said', () => {
    expect(accountState(healthy).label).toBe('Up to date');
    expect(accountState({ ...healthy, connectionState: 'REVOKED' }).label).toBe('Not connected');
    expect(accountState({ ...healthy, connectionId: null, connectionState: null }).label).toBe(
      'Not connected',
    );
  });

  it('whose connection is not the reader’s to see is not called disconnected', () => {
    expect(accountState({ ...healthy, connectionState: null }).label).toBe('Up to date');
  });

  it('can be picked unless this connection reads it already', () => {
    const found = { nativeId: '1', adAccountId: 'a', vanishedAt: null } as Parameters<typeof pickState>[0];
    const through = (connectionId: string, state: 'CONNECTED' | 'REVOKED') =>
      pickState({ ...found, usedThrough: { connectionId, state } }, 'c');
    expect(pickState({ ...found, adAccountId: null, usedThrough: null }, 'c')).toBe('new');
    expect(through('c', 'CONNECTED')).toBe('here');
    expect(through('other', 'CONNECTED')).toBe('elsewhere');
    expect(through('other', 'REVOKED')).toBe('ended');
    const gone = { ...found, adAccountId: null, usedThrough: null, vanishedAt: '2026-11-22T10:00:00Z' };
    expect(pickState(gone, 'c')).toBe('gone');
  });

  it('stands below its managers, and a search keeps those above what it meets', () => {
    const line = (nativeId: string, parentNativeId: string | null, isManager = false) => ({
      ...{ nativeId, parentNativeId, isManager },
      name: `Name of ${nativeId}`,
    });
    const found = [
      line('m1', null, true),
      line('m2', 'm1', true),
      line('empty', 'm1', true),
      line('a1', 'm2'),
      line('a2', 'm1'),
      line('a3', 'not listed'),
    ];
    const drawn = (q: string) =>
      toFoundLines(found, q).map(({ account, depth, below }) => [account.nativeId, depth, below.length]);
    expect(drawn('')).toEqual([
      ['m1', 0, 2],
      ['m2', 1, 1],
      ['a1', 2, 0],
      ['a2', 1, 0],
      ['a3', 0, 0],
    ]);
    expect(drawn('A1')).toEqual([
      ['m1', 0, 1],
      ['m2', 1, 1],
      ['a1', 2, 0],
    ]);
    expect(drawn('m1')).toHaveLength(4);
    expect(drawn('nothing like it')).toEqual([]);
    expect(toFoundLines([line('r', 'r', true), line('x', 'r')], '')).toMatchObject([{ depth: 0 }]);
  });
});

describe('a platform', () => {
  it('that is off names every setting that turns it on', () => {
    const platform = {
      id: 'META',
      name: 'Meta',
      slug: 'meta',
      isOn: false,
      isStandIn: false,
      settings: ['META_APP_ID', 'META_APP_SECRET'],
    } as const;
    const html = renderToStaticMarkup(
      <PlatformOff platform={{ ...platform, settings: [...platform.settings] }} />,
    );
    for (const name of platform.settings) expect(html).toContain(name);
  });

  it('keeps its own words for a status, and what was stopped on purpose is no warning', () => {
    expect(nativeWord('CAMPAIGN_PAUSED')).toBe('Campaign paused');
    expect([
      nativeTone('ACTIVE'),
      nativeTone('ARCHIVED'),
      nativeTone('WITH_ISSUES'),
      nativeTone(null),
    ]).toEqual(['success', 'neutral', 'warning', 'neutral']);
    expect(
      ['ENABLED', 'CAMPAIGN_STATUS_ENABLE', 'REMOVED', 'CAMPAIGN_STATUS_DISABLE'].map(nativeTone),
    ).toEqual(['success', 'success', 'neutral', 'neutral']);
    expect(['DISABLED', 'SUSPENDED', 'STATUS_DISABLE'].map(nativeTone)).toEqual(Array(3).fill('warning'));
    expect(nativeWord('CAMPAIGN_STATUS_ENABLE')).toBe('Enable');
    const items = [
      { nativeStatus: 'PAUSED', isGone: false },
      { nativeStatus: 'ACTIVE', isGone: false },
      { nativeStatus: 'ACTIVE', isGone: false },
      { nativeStatus: 'ACTIVE', isGone: true },
    ];
    expect(platformWords(items)).toBe('2 active, 1 paused, 1 no longer listed');
    expect(platformWords([])).toBeNull();
  });
});

describe('the time that a run took', () => {
  const took = (ms: number) =>
    durationOf({
      startedAt: '2026-11-22T10:00:00.000Z',
      finishedAt: new Date(Date.parse('2026-11-22T10:00:00Z') + ms).toISOString(),
    });

  it('is short where the run was short', () => {
    expect([took(0), took(350), took(12_400), took(65_000)]).toEqual([
      '0.0 s',
      '0.3 s',
      '12 s',
      '1 min 05 s',
    ]);
  });

  it('is unknown until the run has ended', () => {
    expect(durationOf({ startedAt: '2026-11-22T10:00:00Z', finishedAt: null })).toBeNull();
  });
});
