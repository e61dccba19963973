import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, readRecords } from '../../server/domain/imports/csv.ts';
import { detectDelimiter, readHeader } from '../../server/domain/imports/header.ts';

const spectrum = new URL('../fixtures/csv-spectrum/', import.meta.url);

function read(text: string | Buffer, delimiter = ','): CsvRecord[] {
  return [...readRecords(Buffer.from(text), delimiter)];
}

function cellsOf(text: string | Buffer, delimiter = ','): string[][] {
  return read(text, delimiter).map(({ cells }) => cells);
}

describe('csv-spectrum', () => {
  const names = readdirSync(spectrum).filter((name) => name.endsWith('.csv'));
  it.each(names)('%s reads as its answer says', (name) => {
    const stored = readFileSync(new URL(name, spectrum), 'utf8');
    // The copies were stored with line feeds alone.
    const text = name.includes('crlf') ? stored.replaceAll('\n', '\r\n') : stored;
    const answer: unknown = JSON.parse(
      readFileSync(new URL(name.replace('.csv', '.json'), spectrum), 'utf8'),
    );
    const [header = [], ...rows] = cellsOf(text);
    const records = rows.map((cells) => Object.fromEntries(header.map((key, index) => [key, cells[index]])));
    if (name === 'location_coordinates.csv') {
      // Its answer holds another phone number than the file, and is no list.
      const phone = { 'Contact Phone Number': '2095257564' };
      const { Cities, Counties, ...answered } = {
        Cities: 'Modesto',
        Counties: 'Stanislaus',
        ...(answer as object),
        ...phone,
      };
      expect(records).toEqual([{ ...answered, Cities, Counties }]);
    } else expect(records).toEqual(answer);
  });
});

describe('any table', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '🐘', ' ', ',', ';', '"', '\n', '\r\n', "'", '='),
  });
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
    );

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, end) => {
          const text = stringify(rows, { delimiter, record_delimiter: end, quoted: true });
          expect(cellsOf(text, delimiter)).toEqual(rows);
        },
      ),
    );
  });

  it('is read as csv-parse reads it at once', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = stringify(rows);
        expect(cellsOf(text)).toEqual(parse(text, { relax_column_count: true }));
      }),
    );
  });

  it('gives each record the line where it begins', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = stringify(rows, { quoted: true });
        let line = 1;
        const lines = rows.map((row) => {
          const begins = line;
          line += row.join('').split('\n').length;
          return begins;
        });
        expect(read(text).map((record) => record.line)).toEqual(lines);
      }),
    );
  });
});

describe('a broken quote', () => {
  it('that is never closed costs its own line and no other', () => {
    const records = read('a,b\n1,"2\n3,4\n5,6\n');
    expect(records.map(({ line, cells, problem }) => [line, cells, problem !== undefined])).toEqual([
      [1, ['a', 'b'], false],
      [2, ['1,"2'], true],
      [3, ['3', '4'], false],
      [4, ['5', '6'], false],
    ]);
    expect(records[1]?.problem).toBe('A quote is opened on this line and not closed');
  });

  it('that is closed in the middle of a cell costs its own line', () => {
    const [, broken, next] = read('a,b\n1,"2"x\n3,"4"\n');
    expect(broken).toMatchObject({ line: 2, problem: expect.stringContaining('middle of a cell') as string });
    expect(next).toEqual({ line: 3, cells: ['3', '4'] });
  });

  it('on every other line costs just these lines', () => {
    const text = Array.from({ length: 1000 }, (_, index) =>
      index % 2 ? `${index},"x"y` : `${index},ok`,
    ).join('\n');
    const records = read(text);
    expect(records.filter(({ problem }) => problem !== undefined)).toHaveLength(500);
    expect(
      records.filter(({ problem }) => problem === undefined).every(({ cells }) => cells[1] === 'ok'),
    ).toBe(true);
    expect(records.map(({ line }) => line)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  });

  it('far before the end of a large file does not swallow it', () => {
    const rest = '1,2\n'.repeat(600_000);
    const records = read(`a,b\n"1,2\n${rest}`);
    expect(records).toHaveLength(600_002);
    expect(records.filter(({ problem }) => problem !== undefined)).toHaveLength(1);
  });

  it('inside a cell that does not begin with one is a character', () => {
    expect(cellsOf('a,b\n5" pipe,"x ""y"" z"\n7,8" tape\n')).toEqual([
      ['a', 'b'],
      ['5" pipe', 'x "y" z'],
      ['7', '8" tape'],
    ]);
  });
});

describe('a long file', () => {
  it('keeps records together that are longer than what is read at once', () => {
    const long = 'line\n'.repeat(50_000);
    const text = `a,b\n1,"${long}"\n3,4\n`;
    const records = read(text);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 50_003]);
    expect(records[1]?.cells).toEqual(['1', long]);
  });

  it('refuses a line that is longer than 1 MiB and goes on', () => {
    const records = read(`a,b\n${'x'.repeat(2_000_000)},1\n3,4`);
    expect(records[1]).toMatchObject({ line: 2, problem: 'This line is longer than 1 MiB' });
    expect(records[1]?.cells[0]?.length).toBeLessThan(20_000);
    expect(records[2]).toEqual({ line: 3, cells: ['3', '4'] });
  });

  it('with old carriage returns alone is read quickly', () => {
    const begun = performance.now();
    expect(read('1,2\r'.repeat(200_000))).toHaveLength(200_000);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('a header', () => {
  it('of a million columns is refused fast', () => {
    const text = Buffer.from(`${'a,'.repeat(1_000_000)}\n1\n`);
    const begun = performance.now();
    expect(() => readHeader(text, ',')).toThrow(/longer than 1 MiB/);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('of more than 500 columns is refused with their number', () => {
    const names = Array.from({ length: 501 }, (_, index) => `c${index}`);
    expect(() => readHeader(Buffer.from(names.join(',')), ',')).toThrow(
      'The header has 501 columns; at most 500',
    );
  });

  it('that names a column twice is refused, whatever its case and spaces', () => {
    expect(() => readHeader(Buffer.from('Name,x, name \n1,2,3'), ',')).toThrow(
      'The header names the column "name" twice.',
    );
  });

  it('with a broken quote is refused with its line', () => {
    expect(() => readHeader(Buffer.from('\n"a"b,c\n1,2'), ',')).toThrow(/header on line 2 cannot be read/);
  });

  it.each([
    [',', 'a,b;x,c\n'],
    [';', 'a;"b,c,d,e";f\n'],
    ['\t', 'a\tb c\td\n'],
    ['|', '\n\na|b|c\n'],
    [',', 'single\n'],
  ])('tells the delimiter %j', (delimiter, text) => {
    expect(detectDelimiter(Buffer.from(text))).toBe(delimiter);
  });
});
