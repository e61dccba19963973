import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../server/domain/imports/encoding.ts';
import { openFile } from '../../server/domain/imports/file.ts';
import { detectDelimiter, readHeader } from '../../server/domain/imports/header.ts';
import { encodings } from '../../server/domain/imports/mapping.ts';

const folder = new URL('../fixtures/encodings/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, folder));

function headerOf(bytes: Buffer, encoding?: (typeof encodings)[number]): string[] {
  const { text } = decodeFile(bytes, encoding);
  return readHeader(text, detectDelimiter(text)).header;
}

describe('a file', () => {
  it('with a UTF-8 mark is read without it', () => {
    expect(headerOf(fixture('utf8bom.csv'))).toEqual(['kitten', 'win']);
  });

  it('in UTF-16 is read by its mark', () => {
    expect(decodeFile(fixture('utf-16le_encoded.csv')).encoding).toBe('utf-16le');
    expect(headerOf(fixture('utf-16le_encoded.csv')).slice(0, 2)).toEqual([
      'Organisation_code',
      'Organisation_name',
    ]);
    const bigEndian = Buffer.from('\ufeffnäme,b\n1,2', 'utf16le').swap16();
    expect(headerOf(bigEndian)).toEqual(['näme', 'b']);
  });

  it('in UTF-16 without its mark is refused with what to choose', () => {
    const bytes = Buffer.from('name,b\n1,2', 'utf16le');
    expect(() => decodeFile(bytes)).toThrow(/looks like UTF-16 .* Choose the encoding utf-16le/);
    expect(headerOf(bytes, 'utf-16le')).toEqual(['name', 'b']);
  });

  it('that is a workbook is refused with what to save it as', () => {
    const bytes = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(400)]);
    expect(() => decodeFile(bytes)).toThrow(/workbook .* CSV/);
  });

  it('in another encoding is refused with the byte, its offset and its line, never guessed', () => {
    expect(() => decodeFile(fixture('spanish_chars.csv'))).toThrow(
      'The file is not UTF-8: byte 0xF3 at offset 52, line 1.',
    );
    expect(() => decodeFile(fixture('characters.csv'))).toThrow(
      /not UTF-8: byte 0xB4 at offset 3, line 1\..*big5/,
    );
  });

  it('in a named encoding is read by it', () => {
    expect(headerOf(fixture('spanish_chars.csv'), 'windows-1252').at(-1)).toBe('Descripción');
    expect(headerOf(Buffer.from([0x80, 0x2c, 0x92, 0x93, 0x9f]), 'windows-1252')).toEqual(['€', '’“Ÿ']);
    expect(headerOf(fixture('characters.csv'), 'big5')[0]).toBe('id');
    expect(headerOf(fixture('characters.csv'), 'big5').join('')).not.toContain('\ufffd');
  });

  it('that does not fit its named encoding is refused', () => {
    expect(() => decodeFile(Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'shift_jis')).toThrow(
      'The file is not shift_jis text.',
    );
  });

  it('that is empty is refused', () => {
    expect(() => decodeFile(Buffer.alloc(0))).toThrow('The file is empty.');
  });

  it('may begin with blank lines, and a title in place of a header is named as what was found', () => {
    const request = {
      kind: 'companies',
      mapping: undefined,
      overrides: {},
      reportingCurrency: 'AED',
    } as const;
    expect(() => openFile({ ...request, bytes: fixture('weird_head_padding.csv') })).toThrow(
      /no column for the name, by which companies are matched\. Found: "An der vertragsärztlichen/,
    );
  });
});

describe('every encoding that may be named', () => {
  it.each(encodings)('%s is one that this runtime reads', (encoding) => {
    expect(new TextDecoder(encoding, { fatal: true }).encoding).toBe(encoding);
  });
});

describe('the first byte that is not UTF-8', () => {
  it('is found wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const head = Buffer.from(`name\n${before}`);
        const line = head.toString().split('\n').length;
        const bytes = Buffer.concat([head, Buffer.from([0xff]), Buffer.from(after)]);
        fc.pre(!bytes.subarray(0, 2000).includes(0));
        expect(() => decodeFile(bytes)).toThrow(`byte 0xFF at offset ${head.length}, line ${line}.`);
      }),
    );
  });
});
