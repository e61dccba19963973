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
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;
/** What tokens that a key of the settings sealed itself were bound to. */
const DIRECT_VERSION = 1;

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
  /** The key that is missing, as sealed values name it: 8 hexadecimal digits. null where none is. */
  readonly keyId: string | null;

  constructor(message: string, options: ErrorOptions & { keyId?: string } = {}) {
    super(message, options);
    this.keyId = options.keyId ?? null;
  }
}

/** One encryption key of TOKEN_ENCRYPTION_KEYS: `key` is 32 bytes. */
export type VaultKey = { id: string; key: Buffer };

/** What a sealed value is bound to: moved to another row, column or tenant it does not open. */
export type SealContext = {
  organizationId: string;
  table: string;
  rowId: string;
  column: string;
};

/** What a wrapped data key is bound to. */
export type DataKeyContext = { organizationId: string; version: number };

/** The keys of TOKEN_ENCRYPTION_KEYS. They wrap the agencies' data keys and seal nothing else. */
export type Vault = {
  /** A new data key, and what the database keeps of it. */
  makeDataKey(context: DataKeyContext): { key: DataKey; wrapped: Buffer };
  /** Errors: SealError, with the key's id where it is not among those that are set. */
  unwrap(wrapped: Uint8Array, context: DataKeyContext): DataKey;
  /** The same data key under the first key. Errors: as `unwrap`. */
  rewrap(wrapped: Uint8Array, context: DataKeyContext): Buffer;
  /** Opens a token of the time before data keys, when the keys sealed tokens themselves. Errors: as `unwrap`. */
  openDirect(sealed: Uint8Array, context: SealContext): Secret;
  /** What stands for the first key in what it wraps, as 8 hexadecimal digits. */
  readonly primaryKeyId: string;
  /** Every key that is set, the first one first: as the settings name it, and as wrapped values do. */
  readonly keys: readonly { id: string; keyId: string }[];
};

/**
 * The first of `keys` wraps, all of them unwrap.
 * Throws SealError when there is no key, a key is not 32 bytes, or two ids cannot be told apart.
 */
export function createVault(keys: readonly VaultKey[]): Vault {
  const [primary] = keys;
  if (!primary) throw new SealError('There is no encryption key: set TOKEN_ENCRYPTION_KEYS.');
  const keyring = buildKeyring(keys);
  const first = { keyId: keyIdOf(primary.id), key: primary.key };
  const keyOf = (sealed: Uint8Array) => {
    const keyId = sealedKeyId(sealed);
    const key = keyring.get(keyId);
    if (key) return key;
    const message = `The value was sealed with key ${keyId}, which TOKEN_ENCRYPTION_KEYS lacks.`;
    throw new SealError(message, { keyId });
  };
  const unwrapped = (wrapped: Uint8Array, context: DataKeyContext) =>
    decrypt(wrapped, keyOf(wrapped), wrappedData(context));
  return {
    primaryKeyId: first.keyId.toString('hex'),
    keys: keys.map(({ id }) => ({ id, keyId: keyIdOf(id).toString('hex') })),
    makeDataKey: (context) => {
      const key = randomBytes(KEY_BYTES);
      return { key: new DataKey(key, context), wrapped: encrypt(key, first, wrappedData(context)) };
    },
    unwrap: (wrapped, context) => new DataKey(unwrapped(wrapped, context), context),
    rewrap: (wrapped, context) => encrypt(unwrapped(wrapped, context), first, wrappedData(context)),
    openDirect: (sealed, context) =>
      new Secret(decrypt(sealed, keyOf(sealed), sealedData(context, DIRECT_VERSION)).toString('utf8')),
  };
}

/** One version of an agency's own key. Its bytes never leave it. */
export class DataKey {
  readonly #key: Buffer;
  readonly #keyId: Buffer;
  readonly #context: DataKeyContext;

  constructor(key: Buffer, context: DataKeyContext) {
    if (key.length !== KEY_BYTES) throw new SealError('A data key has 32 bytes.');
    this.#key = key;
    this.#keyId = Buffer.from(dataKeyId(context), 'hex');
    this.#context = context;
  }

  get version(): number {
    return this.#context.version;
  }

  /**
   * AES-256-GCM: 0x01 ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16). The key id names the data key, so that
   * opening picks it.
   */
  seal(token: Secret, context: SealContext): Buffer {
    return encrypt(
      Buffer.from(token.reveal(), 'utf8'),
      { keyId: this.#keyId, key: this.#key },
      this.#data(context),
    );
  }

  /** Errors: SealError for anything but an intact value of this key, sealed for this very place. */
  open(sealed: Uint8Array, context: SealContext): Secret {
    if (sealedKeyId(sealed) !== this.#keyId.toString('hex'))
      throw new SealError('The value was sealed with another key.');
    return new Secret(decrypt(sealed, this.#key, this.#data(context)).toString('utf8'));
  }

  #data(context: SealContext): Buffer {
    if (context.organizationId !== this.#context.organizationId)
      throw new SealError('A data key seals and opens for its own agency alone.');
    return sealedData(context, this.version);
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** What stands for a data key in what it seals: 8 hexadecimal digits. */
export function dataKeyId({ organizationId, version }: DataKeyContext): string {
  return keyIdOf(`data-key/${organizationId}/${version}`).toString('hex');
}

/** Which key a sealed value names. Errors: SealError where it is no sealed value: there is no other form. */
export function sealedKeyId(sealed: Uint8Array): string {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
    throw new SealError('The stored value is not a sealed value.');
  return Buffer.from(sealed.subarray(1, 1 + KEY_ID_BYTES)).toString('hex');
}

function keyIdOf(id: string): Buffer {
  return sha256(id).subarray(0, KEY_ID_BYTES);
}

function buildKeyring(keys: readonly VaultKey[]): Map<string, Buffer> {
  const keyring = new Map<string, Buffer>();
  for (const { id, key } of keys) {
    if (key.length !== KEY_BYTES)
      throw new SealError(`Encryption key ${id} must be 32 bytes, not ${key.length}.`);
    const keyId = keyIdOf(id).toString('hex');
    if (keyring.has(keyId)) throw new SealError(`Encryption key ${id} has the id of another key.`);
    keyring.set(keyId, key);
  }
  return keyring;
}

function wrappedData({ organizationId, version }: DataKeyContext): Buffer {
  const context = { organizationId, table: 'data_keys', rowId: String(version), column: 'wrapped_key' };
  return sealedData(context, version);
}

/** Each part with its length before it, so that no two places read the same. */
function sealedData({ organizationId, table, rowId, column }: SealContext, version: number): Buffer {
  const parts = ['v1', organizationId, table, rowId, column, String(version)].flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(parts);
}

function encrypt(plain: Buffer, { keyId, key }: { keyId: Buffer; key: Buffer }, bound: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), keyId, nonce, ciphertext, cipher.getAuthTag()]);
}

function decrypt(sealed: Uint8Array, key: Buffer, bound: Buffer): Buffer {
  sealedKeyId(sealed);
  const nonce = sealed.subarray(1 + KEY_ID_BYTES, HEADER_BYTES);
  // Without the length Node takes a tag of 4 bytes as well.
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const unverified = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([unverified, decipher.final()]);
  } catch (cause) {
    throw new SealError('The sealed value was altered or belongs to another row.', { cause });
  }
}
