import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../server/domain/imports/file.ts';
import { type MappingInput, mapping } from '../../server/domain/imports/mapping.ts';
import { builtInMappings } from '../../server/domain/imports/mappings.ts';
import { toRefusalsCsv } from '../../server/domain/imports/refusals.ts';
import type { Row } from '../../server/domain/imports/rows.ts';

function open(text: string, document?: MappingInput) {
  return openFile({
    bytes: Buffer.from(text),
    kind: document?.kind ?? 'deals',
    mapping: document ? mapping.parse(document) : undefined,
    overrides: {},
    reportingCurrency: 'AED',
  });
}

function rowsOf(text: string, document?: MappingInput): Row[] {
  return [...open(text, document).rows()];
}

function reasonsOf(text: string, document?: MappingInput): string[][] {
  return rowsOf(text, document).map(({ reasons }) => reasons);
}

const deals: MappingInput = {
  kind: 'deals',
  dateOrder: 'D/M/Y',
  currency: 'EUR',
  columns: { Nr: 'externalId', Titel: 'name', Phase: 'stage', Wert: 'amount', Seit: 'openedOn', Notiz: null },
  values: { stage: { Neu: 'LEAD', Gewonnen: { stage: 'CLOSED', status: 'WON' }, '-': null } },
};
const header = 'Nr,Titel,Phase,Wert,Seit,Notiz\n';

describe('a mapping', () => {
  it('finds its columns whatever their case, spaces and marks', () => {
    const [row] = rowsOf('\ufeff  NR ,"TITEL",phase, wert,Seit,Notiz\n1,A,neu,5,01/02/2026,x\n', deals);
    expect(row?.reasons).toEqual([]);
    expect(row?.fields).toMatchObject({
      externalId: '1',
      stage: 'LEAD',
      amount: '5',
      currency: 'EUR',
      openedOn: '2026-02-01',
    });
  });

  it('gives one word of the file the values of several fields, or none', () => {
    const [won, none] = rowsOf(`${header}1,A,Gewonnen,5,,\n2,B,-,,,\n`, deals);
    expect(won?.fields).toMatchObject({ stage: 'CLOSED', status: 'WON' });
    expect(none?.fields).not.toHaveProperty('stage');
    expect(none?.fields).not.toHaveProperty('currency');
  });

  it('that names an unknown field is refused with the known ones', () => {
    const parsed = mapping.safeParse({ ...deals, columns: { Nr: 'external' } });
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ['columns', 'Nr'],
      message: expect.stringContaining('"external" is no field of deals. Known: name, description') as string,
    });
  });

  it.each([
    { ...deals, aliases: { nothing: {} } },
    { ...deals, values: { stage: { x: { nothing: '1' } } } },
    { ...deals, nameTemplates: ['{nothing}'] },
    { ...deals, matchKey: 'email' },
    { ...deals, columns: { a: 'custom:__proto__' } },
    { ...deals, surprise: true },
  ])('that says what nothing here knows is refused (%#)', (document) => {
    expect(mapping.safeParse(document).success).toBe(false);
  });

  it('reads a name from the first template whose fields are all there', () => {
    const document: MappingInput = {
      kind: 'deals',
      columns: { id: 'externalId', product: 'custom:product', account: 'company' },
      aliases: { 'custom:product': { GTXPro: 'GTX Pro' } },
      nameTemplates: ['{custom:product} for {company}', '{custom:product}'],
    };
    const file = open('id,product,account\n1,GTXPro,Acme\n2,gtxpro,\n', document);
    expect([...file.rows()].map(({ fields }) => fields.name)).toEqual(['GTX Pro for Acme', 'GTX Pro']);
    expect(file.notes()).toEqual([
      { kind: 'alias', text: 'product: "GTXPro" is read as "GTX Pro".', count: 1 },
      { kind: 'alias', text: 'product: "gtxpro" is read as "GTX Pro".', count: 1 },
    ]);
  });
});

describe('without a mapping', () => {
  it('the columns that no field is called after are named as ignored', () => {
    const file = open('Deal Name,Amount,Colour,,Close Date\nA,5,red,,2026-01-31\n');
    expect([...file.rows()][0]?.fields).toMatchObject({
      name: 'A',
      amount: '5',
      currency: 'AED',
      closeOn: '2026-01-31',
    });
    expect(file.notes().map(({ kind, text }) => [kind, text])).toEqual([
      ['mapping', 'Read by the names of its columns, since no mapping was given.'],
      ['ignored-column', 'The column "Colour" is ignored.'],
      ['ignored-column', 'Column 4 has no name and is ignored.'],
      ['currency', "Amounts without a currency are taken as AED, the agency's own."],
    ]);
  });

  it('a header that a built-in mapping knows whole is read by it, with more columns too', () => {
    for (const known of builtInMappings) {
      const names = [...Object.keys(known.columns).reverse(), 'More'].join(',');
      const bytes = Buffer.from(`${names}\n`);
      const file = openFile({
        bytes,
        kind: undefined,
        mapping: undefined,
        overrides: {},
        reportingCurrency: 'AED',
      });
      expect(file.plan.mapping.name).toBe(known.name);
    }
  });

  it('a file that does not tell what its rows are has to be told', () => {
    const request = { kind: undefined, mapping: undefined, overrides: {}, reportingCurrency: 'AED' };
    expect(() => openFile({ ...request, bytes: Buffer.from('a,b\n1,2\n') })).toThrow('Say what the rows are');
  });
});

