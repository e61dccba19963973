import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { SealContext, VaultKey } from '../../server/kernel/crypto.ts';

/**
 * A token as it was stored before agencies had data keys: sealed under a key of the settings itself. Written out here,
 * so that what databases hold is tested against the format of then and not against today's code.
 */
export function sealDirectly({ id, key }: VaultKey, token: string, context: SealContext): Buffer {
  const { organizationId, table, rowId, column } = context;
  const bound = ['v1', organizationId, table, rowId, column, '1'].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    return Buffer.concat([length, Buffer.from(part)]);
  });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat(bound));
  const ciphertext = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  const keyId = createHash('sha256').update(id).digest().subarray(0, 4);
  return Buffer.concat([Buffer.of(1), keyId, nonce, ciphertext, cipher.getAuthTag()]);
}
