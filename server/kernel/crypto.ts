import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { inspect } from 'node:util';

const REDACTED = '[redacted]';
const FORMAT = 0x01;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** A value that must not be printed: whatever turns it into text by accident gets `[redacted]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself; call it where it is sent or compared, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

export function sha256(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}

export function sha256Hex(value: string | Uint8Array): string {
  return sha256(value).toString('hex');
}

export function hmacSha256Hex(key: string | Uint8Array, value: string | Uint8Array): string {
  return createHmac('sha256', key).update(value).digest('hex');
}

/** `bytes` random bytes as base64url without padding: 32 bytes give 43 characters. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** Compares two texts without revealing by its duration where, or at what length, they differ. */
export function timingSafeEqualText(left: string, right: string): boolean {
  // node's timingSafeEqual throws on unequal lengths; digests always have the same one.
  return timingSafeEqual(sha256(left), sha256(right));
}

/** A sealed value that could not be opened, or a vault that could not be made. Never holds the value. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** One encryption key of TOKEN_ENCRYPTION_KEYS: `key` is 32 bytes. */
export type VaultKey = { id: string; key: Buffer };

/** What a sealed value is bound to: moved to another row, column or tenant it does not open. */
export type SealContext = {
  organizationId: string;
  table: string;
  rowId: string;
  column: string;
  /** The generation of the data key; 1 unless the row says otherwise. */
  version?: number;
};

export type Vault = {
  /** Encrypts with the first key. Returns 0x01 ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16). */
  seal(plaintext: string, context: SealContext): Buffer;
  /** Decrypts with the key that the value names. Throws SealError for anything but an intact value. */
  open(sealed: Buffer, context: SealContext): Secret;
  /** The 4 bytes that stand for the first key in what `seal` makes, as hex. */
  readonly primaryKeyId: string;
};

/**
 * AES-256-GCM under the first of `keys`; all of them decrypt.
 * Throws SealError when there is no key, a key is not 32 bytes, or two ids cannot be told apart.
 */
export function createVault(keys: readonly VaultKey[]): Vault {
  const [primary] = keys;
  if (!primary) throw new SealError('There is no encryption key: set TOKEN_ENCRYPTION_KEYS.');
  const keyring = buildKeyring(keys);
  return {
    primaryKeyId: keyIdOf(primary.id).toString('hex'),
    seal: (plaintext, context) => seal(plaintext, primary, context),
    open: (sealed, context) => open(sealed, keyring, context),
  };
}

function keyIdOf(id: string): Buffer {
  return sha256(id).subarray(0, KEY_ID_BYTES);
}

function buildKeyring(keys: readonly VaultKey[]): Map<string, Buffer> {
  const keyring = new Map<string, Buffer>();
  for (const { id, key } of keys) {
    if (key.length !== 32) throw new SealError(`Encryption key ${id} must be 32 bytes, not ${key.length}.`);
    const keyId = keyIdOf(id).toString('hex');
    if (keyring.has(keyId)) throw new SealError(`Encryption key ${id} has the id of another key.`);
    keyring.set(keyId, key);
  }
  return keyring;
}

function additionalData(context: SealContext): Buffer {
  const { organizationId, table, rowId, column, version = 1 } = context;
  const parts = ['v1', organizationId, table, rowId, column, String(version)].flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(parts);
}

function seal(plaintext: string, primary: VaultKey, context: SealContext): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', primary.key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), keyIdOf(primary.id), nonce, ciphertext, cipher.getAuthTag()]);
}

function open(sealed: Buffer, keyring: ReadonlyMap<string, Buffer>, context: SealContext): Secret {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
    throw new SealError('The stored value is not a sealed value.');
  }
  const keyId = sealed.subarray(1, 1 + KEY_ID_BYTES).toString('hex');
  const key = keyring.get(keyId);
  if (!key) throw new SealError(`The value was sealed with key ${keyId}, which TOKEN_ENCRYPTION_KEYS lacks.`);
  const nonce = sealed.subarray(1 + KEY_ID_BYTES, HEADER_BYTES);
  const ciphertext = sealed.subarray(HEADER_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const unverified = decipher.update(ciphertext);
  try {
    return new Secret(Buffer.concat([unverified, decipher.final()]).toString('utf8'));
  } catch (cause) {
    throw new SealError('The sealed value was altered or belongs to another row.', { cause });
  }
}
