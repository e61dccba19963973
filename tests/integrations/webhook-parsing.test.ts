import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteOf, personOf, splitName } from '../../server/domain/lead-forms/rules.ts';
import { phylloEventName } from '../../server/integrations/phyllo-webhooks.ts';
import { isSignedWith } from '../../server/integrations/signatures.ts';
import { hmacSha256Hex, Secret } from '../../server/kernel/crypto.ts';
import { parseExactJson } from '../../server/kernel/exact-json.ts';

describe('JSON that is read exactly', () => {
  it.each([
    ['{"a":9007199254740993}', { a: '9007199254740993' }],
    ['[123456789012345678,-9007199254740993]', ['123456789012345678', '-9007199254740993']],
    ['{"9007199254740993":1}', { '9007199254740993': 1 }],
    ['"9007199254740993"', '9007199254740993'],
    ['{"a":"\\":9007199254740993,\\\\"}', { a: '":9007199254740993,\\' }],
    ['9007199254740991', 9007199254740991],
    ['[1.2345678901234567890,12345678901234567890e-5]', [1.2345678901234567, 123456789012345.67]],
  ])('keeps the digits of whole numbers that are too large, and nothing else changes: %s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it('is what JSON.parse reads, wherever no number is too large', () => {
    const isSafe = (value: unknown): boolean => !/\d{16}/.test(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(isSafe(value));
        const text = JSON.stringify(value);
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('leaves strings alone whatever they hold', () => {
    const digits = fc.stringMatching(/^["\\,:\d{}[\]]{0,60}$/);
    fc.assert(
      fc.property(digits, digits, (key, value) => {
        const held = { [`k${key}`]: value, big: '12345678901234567890' };
        expect(parseExactJson(JSON.stringify(held))).toEqual(held);
      }),
    );
  });

  it('refuses what is none', () => {
    for (const text of ['', '{', '{"a":12345678901234567890', "{'a':1}"])
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });

  it('takes a mebibyte of quotes in no time worth speaking of', () => {
    const body = JSON.stringify({ a: '"'.repeat(400_000), b: 1 }).replace(':1}', ':12345678901234567890}');
    expect(parseExactJson(body)).toMatchObject({ b: '12345678901234567890' });
  });
});

describe('a signature', () => {
  it('fits its own body and secret, and no other', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes, bytes, fc.string({ minLength: 1 }), (body, other, key) => {
        const header = hmacSha256Hex(key, body);
        expect(isSignedWith(new Secret(key), { body, header })).toBe(true);
        expect(isSignedWith(new Secret(`${key}x`), { body, header })).toBe(false);
        const isSame = Buffer.from(body).equals(Buffer.from(other));
        expect(isSignedWith(new Secret(key), { body: other, header })).toBe(isSame);
      }),
    );
  });

  it('of any form is answered and never throws', () => {
    const body = Buffer.from('x');
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(isSignedWith(new Secret('k'), { body, header, prefix: 'sha256=' })).toBe(false);
      }),
    );
  });

  it('made with an empty secret is none', () => {
    const body = Buffer.from('x');
    expect(isSignedWith(new Secret(''), { body, header: hmacSha256Hex('', body) })).toBe(false);
  });
});

describe('a name of Phyllo’s events', () => {
  it.each([
    ['ACCOUNT.CONNECTED', 'ACCOUNTS.CONNECTED'],
    ['ACCOUNT.DISCONNECTED', 'ACCOUNTS.DISCONNECTED'],
    ['PROFILE.UPDATED', 'PROFILES.UPDATED'],
    ['PROFILES_AUDIENCE.ADDED', 'PROFILES_AUDIENCE.ADDED'],
    ['content-group.added', 'CONTENT-GROUPS.ADDED'],
    ['CONTENTS_FETCH.SUCCESS', 'CONTENTS_FETCH.SUCCESS'],
    ['SESSION.EXPIRED', 'SESSION.EXPIRED'],
    ['SOMETHING.NEW', 'SOMETHING.NEW'],
  ])('%s is %s', (sent, known) => {
    expect(phylloEventName(sent)).toBe(known);
  });
});

describe('a full name', () => {
  it.each([
    ['Jane Doe', 'Jane', 'Doe'],
    ['Mary Ann  Smith', 'Mary Ann', 'Smith'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Juan Carlos de la Cruz', 'Juan Carlos', 'de la Cruz'],
    ['Mohammed bin Rashid Al Maktoum', 'Mohammed', 'bin Rashid Al Maktoum'],
    ['Doe, Jane', 'Jane', 'Doe'],
    ['Núria Ábalos-Østergård', 'Núria', 'Ábalos-Østergård'],
    ['فاطمة الزهراء', 'فاطمة', 'الزهراء'],
    ['王小明', '王小明', '—'],
    ['van Gogh', 'van', 'Gogh'],
    ['', '—', '—'],
  ])('%j is %j and %j', (full, firstName, lastName) => {
    expect(splitName(full)).toEqual({ firstName, lastName });
  });

  it('gives way to names that were asked apart', () => {
    const answers = (values: Record<string, string>) =>
      Object.entries(values).map(([name, value]) => ({ name, label: null, values: [value] }));
    expect(personOf(answers({ first_name: 'A', last_name: 'B', full_name: 'C D' }))).toMatchObject({
      ...{ firstName: 'A', lastName: 'B' },
    });
    expect(personOf(answers({ first_name: 'Mary Ann', full_name: 'Mary Ann Smith' }))).toMatchObject({
      ...{ firstName: 'Mary Ann', lastName: 'Smith' },
    });
    expect(personOf(answers({ last_name: 'B' }))).toMatchObject({ firstName: '—', lastName: 'B' });
    expect(personOf(answers({ phone_number: '+971 50 123' }))).toMatchObject({ firstName: '+971 50 123' });
  });

  it('whatever it is, makes a contact that can be stored', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: fc.constantFrom('full_name', 'first_name', 'email', 'x'),
            values: fc.array(fc.string({ unit: 'binary' })),
          }),
        ),
        (given) => {
          const answers = given.map((answer) => ({ ...answer, label: null }));
          const { firstName, lastName } = personOf(answers);
          for (const name of [firstName, lastName]) {
            expect(name.length).toBeGreaterThan(0);
            expect(name.isWellFormed() && !name.includes('\0')).toBe(true);
          }
          const lead = {
            nativeId: '1',
            nativeFormId: null,
            nativeCampaignId: null,
            nativeAdId: null,
            submittedAt: null,
            answers,
          };
          const note = noteOf(lead, { name: 'Form', source: 'META' });
          expect(note.isWellFormed() && !note.includes('\0')).toBe(true);
          expect(note).not.toMatch(/\]\(/);
        },
      ),
    );
  });
});