describe('a row', () => {
  it.each([
    ['1,A,Verloren,5,,', 'Phase: "Verloren" is not a known word. Known: "Neu", "Gewonnen", "-".'],
    ['1,A,Neu,5,31/02/2026,', 'Seit: "31/02/2026" is not a day of the calendar (D/M/Y).'],
    ['1,A,Neu,5,13/13/2026,', 'Seit: "13/13/2026" is not a day of the calendar (D/M/Y).'],
    ['1,A,Neu,five,,', 'Wert: "five" is not a number with the decimal sign ".".'],
    ['1,A,Neu,-5,,', 'Wert: Write the amount as digits with at most four decimals, for example 1234.50.'],
    [
      '1,A,Neu,5.00001,,',
      'Wert: Write the amount as digits with at most four decimals, for example 1234.50.',
    ],
    [`1,${'x'.repeat(1001)},Neu,5,,`, 'Titel: At most 1000 characters.'],
    ['1,A\0,Neu,5,,', 'Titel: the text holds a NUL character.'],
    ['1,A,Neu,5', 'The row has 4 cells and the header 6.'],
    ['1,A,Neu,5,,,surplus', 'The row has 7 cells and the header 6.'],
    ['1,"A"B,Neu,5,,', 'A quote is closed in the middle of a cell; double it where it is part of the text.'],
    [',A,Neu,5,,', 'The row has no external id to be matched by.'],
  ])('%j is refused with one clear reason', (line, reason) => {
    expect(reasonsOf(`${header}${line}\n9,Z,Neu,1,,\n`, deals)).toEqual([[reason], []]);
  });

  it('tells everything that is wrong with it at once', () => {
    expect(reasonsOf(`${header}1,A,Verloren,five,99/99/2026,\n`, deals)[0]).toHaveLength(3);
  });

  it('that repeats the key of an earlier line is refused with that line', () => {
    expect(reasonsOf(`${header}1,A,,,,\n\n1,B,,,,\n2,C,,,,\n`, deals)).toEqual([
      [],
      ['Line 2 of this file stands for the same record ("1").'],
      [],
    ]);
  });

  it('without any text is passed over and counted', () => {
    const file = open(`${header}1,A,,,,\n,,,,,\n , ,,,,\n\n2,B,,,,\n`, deals);
    expect([...file.rows()]).toHaveLength(2);
    expect(file.notes()).toContainEqual({
      kind: 'blank-rows',
      text: 'Rows without any text are passed over.',
      count: 2,
    });
  });

  it('may end with delimiters behind the last column', () => {
    expect(reasonsOf(`${header}1,A,,,,,,\n`, deals)).toEqual([[]]);
  });

  it('takes any text as it stands', () => {
    const url = new URL('../fixtures/blns/blns.json', import.meta.url);
    const strings = (JSON.parse(readFileSync(url, 'utf8')) as string[]).filter((text) => text.trim() !== '');
    const lines = strings.map((text, index) => `${index},"${text.replaceAll('"', '""')}",,,,`);
    const rows = rowsOf(`${header}${lines.join('\n')}\n`, deals);
    expect(rows.filter(({ reasons }) => reasons.length > 0)).toEqual([]);
    expect(rows.map(({ fields }) => fields.name)).toEqual(strings.map((text) => text.trim()));
  });
});

describe('a header', () => {
  it('without the column that rows are matched by is refused, with what was found', () => {
    expect(() => open('Titel,Phase\nA,Neu\n', deals)).toThrow(
      'The header has no column "Nr", by which deals are matched. Found: "Titel", "Phase".',
    );
  });

  it('without another column of the mapping is read, and the column noted', () => {
    const file = open('Nr,Titel\n1,A\n', deals);
    expect(file.notes()[0]).toEqual({
      kind: 'missing-column',
      text: 'The mapping\'s column "Phase" is not in the file.',
      count: null,
    });
  });
});

describe('the file of refused rows', () => {
  const trigger = /^[=+\-@\t\r\0＝＋－＠]/;

  it('holds no cell that a spreadsheet would run', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .constantFrom('=', '+1', '-2', '@x', '\tx', '\rx', '＝1')
        .chain((head) => fc.string().map((tail) => head + tail)),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
        const csv = toRefusalsCsv(
          cells.map((_cell, index) => `c${index}`),
          [{ cells, reasons: cells }],
        );
        const [, row = []] = parse(csv, { bom: true, relax_column_count: true });
        expect(row.filter((text) => trigger.test(text))).toEqual([]);
      }),
    );
  });

  it('is read again as it was before it was written', () => {
    const document: MappingInput = {
      kind: 'contacts',
      columns: { first: 'firstName', last: 'lastName', phone: 'mobile' },
    };
    const csv = toRefusalsCsv(
      ['first', 'last', 'phone'],
      [{ cells: ['=A', '-B', '+971 4 000 0000'], reasons: ['x'] }],
    );
    const file = open(csv, document);
    expect([...file.rows()][0]?.fields).toEqual({
      firstName: '=A',
      lastName: '-B',
      mobile: '+971 4 000 0000',
    });
    expect(file.notes()).toEqual([]);
  });

  it('keeps one column of reasons however often its rows are refused', () => {
    const csv = toRefusalsCsv(['a', 'reasons'], [{ cells: ['1', 'old'], reasons: ['new'] }]);
    expect(csv).toBe('\ufeffa,reasons\r\n1,new\r\n');
  });
});
