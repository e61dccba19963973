import { describe, expect, it } from 'vitest';
import { adPresets } from '../../server/domain/imports/ad-metrics/presets.ts';
import { csv, GOOGLE_HEADER, readReport } from '../support/ad-reports.ts';

describe('every preset', () => {
  it.each(adPresets.map((preset) => [preset.id, preset] as const))(
    '%s is told by its own columns',
    async (id, preset) => {
      const columns = Object.entries(preset.columns)
        .filter(([field]) => !field.startsWith('period'))
        .map(([field, names]) => [field, (names[0] ?? '').replace('{days}', '7')] as const);
      const cells = columns.map(([field]) => {
        if (field === 'day') return '2026-03-01';
        if (field === 'currency') return 'EUR';
        if (field === 'spend') return preset.money === 'micros' ? '1500000' : '1.5';
        return /Name|Setting$/.test(field) ? `A ${field}` : '7';
      });
      const { report, rows, problem } = await readReport(
        csv(columns.map(([, name]) => name).join(','), cells.join(',')),
        { currency: 'EUR' },
      );
      expect(report.presetId).toBe(id);
      expect(problem).toBeNull();
      expect(rows).toMatchObject([
        { date: '2026-03-01', spend: '1.5', impressions: 7, clicks: 7, nativeCampaignId: '7' },
      ]);
    },
  );

  it('names how to export by day and where its names come from', () => {
    for (const { howToExport, source } of adPresets)
      expect(howToExport.length * source.length).toBeGreaterThan(0);
    expect(new Set(adPresets.map(({ platform }) => platform)).size).toBe(9);
  });
});

describe('the table in a file', () => {
  it('is found below a preamble, in UTF-16 with tabs, as LinkedIn exports it', async () => {
    const text = [
      'Campaign Performance Report (in UTC)',
      'Report Start: March 1, 2026, 12:00 AM',
      'Report End: March 3, 2026, 11:59 PM',
      '',
      [
        'Start Date (in UTC)',
        'Account Name',
        'Currency',
        'Campaign Group Name',
        'Campaign ID',
        'Campaign Name',
        'Total Spent',
        'Impressions',
        'Clicks',
      ].join('\t'),
      ['3/1/2026', 'Ours', 'EUR', 'G', '501', 'Größe 🎯', '1,234.50', '10,000', '12'].join('\t'),
      ['3/13/2026', 'Ours', 'EUR', 'G', '501', 'Größe 🎯', '5.25', '90', '1'].join('\t'),
    ].join('\r\n');
    for (const bytes of [
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
    ]) {
      const { report, rows, problem } = await readReport(bytes);
      expect(problem).toBeNull();
      expect(report).toMatchObject({
        presetId: 'linkedin',
        headerLine: 5,
        delimiter: '\t',
        dateOrder: 'M/D/Y',
      });
      expect(rows.map(({ date, spend, campaignName }) => [date, spend, campaignName])).toEqual([
        ['2026-03-01', '1234.5', 'Größe 🎯'],
        ['2026-03-13', '5.25', 'Größe 🎯'],
      ]);
    }
  });

  it('is read with decimal commas, semicolons and the letters of Windows', async () => {
    const text = csv(
      'Tag;Datum',
      'Day;Campaign;Currency code;Cost;Impr.;Clicks;Conversions',
      '01.03.2026;Grün;EUR;1.234,50 \x80;12.345;7;1,5',
      '13.03.2026;Grün;EUR;0,99;1.000;1;0',
    );
    const { report, rows } = await readReport(Buffer.from(text, 'latin1'), { encoding: 'windows-1252' });
    expect(report).toMatchObject({
      decimal: ',',
      dateOrder: 'D/M/Y',
      totals: { spend: '1235.49', impressions: 13345 },
    });
    expect(rows[0]).toMatchObject({
      date: '2026-03-01',
      spend: '1234.5',
      conversions: '1.5',
      campaignName: 'Grün',
    });
  });

  it('whose columns fit two platforms alike asks which', async () => {
    const text = csv('Date,Campaign name,Currency,Spend,Impressions', '2026-03-01,A,EUR,1,2');
    await expect(readReport(text)).rejects.toThrow(/^The columns fit .* alike\. Say which it is/);
    expect((await readReport(text, { preset: 'snapchat' })).report.platform).toBe('SNAPCHAT');
    const account = { platform: 'PINTEREST', nativeId: null, name: 'P', currency: 'EUR' } as const;
    expect((await readReport(text, {}, account)).report.platform).toBe('PINTEREST');
  });
});

