import { createHash } from 'node:crypto';

const DASHED = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

function shaped(hex: string): string {
  const versioned = `${hex.slice(0, 12)}4${hex.slice(13, 16)}a${hex.slice(17, 32)}`;
  return versioned.replace(DASHED, '$1-$2-$3-$4-$5');
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A UUID that the same parts always give. */
export const uuidOf = (...parts: readonly (string | number)[]): string => shaped(hashOf(parts.join('\n')));

/** The dashed form in lower case of a UUID with or without dashes; undefined for anything else. */
export function toUuid(text: string): string | undefined {
  const bare = text.toLowerCase().replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(bare) ? bare.replace(DASHED, '$1-$2-$3-$4-$5') : undefined;
}

/** The half of a content's id that its account gives. */
export const contentPrefix = (accountId: string): string => uuidOf('content', accountId).slice(0, 24);

const maskOf = (accountId: string): bigint => BigInt(`0x${hashOf(`mask\n${accountId}`).slice(0, 12)}`);

/** A content's id. Day and place of the post stand in it, so that it is found again without a list of all. */
export function contentIdOf(accountId: string, postKey: string): string {
  const [day = '0', place = '0'] = postKey.split('.');
  const packed = (BigInt(day) << 16n) | BigInt(place);
  const tail = (packed * 0x5bd1_e995n) ^ maskOf(accountId);
  return contentPrefix(accountId) + (tail & 0xffff_ffff_ffffn).toString(16).padStart(12, '0');
}

/** Multiplied by this, modulo 2^48, what `contentIdOf` multiplied comes back. */
const INVERSE = inverseOf(0x5bd1_e995n);

/** Newton's iteration: each round doubles the bits that are right. */
function inverseOf(odd: bigint): bigint {
  let found = odd;
  for (let round = 0; round < 6; round += 1) found = (found * (2n - odd * found)) & 0xffff_ffff_ffffn;
  return found & 0xffff_ffff_ffffn;
}

/** The post's key inside of a content's id of this account. */
export function postKeyOf(accountId: string, contentId: string): string {
  const tail = BigInt(`0x${contentId.slice(24)}`) ^ maskOf(accountId);
  const packed = (tail * INVERSE) & 0xffff_ffff_ffffn;
  return `${packed >> 16n}.${packed & 0xffffn}`;
}
