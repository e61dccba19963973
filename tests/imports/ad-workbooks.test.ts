import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { MAX_UNPACKED_BYTES, pack } from '../../server/domain/imports/ad-metrics/zip.ts';
import { readReport } from '../support/ad-reports.ts';

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
  it('of another first sheet is found on the sheet that has it', async () => {
    const bytes = await workbook({ Notes: [['Made for the client']], Data: [['Date', 'x'], ...TABLE] });
    expect((await readReport(bytes)).report).toMatchObject({ sheet: 'Data', headerLine: 2 });
  });

  it('is read with its days, formulas, rich texts and exact amounts', async () => {
    const bytes = await workbook({
      Report: [['Campaign report'], ['March 1, 2026 - March 4, 2026'], ...TABLE],
    });
    const { report, rows, problem } = await readReport(bytes);
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
    const { refused, problem } = await readReport(bytes);
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
    expect((await readReport(bytes)).refused[0]?.reasons[0]).toMatch(/lost its last digits/);
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
    await expect(readReport(bytes)).rejects.toMatchObject({ name: 'AppError', code: 'invalid' });
  });

  it('of the old kind, or with a password, is refused in words', async () => {
    await expect(readReport(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toThrow(
      'Save it as XLSX or CSV.',
    );
    await expect(readReport(Buffer.from('1f8b080000000000', 'hex'))).rejects.toThrow('Unpack it first.');
  });

  it('that unpacks to more than is read does not go off', async () => {
    const bomb = deflateRawSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1));
    expect(bomb.length).toBeLessThan(200_000);
    const bytes = deflated(parts(Buffer.alloc(1)), 'xl/worksheets/sheet1.xml', bomb);
    await expect(readReport(bytes)).rejects.toThrow(/unpacks to more than 96 MiB/);
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
    const { refused, problem } = await readReport(pack(parts(Buffer.from(sheet))));
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
