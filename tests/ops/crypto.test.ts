import { inspect } from 'node:util';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  createVault,
  DataKey,
  dataKeyId,
  randomToken,
  sealedKeyId,
  SealError,
  Secret,
  sha256,
  timingSafeEqualText,
} from '../../server/kernel/crypto.ts';
import { sealDirectly } from '../support/sealed-directly.ts';

const first = { id: 'first', key: randomBytes(32) };
const second = { id: 'second', key: randomBytes(32) };
const owner = { organizationId: 'org-1', version: 1 };
const context = {
  organizationId: 'org-1',
  table: 'oauth_connections',
  rowId: 'row-1',
  column: 'access_token',
};
const vault = createVault([first]);
const { key, wrapped } = vault.makeDataKey(owner);
const keyIdOf = (id: string) => sha256(id).subarray(0, 4).toString('hex');
const sealed = () => key.seal(new Secret('a token'), context);

/** The same bytes with each bit flipped in turn. */
function* flipped(bytes: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const altered = Buffer.from(bytes);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield altered;
  }
}

describe('a sealed token', () => {
  test('opens in its own place, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const opened = key.open(key.seal(new Secret(text), context), context);
        expect(opened.reveal()).toBe(Buffer.from(text).toString());
      }),
    );
  });

  test('has the stated layout: format, the id of its data key, nonce, ciphertext, tag', () => {
    expect(sealed()[0]).toBe(1);
    expect(sealedKeyId(sealed())).toBe(dataKeyId(owner));
    expect(sealed()).toHaveLength(1 + 4 + 12 + 'a token'.length + 16);
  });

  test('differs each time, since its nonce is new', () => {
    expect(sealed()).not.toEqual(sealed());
  });

  test('with any one bit flipped opens through no key', () => {
    for (const altered of flipped(sealed())) {
      expect(() => key.open(altered, context)).toThrow(SealError);
      expect(() => vault.openDirect(altered, context)).toThrow(SealError);
    }
  });

  test('cut short anywhere does not open', () => {
    const whole = sealed();
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => key.open(whole.subarray(0, length), context), `${length} bytes`).toThrow(SealError);
    }
  });

  test.each([
    ['row', { rowId: 'row-2' }],
    ['column', { column: 'refresh_token' }],
    ['table', { table: 'ad_accounts' }],
    ['organization', { organizationId: 'org-2' }],
    ['boundary between two parts', { table: 'oauth_connectionsr', rowId: 'ow-1' }],
  ])('moved to another %s does not open', (_what, change) => {
    expect(() => key.open(sealed(), { ...context, ...change })).toThrow(SealError);
  });

  test('does not open with another version of its agency’s key', () => {
    const other = vault.makeDataKey({ ...owner, version: 2 });
    expect(() => other.key.open(sealed(), context)).toThrow(SealError);
  });

  test('is never taken from plaintext in its place', () => {
    const plaintext = Buffer.from('EAAB plaintext token of more than thirty-three bytes');
    expect(() => key.open(plaintext, context)).toThrow(SealError);
    expect(() => vault.openDirect(plaintext, context)).toThrow(SealError);
    expect(() => sealedKeyId(plaintext)).toThrow(SealError);
  });
});

describe('a wrapped data key', () => {
  test('names the key that wrapped it, and unwraps to what it was', () => {
    expect(sealedKeyId(wrapped)).toBe(keyIdOf('first'));
    expect(vault.unwrap(wrapped, owner).open(sealed(), context).reveal()).toBe('a token');
  });

  test('with any one bit flipped does not unwrap', () => {
    for (const altered of flipped(wrapped)) expect(() => vault.unwrap(altered, owner)).toThrow(SealError);
  });

  test.each([
    ['agency', { organizationId: 'org-2' }],
    ['version', { version: 2 }],
  ])('of another %s does not unwrap', (_what, change) => {
    expect(() => vault.unwrap(wrapped, { ...owner, ...change })).toThrow(SealError);
  });

  test('of a key that is gone does not unwrap, and the error names the key', () => {
    const error = errorOf(() => createVault([second]).unwrap(wrapped, owner));
    expect(error).toMatchObject({ name: 'SealError', keyId: keyIdOf('first') });
    expect(error.message).toContain(keyIdOf('first'));
  });

  test('unwraps as long as its key is kept, and a rotation leaves the data key what it was', () => {
    const rotating = createVault([second, first]);
    expect(rotating.unwrap(wrapped, owner).open(sealed(), context).reveal()).toBe('a token');
    const rewrapped = rotating.rewrap(wrapped, owner);
    expect(sealedKeyId(rewrapped)).toBe(keyIdOf('second'));
    expect(createVault([second]).unwrap(rewrapped, owner).open(sealed(), context).reveal()).toBe('a token');
  });

  test('is no token, and a token is no data key', () => {
    expect(() => vault.openDirect(wrapped, { ...context, table: 'data_keys' })).toThrow(SealError);
    const token = sealDirectly(first, 'x'.repeat(32), context);
    expect(() => vault.unwrap(token, owner)).toThrow(SealError);
  });
});

describe('a token of the time before data keys', () => {
  const old = sealDirectly(first, 'an old token', context);

  test('opens as long as its key is set', () => {
    expect(createVault([second, first]).openDirect(old, context).reveal()).toBe('an old token');
  });

  test('does not open elsewhere, altered, or without its key', () => {
    expect(() => vault.openDirect(old, { ...context, rowId: 'row-2' })).toThrow(SealError);
    for (const altered of flipped(old)) expect(() => vault.openDirect(altered, context)).toThrow(SealError);
    expect(() => createVault([second]).openDirect(old, context)).toThrow(keyIdOf('first'));
  });
});

describe('a vault', () => {
  test('refuses no key, a short key and a repeated id', () => {
    expect(() => createVault([])).toThrow('TOKEN_ENCRYPTION_KEYS');
    expect(() => createVault([{ id: 'short', key: randomBytes(16) }])).toThrow('32 bytes');
    expect(() => createVault([first, first])).toThrow(SealError);
  });

  test('makes a new data key each time', () => {
    expect(() => vault.makeDataKey(owner).key.open(sealed(), context)).toThrow(SealError);
  });
});

describe('a data key', () => {
  test('shows its bytes through no accident', () => {
    const bytes = Buffer.alloc(32, 'canary');
    const data = new DataKey(bytes, owner);
    for (const text of [inspect({ deep: [data] }), JSON.stringify({ data }), Object.values(data).join()]) {
      for (const encoding of ['utf8', 'hex', 'base64'] as const)
        expect(text).not.toContain(bytes.toString(encoding).slice(0, 12));
    }
  });
});

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not throw.');
}

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
