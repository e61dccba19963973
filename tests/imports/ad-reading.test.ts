import { deflateRawSync } from 'node:zlib';
import Big from 'big.js';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnits, toUnits } from '../../server/domain/imports/ad-metrics/fold.ts';
import { adPresets } from '../../server/domain/imports/ad-metrics/presets.ts';
import { readAdFile, type ReadRequest } from '../../server/domain/imports/ad-metrics/read.ts';
import { MAX_UNPACKED_BYTES, pack } from '../../server/domain/imports/ad-metrics/zip.ts';
import blns from '../fixtures/blns/blns.json' with { type: 'json' };

type Settings = Partial<ReadRequest['settings']>;

function read(content: string | Buffer, settings: Settings = {}, account: ReadRequest['account'] = null) {
  return readAdFile({
    bytes: Buffer.from(content),
    settings: { holdsAllCampaigns: true, ...settings },
    account,
  });
}

const csv = (...lines: string[]) => lines.join('\n');
const GOOGLE = 'Day,Campaign,Currency code,Cost,Impr.,Clicks';

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
      const { report, rows, problem } = await read(
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
      const { report, rows, problem } = await read(bytes);
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
    const { report, rows } = await read(Buffer.from(text, 'latin1'), { encoding: 'windows-1252' });
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

  it('of another first sheet is found on the sheet that has it', async () => {
    const bytes = await workbook({ Notes: [['Made for the client']], Data: [['Date', 'x'], ...TABLE] });
    expect((await read(bytes)).report).toMatchObject({ sheet: 'Data', headerLine: 2 });
  });

  it('whose columns fit two platforms alike asks which', async () => {
    const text = csv('Date,Campaign name,Currency,Spend,Impressions', '2026-03-01,A,EUR,1,2');
    await expect(read(text)).rejects.toThrow(/^The columns fit .* alike\. Say which it is/);
    expect((await read(text, { preset: 'snapchat' })).report.platform).toBe('SNAPCHAT');
    const account = { platform: 'PINTEREST', nativeId: null, name: 'P', currency: 'EUR' } as const;
    expect((await read(text, {}, account)).report.platform).toBe('PINTEREST');
  });
});