describe('the decimal sign of a column', () => {
  it('that could be either is asked for by the name of the setting', async () => {
    const text = csv('Day,Campaign,Currency code,Cost,Impr.', '2026-03-01,A,EUR,"1,234",7');
    const failure: unknown = await readReport(text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ issues: [{ path: 'decimal' }] });
    expect(String(failure)).toContain('"1,234", which may be thousands or a fraction. Say the decimal sign');
    expect((await readReport(text, { decimal: '.' })).rows[0]?.spend).toBe('1234');
    expect((await readReport(text, { decimal: ',' })).rows[0]?.spend).toBe('1.234');
  });

  it('is told by the thousands of another column', async () => {
    const text = csv(GOOGLE_HEADER, '2026-03-01,A,EUR,"1,234","12,345",7');
    expect((await readReport(text)).rows[0]?.spend).toBe('1234');
  });

  it('that its cells contradict is refused', async () => {
    const text = csv(GOOGLE_HEADER, '2026-03-01,A,EUR,"1,5",7,1', '2026-03-02,A,EUR,1.5,7,1');
    await expect(readReport(text)).rejects.toThrow(
      'has numbers with a decimal point and others with a decimal comma',
    );
  });

  it.each([
    ['$2,346.71', '2346.71'],
    ['AED 12.50', '12.5'],
    ['12.50 €', '12.5'],
    ['US$1,000,000.01', '1000000.01'],
    ['(3.20)', '-3.2'],
    ['-0.10', '-0.1'],
    ['1 234.50', '1234.5'],
    ["1'234.50", '1234.5'],
    ['١٢٣٫٥٠', '123.5'],
    ['0.000001', '0.000001'],
    ['123456789012.123456', '123456789012.123456'],
  ])('%s is %s', async (text, value) => {
    const { rows, problem } = await readReport(csv(GOOGLE_HEADER, `2026-03-01,A,EUR,"${text}",7,1`));
    expect(problem).toBeNull();
    expect(rows[0]?.spend).toBe(value);
  });

  it.each(['1,2,3.4.5', '12%', '1e5', 'about 5', '0x10', '=1+1', 'NaN', 'Infinity'])(
    '%s is no amount, and its row is named',
    async (text) => {
      const { problem, refused } = await readReport(
        csv(GOOGLE_HEADER, `2026-03-01,A,EUR,"${text}",7,1`, '2026-03-01,B,EUR,1.5,7,1'),
      );
      expect(problem).toMatch(/^One row cannot be read/);
      expect(refused).toMatchObject([{ line: 2 }]);
    },
  );
});

describe('days', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/03/05', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['Mar 5, 2026', '2026-03-05'],
    ['March 5, 2026', '2026-03-05'],
    ['Thu, Mar 5, 2026', '2026-03-05'],
    ['5 Mar 2026', '2026-03-05'],
    ['05-Mar-2026', '2026-03-05'],
    ['2026-03-05 23:00:00', '2026-03-05'],
    ['2026-03-05T23:00:00+04:00', '2026-03-05'],
    ['25/12/2026', '2026-12-25'],
    ['12/25/2026', '2026-12-25'],
    ['2026-03-05 - 2026-03-05', '2026-03-05'],
  ])('%s is %s', async (text, day) => {
    const { rows, problem } = await readReport(csv(GOOGLE_HEADER, `"${text}",A,EUR,1.5,7,1`));
    expect([problem, rows[0]?.date]).toEqual([null, day]);
  });

  it('that could be two are asked for by the name of the setting', async () => {
    const text = csv(GOOGLE_HEADER, '03/04/2026,A,EUR,1.5,7,1');
    await expect(readReport(text)).rejects.toMatchObject({ issues: [{ path: 'dateOrder' }] });
    expect((await readReport(text, { dateOrder: 'D/M/Y' })).rows[0]?.date).toBe('2026-04-03');
  });

  it.each(['2026-02-30', '31.12.1899', 'yesterday', '45', '0000-01-01'])('%s is none', async (text) => {
    const { problem } = await readReport(csv(GOOGLE_HEADER, `${text},A,EUR,1.5,7,1`));
    expect(problem).toMatch(/^One row cannot be read/);
  });

  it.each(['Mar 2026', '2026-03', '2026-03-01 - 2026-03-07', '2026-W10'])(
    '%s is a period, and refused as one',
    async (text) => {
      const { problem } = await readReport(csv(GOOGLE_HEADER, `${text},A,EUR,1.5,7,1`));
      expect(problem).toMatch(/^The rows are of periods such as .* Segment, Time, Day/);
    },
  );

  it('are of a report without their column whose every period is one day', async () => {
    const header = 'Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions';
    const daily = await readReport(
      csv(
        header,
        '2026-03-01,2026-03-01,A,1.5,7',
        '2026-03-01,2026-03-02,,3,14',
        '2026-03-02,2026-03-02,A,1.5,7',
      ),
    );
    expect(daily).toMatchObject({ problem: null, report: { totalRows: 1, totals: { spend: '3.00' } } });
    const monthly = await readReport(csv(header, '2026-03-01,2026-03-31,A,1.5,7'));
    expect(monthly.problem).toMatch(/Breakdown, By time, Day/);
    expect(monthly.report).toMatchObject({ firstDay: '2026-03-01', lastDay: '2026-03-31' });
  });
});
