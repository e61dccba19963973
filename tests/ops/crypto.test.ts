import { inspect } from 'node:util';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  createVault,
  randomToken,
  SealError,
  Secret,
  sha256,
  timingSafeEqualText,
} from '../../server/kernel/crypto.ts';

const first = { id: 'first', key: randomBytes(32) };
const second = { id: 'second', key: randomBytes(32) };
const context = {
  organizationId: 'org-1',
  table: 'oauth_connections',
  rowId: 'row-1',
  column: 'access_token',
};
const vault = createVault([first]);

describe('a sealed value', () => {
  test('opens in its own place, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(vault.open(vault.seal(text, context), context).reveal()).toBe(Buffer.from(text).toString());
      }),
    );
  });

  test('has the stated layout: format, key id, nonce, ciphertext, tag', () => {
    const sealed = vault.seal('token', context);
    expect(sealed[0]).toBe(1);
    expect(sealed.subarray(1, 5)).toEqual(sha256('first').subarray(0, 4));
    expect(sealed).toHaveLength(1 + 4 + 12 + 5 + 16);
  });

  test('differs each time, since its nonce is new', () => {
    expect(vault.seal('token', context)).not.toEqual(vault.seal('token', context));
  });

  test('with any one bit flipped does not open', () => {
    const sealed = vault.seal('a token', context);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => vault.open(altered, context), `bit ${bit}`).toThrow(SealError);
    }
  });

  test('cut short anywhere does not open', () => {
    const sealed = vault.seal('a token', context);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => vault.open(sealed.subarray(0, length), context), `${length} bytes`).toThrow(SealError);
    }
  });

  test.each([
    ['row', { rowId: 'row-2' }],
    ['column', { column: 'refresh_token' }],
    ['table', { table: 'ad_accounts' }],
    ['organization', { organizationId: 'org-2' }],
    ['version', { version: 2 }],
    ['boundary between two parts', { organizationId: 'org-1o', table: 'auth_connections' }],
  ])('moved to another %s does not open', (_what, change) => {
    const sealed = vault.seal('a token', context);
    expect(() => vault.open(sealed, { ...context, ...change })).toThrow(SealError);
  });

  test('of a key that is gone does not open, and the message names the key', () => {
    const sealed = vault.seal('a token', context);
    const keyId = sha256('first').subarray(0, 4).toString('hex');
    expect(() => createVault([second]).open(sealed, context)).toThrow(keyId);
  });

  test('of an older key opens as long as that key is kept', () => {
    const sealed = vault.seal('a token', context);
    const rotated = createVault([second, first]);
    expect(rotated.open(sealed, context).reveal()).toBe('a token');
    expect(rotated.seal('x', context).subarray(1, 5)).toEqual(sha256('second').subarray(0, 4));
  });

  test('is never taken from plaintext in its place', () => {
    const plaintext = Buffer.from('EAAB plaintext token of more than thirty-three bytes');
    expect(() => vault.open(plaintext, context)).toThrow(SealError);
  });
});

describe('a vault', () => {
  test('refuses no key, a short key and a repeated id', () => {
    expect(() => createVault([])).toThrow('TOKEN_ENCRYPTION_KEYS');
    expect(() => createVault([{ id: 'short', key: randomBytes(16) }])).toThrow('32 bytes');
    expect(() => createVault([first, first])).toThrow(SealError);
  });
});

describe('a secret', () => {
  const secret = new Secret('canary-value');

  test('shows itself through no accident', () => {
    const shown = [
      `${String(secret)}`,
      JSON.stringify({ secret }),
      inspect({ deep: [secret] }),
      '' + String(secret),
    ];
    for (const text of shown) expect(text).not.toContain('canary-value');
    expect(Object.values(secret)).toEqual([]);
  });

  test('is revealed when asked', () => {
    expect(secret.reveal()).toBe('canary-value');
  });
});

test('texts of different lengths compare without an error', () => {
  expect(timingSafeEqualText('abc', 'abcd')).toBe(false);
  expect(timingSafeEqualText('', 'a')).toBe(false);
  expect(timingSafeEqualText('same', 'same')).toBe(true);
});

test('a random token of 32 bytes is 43 characters that fit in an address', () => {
  expect(randomToken(32)).toMatch(/^[\w-]{43}$/);
});