describe('the decimal sign of a column', () => {
  it('that could be either is asked for by the name of the setting', async () => {
    const text = csv('Day,Campaign,Currency code,Cost,Impr.', '2026-03-01,A,EUR,"1,234",7');
    const failure: unknown = await read(text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ issues: [{ path: 'decimal' }] });
    expect(String(failure)).toContain('"1,234", which may be thousands or a fraction. Say the decimal sign');
    expect((await read(text, { decimal: '.' })).rows[0]?.spend).toBe('1234');
    expect((await read(text, { decimal: ',' })).rows[0]?.spend).toBe('1.234');
  });

  it('is told by the thousands of another column', async () => {
    const text = csv(GOOGLE, '2026-03-01,A,EUR,"1,234","12,345",7');
    expect((await read(text)).rows[0]?.spend).toBe('1234');
  });

  it('that its cells contradict is refused', async () => {
    const text = csv(GOOGLE, '2026-03-01,A,EUR,"1,5",7,1', '2026-03-02,A,EUR,1.5,7,1');
    await expect(read(text)).rejects.toThrow(
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
    const { rows, problem } = await read(csv(GOOGLE, `2026-03-01,A,EUR,"${text}",7,1`));
    expect(problem).toBeNull();
    expect(rows[0]?.spend).toBe(value);
  });

  it.each(['1,2,3.4.5', '12%', '1e5', 'about 5', '0x10', '=1+1', 'NaN', 'Infinity'])(
    '%s is no amount, and its row is named',
    async (text) => {
      const { problem, refused } = await read(
        csv(GOOGLE, `2026-03-01,A,EUR,"${text}",7,1`, '2026-03-01,B,EUR,1.5,7,1'),
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
    const { rows, problem } = await read(csv(GOOGLE, `"${text}",A,EUR,1.5,7,1`));
    expect([problem, rows[0]?.date]).toEqual([null, day]);
  });

  it('that could be two are asked for by the name of the setting', async () => {
    const text = csv(GOOGLE, '03/04/2026,A,EUR,1.5,7,1');
    await expect(read(text)).rejects.toMatchObject({ issues: [{ path: 'dateOrder' }] });
    expect((await read(text, { dateOrder: 'D/M/Y' })).rows[0]?.date).toBe('2026-04-03');
  });

  it.each(['2026-02-30', '31.12.1899', 'yesterday', '45', '0000-01-01'])('%s is none', async (text) => {
    const { problem } = await read(csv(GOOGLE, `${text},A,EUR,1.5,7,1`));
    expect(problem).toMatch(/^One row cannot be read/);
  });

  it.each(['Mar 2026', '2026-03', '2026-03-01 - 2026-03-07', '2026-W10'])(
    '%s is a period, and refused as one',
    async (text) => {
      const { problem } = await read(csv(GOOGLE, `${text},A,EUR,1.5,7,1`));
      expect(problem).toMatch(/^The rows are of periods such as .* Segment, Time, Day/);
    },
  );

  it('are of a report without their column whose every period is one day', async () => {
    const header = 'Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions';
    const daily = await read(
      csv(
        header,
        '2026-03-01,2026-03-01,A,1.5,7',
        '2026-03-01,2026-03-02,,3,14',
        '2026-03-02,2026-03-02,A,1.5,7',
      ),
    );
    expect(daily).toMatchObject({ problem: null, report: { totalRows: 1, totals: { spend: '3.00' } } });
    const monthly = await read(csv(header, '2026-03-01,2026-03-31,A,1.5,7'));
    expect(monthly.problem).toMatch(/Breakdown, By time, Day/);
    expect(monthly.report).toMatchObject({ firstDay: '2026-03-01', lastDay: '2026-03-31' });
  });
});

describe('rows that sum others', () => {
  it('are left out however they are written, and campaigns that are called like them come in', async () => {
    const text = csv(
      GOOGLE,
      '2026-03-01,Total Care Clinics,EUR,1.5,7,1',
      '2026-03-01,Total,EUR,2.5,7,1',
      '2026-03-01,Total: Account,EUR,3.5,7,1',
      'Total: Campaigns,--,EUR,7.50,21,3',
      'Total: Account,,EUR,7.50,21,3',
      'Grand total,,,7.50,21,3',
      ',,,7.50,21,3',
      '--, --,EUR,7.50,21,3',
    );
    const { report, rows, notes } = await read(text);
    expect(report).toMatchObject({ dataRows: 3, totalRows: 5, totals: { spend: '7.50' } });
    expect(rows.map(({ campaignName }) => campaignName)).toEqual([
      'Total Care Clinics',
      'Total',
      'Total: Account',
    ]);
    expect(notes.some(({ text: words }) => words.includes('own total'))).toBe(false);
  });

  it('that do not agree with the rows are told of', async () => {
    const { notes } = await read(csv(GOOGLE, '2026-03-01,A,EUR,1.5,7,1', 'Total: Account,,EUR,9.5,7,1'));
    expect(notes.map(({ text }) => text)).toContain(
      "The file's own total of the spend (9.5) is not the sum of its rows (1.5): the export may not hold all of them.",
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
    const { report, rows, problem } = await read(text);
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
    const { report, rows } = await read(text);
    expect(report).toMatchObject({ dataRows: 3, totalRows: 2, totals: { spend: '5.00' } });
    // Two ad sets reach some people twice: their campaign's reach is not known.
    expect(rows.map(({ campaignName, spend, reach }) => [campaignName, spend, reach])).toEqual([
      ['A', '3', null],
      ['B', '2', 19],
    ]);
    const campaigns = await read(
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
    const { problem } = await read(csv(GOOGLE, '2026-03-01,A,EUR,1.5,7,1', '2026-03-01,B,USD,1.5,7,1'));
    expect(problem).toBe(
      'The rows are in EUR and USD. An ad account has one currency: export each by itself.',
    );
  });

  it('in hours is one day', async () => {
    const header = 'CAMPAIGN_ID,STAT_TIME_HOUR,IMPRESSIONS,CLICKS,SPEND';
    const { rows } = await read(
      csv(header, '9,2026-03-01 00:00:00,1,1,0.1', '9,2026-03-01 23:00:00,2,1,0.2'),
      { currency: 'KWD' },
    );
    expect(rows).toMatchObject([{ date: '2026-03-01', spend: '0.3', impressions: 3, clicks: 2 }]);
  });

  it('with an id that a spreadsheet shortened is refused', async () => {
    const { refused } = await read(
      csv('Day,Campaign,Campaign ID,Currency code,Cost,Impr.', '2026-03-01,A,1.20212E+17,EUR,1.5,7'),
    );
    expect(refused[0]?.reasons[0]).toMatch(/lost its last digits in a spreadsheet/);
  });

  it('with naughty names comes in by them', async () => {
    const names = [...new Set(blns.map((name) => name.replaceAll('\0', '').trim()))].filter(
      (name) => name.length > 3 && !/^(null|n\/a|---|\(not set\))$/i.test(name),
    );
    const lines = names.map((name, index) => `2026-03-01,"${name.replaceAll('"', '""')}",EUR,1.5,7,${index}`);
    const { report, rows, problem } = await read(csv(GOOGLE, ...lines));
    expect(problem).toBeNull();
    expect(report.totalRows).toBe(0);
    expect(new Set(rows.map(({ campaignName }) => campaignName))).toEqual(new Set(names));
  });
});

const TABLE: ExcelJS.CellValue[][] = [
  ['Day', 'Campaign', 'Currency code', 'Cost', 'Impr.', 'Clicks', 'Conversions'],
  [new Date('2026-03-01T00:00:00Z'), 'Grün 🎯', 'EUR', 1234.56, 12345, 7, 0.1],
  [
    '2026-03-02',
    { richText: [{ text: 'Rich ' }, { text: 'name' }] },
    'EUR',
    { formula: 'D2+0.44', result: 1235 },
    10,
    1,
    0.2,
  ],
  [46084, 'Serial', 'EUR', '$1,000.25', '1,000', 2, null],
  ['Total: Account', '--', 'EUR', 3469.81, 13355, 10, 0.3],
];

async function workbook(sheets: Record<string, ExcelJS.CellValue[][]>): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('a workbook', () => {
  it('is read with its days, formulas, rich texts and exact amounts', async () => {
    const bytes = await workbook({
      Report: [['Campaign report'], ['March 1, 2026 - March 4, 2026'], ...TABLE],
    });
    const { report, rows, problem } = await read(bytes);
    expect(problem).toBeNull();
    expect(report).toMatchObject({
      presetId: 'google',
      sheet: 'Report',
      headerLine: 3,
      firstDay: '2026-03-01',
      lastDay: '2026-03-04',
      dataRows: 3,
      totalRows: 1,
      totals: { spend: '3469.81', impressions: 13355, conversions: '0.3' },
    });
    expect(rows.map(({ date, campaignName, spend }) => [date, campaignName, spend])).toEqual([
      ['2026-03-01', 'Grün 🎯', '1234.56'],
      ['2026-03-02', 'Rich name', '1235'],
      ['2026-03-03', 'Serial', '1000.25'],
    ]);
  });

  it('with a formula that has no value, or an error, refuses the row', async () => {
    const [header = []] = TABLE;
    const bytes = await workbook({
      A: [
        header,
        ['2026-03-01', 'A', 'EUR', { formula: 'B1*2' }, 1, 1, 1],
        ['2026-03-01', 'B', 'EUR', { error: '#DIV/0!' }, 1, 1, 1],
      ],
    });
    const { refused, problem } = await read(bytes);
    expect(problem).toMatch(/^2 rows cannot be read/);
    expect(refused.map(({ reasons }) => reasons[0])).toEqual([
      expect.stringContaining('a formula that was saved without its value'),
      expect.stringContaining("the spreadsheet's error #DIV/0!"),
    ]);
  });

  it('with ids that it keeps as numbers of more than fifteen digits refuses them', async () => {
    const bytes = await workbook({
      A: [
        ['Day', 'Campaign', 'Campaign ID', 'Currency code', 'Cost', 'Impr.'],
        ['2026-03-01', 'A', 120212345678901230, 'EUR', 1, 1],
      ],
    });
    expect((await read(bytes)).refused[0]?.reasons[0]).toMatch(/lost its last digits/);
  });

  it.each([
    ['garbage behind the mark', Buffer.from('PK\u0003\u0004 and nothing more')],
    ['an archive of something else', pack([{ name: 'readme.txt', content: Buffer.from('hello') }])],
    ['a sheet that is no XML', pack(parts(Buffer.from('<worksheet><sheetData><row><c r="A1"')))],
    [
      'a sheet with an address beyond the last column',
      pack(
        parts(
          Buffer.from(
            '<worksheet><sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
          ),
        ),
      ),
    ],
  ])('of %s is refused in words', async (_name, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'AppError', code: 'invalid' });
  });

  it('of the old kind, or with a password, is refused in words', async () => {
    await expect(read(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toThrow('Save it as XLSX or CSV.');
    await expect(read(Buffer.from('1f8b080000000000', 'hex'))).rejects.toThrow('Unpack it first.');
  });

  it('that unpacks to more than is read does not go off', async () => {
    const bomb = deflateRawSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1));
    expect(bomb.length).toBeLessThan(200_000);
    const bytes = deflated(parts(Buffer.alloc(1)), 'xl/worksheets/sheet1.xml', bomb);
    await expect(read(bytes)).rejects.toThrow(/unpacks to more than 96 MiB/);
  });

  it('with a cell of 10 MB says that its name is too long', async () => {
    const name = 'x'.repeat(10 * 1024 * 1024);
    const header = ['Day', 'Campaign', 'Currency code', 'Cost', 'Impr.', 'Clicks', 'Conversions'];
    const sheet = `<worksheet><sheetData>${[header, ['2026-03-01', name, 'EUR', '1', '1', '1', '1']]
      .map(
        (row, at) =>
          `<row r="${at + 1}">${row.map((cell, column) => `<c r="${'ABCDEFG'[column] ?? ''}${at + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`;
    const { refused, problem } = await read(pack(parts(Buffer.from(sheet))));
    expect(problem).toMatch(/^One row cannot be read/);
    expect(refused[0]?.reasons).toEqual(['"Campaign" is longer than 1000 characters.']);
  });
});

function parts(sheet: Buffer) {
  const relations =
    '<Relationships xmlns="r"><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>';
  return [
    { name: '_rels/.rels', content: Buffer.from('<Relationships/>') },
    { name: 'xl/_rels/workbook.xml.rels', content: Buffer.from(relations) },
    {
      name: 'xl/workbook.xml',
      content: Buffer.from('<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    },
    { name: 'xl/sharedStrings.xml', content: Buffer.from('<sst/>') },
    { name: 'xl/styles.xml', content: Buffer.from('<styleSheet/>') },
    { name: 'xl/worksheets/sheet1.xml', content: sheet },
  ];
}

/** An archive whose part of this name holds these packed bytes. */
function deflated(all: { name: string; content: Buffer }[], name: string, packed: Buffer): Buffer {
  const archive = pack(all.map((part) => (part.name === name ? { name, content: packed } : part)));
  for (const mark of ['PK\u0003\u0004', 'PK\u0001\u0002']) {
    const at = archive.lastIndexOf(mark, undefined, 'latin1');
    archive.writeUInt16LE(8, at + (mark === 'PK\u0003\u0004' ? 8 : 10));
  }
  return archive;
}
