import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnits, toUnits } from '../../server/domain/imports/ad-metrics/fold.ts';
import blns from '../fixtures/blns/blns.json' with { type: 'json' };
import { csv, GOOGLE_HEADER, readReport } from '../support/ad-reports.ts';

describe('rows that sum others', () => {
  it('are left out however they are written, and campaigns that are called like them come in', async () => {
    const text = csv(
      GOOGLE_HEADER,
      '2026-03-01,Total Care Clinics,EUR,1.5,7,1',
      '2026-03-01,Total,EUR,2.5,7,1',
      '2026-03-01,Total: Account,EUR,3.5,7,1',
      'Total: Campaigns,--,EUR,7.50,21,3',
      'Total: Account,,EUR,7.50,21,3',
      'Grand total,,,7.50,21,3',
      ',,,7.50,21,3',
      '--, --,EUR,7.50,21,3',
    );
    const { report, rows, notes } = await readReport(text);
    expect(report).toMatchObject({ dataRows: 3, totalRows: 5, totals: { spend: '7.50' } });
    expect(rows.map(({ campaignName }) => campaignName)).toEqual([
      'Total Care Clinics',
      'Total',
      'Total: Account',
    ]);
    expect(notes.some(({ text: words }) => words.includes('own total'))).toBe(false);
  });

  it('that do not agree with the rows are told of', async () => {
    const { notes } = await readReport(
      csv(GOOGLE_HEADER, '2026-03-01,A,EUR,1.5,7,1', 'Total: Account,,EUR,9.5,7,1'),
    );
    expect(notes.map(({ text }) => text)).toContain(
      "The file's own total of the spend (9.5) is not the sum of its rows (1.5): the export may not hold all of them.",
    );
  });

  it('of which no cell tells the conversions are unknown there, and the check counts them', async () => {
    const { rows, report, notes } = await readReport(
      csv(
        'Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions',
        ...['2026-03-01,A,EUR,1.5,7,1,2.5', '2026-03-01,A,EUR,1.5,7,1,--'],
        ...['2026-03-02,A,EUR,1.5,7,1,', '2026-03-03,A,EUR,1.5,7,1,0'],
      ),
    );
    expect(rows.map(({ conversions, conversionValue }) => [conversions, conversionValue])).toEqual([
      ['2.5', null],
      [null, null],
      ['0', null],
    ]);
    expect(report.totals).toMatchObject({ conversions: '2.5', conversionValue: null });
    expect(notes.map(({ text, count }) => [text, count])).toEqual(
      expect.arrayContaining([
        ["Campaigns' days of which the file says nothing of conversions: unknown there, and not 0.", 1],
        ['The file says nothing of the value of conversions: unknown, and not 0.', null],
      ]),
    );
  });

  it('of Display & Video 360 and its notes below them are no rows', async () => {
    const text = csv(
      'Date,Advertiser,Advertiser ID,Advertiser Currency,Campaign,Campaign ID,Impressions,Clicks,Revenue (Adv Currency)',
      '2026/03/01,Ours,11,EUR,A,1,100,2,1.500000',
      '2026/03/02,Ours,11,EUR,A,1,200,3,2.500000',
      ',,,,,,300,5,4.000000',
      '',
      'Report Time:,2026/03/03 08:00 GMT',
      'Date Range:,2026/03/01 to 2026/03/02',
      'Group By:,Date',
      '"Reporting numbers from the previous month are finalized"',
    );
    const { report, rows, problem } = await readReport(text);
    expect(problem).toBeNull();
    expect(report).toMatchObject({ presetId: 'dv360', dataRows: 2, totalRows: 1, totals: { spend: '4.00' } });
    expect(report.footer).toHaveLength(4);
    expect(rows).toHaveLength(2);
  });

  it('of Meta are those with a blank name, at whichever level there are names', async () => {
    const header = 'Day,Campaign name,Ad set name,Amount spent (EUR),Impressions,Reach';
    const text = csv(
      header,
      '2026-03-01,,,5,50,40',
      '2026-03-01,A,,3,30,25',
      '2026-03-01,A,x,1,10,9',
      '2026-03-01,A,y,2,20,18',
      '2026-03-01,B,z,2,20,19',
    );
    const { report, rows } = await readReport(text);
    expect(report).toMatchObject({ dataRows: 3, totalRows: 2, totals: { spend: '5.00' } });
    // Two ad sets reach some people twice: their campaign's reach is not known.
    expect(rows.map(({ campaignName, spend, reach }) => [campaignName, spend, reach])).toEqual([
      ['A', '3', null],
      ['B', '2', 19],
    ]);
    const campaigns = await readReport(
      csv(header, '2026-03-01,,,3,30,25', '2026-03-01,A,,1,10,9', '2026-03-01,B,,2,20,18'),
    );
    expect(campaigns.report).toMatchObject({ dataRows: 2, totalRows: 1, totals: { spend: '3.00' } });
  });
});

describe('what rows say', () => {
  it('of one campaign and day is summed exactly, whatever the amounts', () => {
    const amount = fc.tuple(fc.bigInt(-(10n ** 11n), 10n ** 11n), fc.integer({ min: 0, max: 999_999 }));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (amounts) => {
        const texts = amounts.map(([whole, micros]) => `${whole}.${String(micros).padStart(6, '0')}`);
        const exact = texts.reduce((total, text) => total.plus(text), new Big(0));
        const units = texts.reduce((total, text) => total + toUnits(text), 0n);
        expect(new Big(fromUnits(units)).eq(exact)).toBe(true);
      }),
    );
  });

  it('in two currencies is refused by their names', async () => {
    const { problem } = await readReport(
      csv(GOOGLE_HEADER, '2026-03-01,A,EUR,1.5,7,1', '2026-03-01,B,USD,1.5,7,1'),
    );
    expect(problem).toBe(
      'The rows are in EUR and USD. An ad account has one currency: export each by itself.',
    );
  });

  it('in hours is one day', async () => {
    const header = 'CAMPAIGN_ID,STAT_TIME_HOUR,IMPRESSIONS,CLICKS,SPEND';
    const { rows } = await readReport(
      csv(header, '9,2026-03-01 00:00:00,1,1,0.1', '9,2026-03-01 23:00:00,2,1,0.2'),
      { currency: 'KWD' },
    );
    expect(rows).toMatchObject([{ date: '2026-03-01', spend: '0.3', impressions: 3, clicks: 2 }]);
  });

  it('with an id that a spreadsheet shortened is refused', async () => {
    const { refused } = await readReport(
      csv('Day,Campaign,Campaign ID,Currency code,Cost,Impr.', '2026-03-01,A,1.20212E+17,EUR,1.5,7'),
    );
    expect(refused[0]?.reasons[0]).toMatch(/lost its last digits in a spreadsheet/);
  });

  it('with naughty names comes in by them', async () => {
    const names = [...new Set(blns.map((name) => name.replaceAll('\0', '').trim()))].filter(
      (name) => name.length > 3 && !/^(null|n\/a|---|\(not set\))$/i.test(name),
    );
    const lines = names.map((name, index) => `2026-03-01,"${name.replaceAll('"', '""')}",EUR,1.5,7,${index}`);
    const { report, rows, problem } = await readReport(csv(GOOGLE_HEADER, ...lines));
    expect(problem).toBeNull();
    expect(report.totalRows).toBe(0);
    expect(new Set(rows.map(({ campaignName }) => campaignName))).toEqual(new Set(names));
  });
});
